"""In Wagtail's editor: begin from a model, and take questions from the bank."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from intranet.accounts.models import User
from surveys.questionnaires import renewal
from surveys.questionnaires.admin_renewal import EDIT, LIST, OfOneQuestionnaire
from surveys.questionnaires.bank.picking import LeftOut
from surveys.questionnaires.definition import Question, text_in
from surveys.questionnaires.forms import free_slug
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.starting_points import StartingPoint, starting_point, starting_points
from surveys.questionnaires.succession_forms import TitleForm
from surveys.questionnaires.wording import in_words

LEFT_OUT = {
    "condition": gettext_lazy(
        "“%(label)s” is asked of everybody: its condition named questions that did not come "
        "along (%(codes)s)."
    ),
    "check": gettext_lazy(
        "The answers to “%(label)s” are not checked: the check named questions that did not come "
        "along (%(codes)s)."
    ),
    "calculation": gettext_lazy(
        "“%(label)s” has no calculation: it named questions that did not come along (%(codes)s)."
    ),
}


class OfModels(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = ModelPermissionPolicy(Questionnaire)
    permission_required = "add"
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Begin from a model")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Questionnaires")},
            {"url": reverse("questionnaire_models"), "label": _("Begin from a model")},
        ]


class ModelsView(OfModels, TemplateView):
    template_name = "surveys/questionnaires/models.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        complete = [start for start in starting_points() if start.is_complete]
        return super().get_context_data(models=complete, **kwargs)


class ModelView(OfModels, FormView):
    """All that a model asks, and the button that begins from it."""

    form_class = TitleForm
    template_name = "surveys/questionnaires/model.html"

    @cached_property
    def start(self) -> StartingPoint:
        found = starting_point(self.kwargs["name"])
        if found is None or not found.is_complete:
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        return self.start.title

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.start.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.start.definition
        sections = in_words(definition, definition.language)
        return super().get_context_data(start=self.start, sections=sections, **kwargs)

    def form_valid(self, form: TitleForm) -> HttpResponse:
        title = form.cleaned_data["title"]
        made = renewal.begin_from(
            start=self.start,
            title=title,
            slug=free_slug(title),
            by=cast(User, self.request.user),
            at=timezone.now(),
        )
        done = _("“%(title)s” is made: here is its draft. Change what you want.")
        messages.success(self.request, done % {"title": made.title})
        return redirect(EDIT, made.pk)


class BankView(OfOneQuestionnaire, TemplateView):
    """Questions to tick, and the section that they go to."""

    permission_required = "change"
    template_name = "surveys/questionnaires/bank.html"
    page_title = gettext_lazy("Add questions from the bank")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = set(request.POST.getlist("question"))
        wanted = [
            (start.definition, ids)
            for start in starting_points()
            if (
                ids := {one.id for one in start.definition.questions if _name(start, one) in ticked}
            )
        ]
        if not wanted:
            messages.error(request, _("Tick at least one question."))
            return self.get(request, *args, **kwargs)
        picked = renewal.add_questions(
            questionnaire=self.questionnaire,
            wanted=wanted,
            section=request.POST.get("section", ""),
            by=self.by,
            at=timezone.now(),
        )
        count = sum(len(one.questions) for one in picked)
        done = ngettext(
            "%(count)d question is added to the draft.",
            "%(count)d questions are added to the draft.",
            count,
        )
        messages.success(request, done % {"count": count})
        for left in (left for one in picked for left in one.left_out):
            messages.warning(request, self._said(left))
        return redirect(EDIT, self.questionnaire.pk)

    def _said(self, left: LeftOut) -> str:
        label = text_in(left.question.label, self.questionnaire.language)
        return LEFT_OUT[left.what] % {"label": label, "codes": ", ".join(left.codes)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.questionnaire.written
        return super().get_context_data(
            questionnaire=self.questionnaire,
            targets=[
                (section.id, text_in(section.title, definition.language))
                for section in definition.sections
            ],
            sources=[self._source(start) for start in self._sources()],
            **kwargs,
        )

    def _sources(self) -> list[StartingPoint]:
        """What is there to be picked from comes first; the questionnaire itself does not."""
        others = [one for one in starting_points() if one.questionnaire != self.questionnaire]
        return sorted(others, key=lambda start: start.is_complete)

    def _source(self, start: StartingPoint) -> dict[str, Any]:
        ticked = set(self.request.POST.getlist("question"))
        sections = []
        language = start.definition.language
        words = in_words(start.definition, language)
        for section, said in zip(start.definition.sections, words, strict=True):
            names = [_name(start, question) for question in section.questions]
            questions = [
                {"name": name, "words": question, "is_ticked": name in ticked}
                for name, question in zip(names, said.questions, strict=True)
            ]
            sections.append({"title": said.title, "questions": questions})
        is_open = any(name.startswith(f"{start.name}:") for name in ticked)
        return {"start": start, "sections": sections, "is_open": is_open}


def _name(start: StartingPoint, question: Question) -> str:
    return f"{start.name}:{question.id}"


@hooks.register("register_admin_urls")
def register_bank_urls():
    return [
        path("questionnaires/modeles/", ModelsView.as_view(), name="questionnaire_models"),
        path(
            "questionnaires/modeles/<slug:name>/", ModelView.as_view(), name="questionnaire_model"
        ),
        path("questionnaires/<int:pk>/banque/", BankView.as_view(), name="questionnaire_bank"),
    ]
