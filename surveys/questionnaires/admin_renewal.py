"""In Wagtail's editor: a questionnaire made from another one, and what became of each question."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from intranet.accounts.models import User
from surveys.questionnaires import renewal
from surveys.questionnaires.forms import free_slug
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import asked_last, draft_of, links_of
from surveys.questionnaires.succession import Link, comparable_questions
from surveys.questionnaires.succession_forms import SuccessionForm, TitleForm, labels, typed_of
from surveys.questionnaires.succession_in_words import in_words

LIST = "wagtailsnippets_surveys_questionnaire:list"
EDIT = "wagtailsnippets_surveys_questionnaire:edit"


class OfOneQuestionnaire(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = ModelPermissionPolicy(Questionnaire)
    header_icon = "clipboard-list"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        questionnaires = Questionnaire.objects.select_related("previous")
        return draft_of(get_object_or_404(questionnaires, pk=self.kwargs["pk"]))

    def get_page_subtitle(self) -> str:
        return self.questionnaire.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Questionnaires")},
            {"url": reverse(EDIT, args=[self.questionnaire.pk]), "label": self.questionnaire.title},
            {"url": "", "label": self.page_title},
        ]

    @property
    def by(self) -> User:
        return cast(User, self.request.user)


class MakeAnotherView(OfOneQuestionnaire, FormView):
    """The title of what is made, and one button."""

    permission_required = "add"
    form_class = TitleForm
    template_name = "surveys/questionnaires/make_another.html"
    explanation: str | Promise
    button: str | Promise
    done: str | Promise

    def make(self, title: str, at: datetime) -> Questionnaire:
        return renewal.copy_questionnaire(
            questionnaire=self.questionnaire, title=title, slug=free_slug(title), by=self.by, at=at
        )

    def form_valid(self, form: TitleForm) -> HttpResponse:
        made = self.make(form.cleaned_data["title"], timezone.now())
        messages.success(self.request, str(self.done) % {"title": made.title})
        return redirect(EDIT, made.pk)


class CopyView(MakeAnotherView):
    page_title = gettext_lazy("Copy the questionnaire")
    explanation = gettext_lazy(
        "The copy says the same, with its translations, conditions and settings. It is a "
        "questionnaire of its own: nothing links its answers to those of the first."
    )
    button = gettext_lazy("Make the copy")
    done = gettext_lazy("“%(title)s” is made: here is its draft.")

    def get_initial(self) -> dict[str, Any]:
        return {"title": _("%(title)s (copy)") % {"title": self.questionnaire.title}}


class MakeNextView(MakeAnotherView):
    page_title = gettext_lazy("Make next year's questionnaire")
    explanation = gettext_lazy(
        "The new questionnaire begins with the same questions, translations, conditions and "
        "settings. Change what you want: the intranet remembers where each question comes from, "
        "and says which ones compare from one year to the next."
    )
    button = gettext_lazy("Make next year's questionnaire")
    done = gettext_lazy("“%(title)s” is made: here is its draft. Change what you want.")

    def get_initial(self) -> dict[str, Any]:
        return {"title": next_title(self.questionnaire.title, timezone.localdate().year)}

    def make(self, title: str, at: datetime) -> Questionnaire:
        return renewal.make_next(
            questionnaire=self.questionnaire, title=title, slug=free_slug(title), by=self.by, at=at
        )


def next_title(title: str, year: int) -> str:
    """The title with the next year in place of the one it names, or of this one at its end."""
    for known in (year, year - 1, year + 1):
        if str(known) in title:
            return title.replace(str(known), str(known + 1))
    return f"{title} {year + 1}"


class SuccessionView(OfOneQuestionnaire, TemplateView):
    """Where each question comes from, and whether it means the same."""

    permission_required = "change"
    template_name = "surveys/questionnaires/succession.html"
    page_title = gettext_lazy("What became of each question")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.questionnaire.previous is None:
            return self.get(request, *args, **kwargs)
        form = SuccessionForm(self.old, self.new, request.POST.dict())
        if not form.is_valid():
            messages.error(request, _("Nothing is kept yet: correct what is marked below."))
            context = self.get_context_data(typed=form.typed, errors=form.errors)
            return self.render_to_response(context, status=422)
        renewal.keep_succession(questionnaire=self.questionnaire, links=form.links)
        messages.success(request, _("What became of each question is kept."))
        return redirect("questionnaire_succession", self.questionnaire.pk)

    @cached_property
    def old(self):
        return asked_last(self.questionnaire.previous)

    @cached_property
    def new(self):
        return self.questionnaire.written

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.questionnaire.previous is None:
            return super().get_context_data(questionnaire=self.questionnaire, **kwargs)
        links = links_of(self.questionnaire)
        typed = kwargs.pop("typed", None) or typed_of(links, self.old)
        return super().get_context_data(
            questionnaire=self.questionnaire,
            rows=self._rows(links, typed, kwargs.pop("errors", {})),
            known=labels(self.old),
            waiting=sum(link.awaits_a_decision for link in links),
            **kwargs,
        )

    def _rows(self, links: list[Link], typed: dict, errors: dict) -> list[dict[str, Any]]:
        """A row for each later question, then one for each that was dropped."""
        rows = []
        for comparison in comparable_questions(self.old, self.new, links):
            words = in_words(comparison, self.new.language)
            for question in words.successors or words.origins:
                rows.append(
                    {
                        "question": question,
                        "comparison": words,
                        "is_dropped": not words.successors,
                        "origin": typed.get(f"from-{question.id}", ""),
                        "means": typed.get(f"means-{question.id}", ""),
                        "reason": typed.get(f"reason-{question.id}", ""),
                        "error": errors.get(question.id, ""),
                    }
                )
        return rows


@hooks.register("register_admin_urls")
def register_renewal_urls():
    return [
        path("questionnaires/<int:pk>/copie/", CopyView.as_view(), name="questionnaire_copy"),
        path("questionnaires/<int:pk>/suite/", MakeNextView.as_view(), name="questionnaire_next"),
        path(
            "questionnaires/<int:pk>/correspondance/",
            SuccessionView.as_view(),
            name="questionnaire_succession",
        ),
    ]
