"""In Wagtail's editor: a questionnaire brought from a file, or taken away as one."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from intranet.accounts.models import User
from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets.wording import unreadable_in_words
from surveys.questionnaires.definition import Definition, text_in
from surveys.questionnaires.differences_in_words import language_in_words
from surveys.questionnaires.files import read_questionnaire
from surveys.questionnaires.forms import free_slug
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire, Remark
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition
from surveys.questionnaires.queries import draft_of, versions_of
from surveys.questionnaires.remark_wording import reported
from surveys.questionnaires.wording import in_words
from surveys.questionnaires.xlsform import workbook_of, xlsform_of

LIST = "wagtailsnippets_surveys_questionnaire:list"
EDIT = "wagtailsnippets_surveys_questionnaire:edit"
SALT = "surveys.questionnaires.import"
CONFIRMED_WITHIN = 24 * 3600
LARGEST_READ = 4 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An XLSForm (.xlsx, .xls, .ods), or a questionnaire of LimeSurvey: its structure "
            "(.lss) or its tab-separated text (.txt). The file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.lss,.txt"}),
    )


class Door(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    permission_policy = ModelPermissionPolicy(Questionnaire)
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(LIST), "label": _("Questionnaires")},
            *self.trail,
            {"url": "", "label": self.page_title},
        ]

    @property
    def trail(self) -> list[dict[str, Any]]:
        return []


class ImportView(Door, FormView):
    """A file, then what it holds, then a draft. Between the two, the page carries what was read."""

    permission_required = "add"
    form_class = FileForm
    page_title = gettext_lazy("Import a questionnaire")
    template_name = "surveys/questionnaires/import.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "read" in request.POST:
            return self._create(request.POST["read"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            imported = read_questionnaire(file.read(), name=file.name)
        except UnreadableWorkbook as error:
            form.add_error("file", unreadable_in_words(error))
            return self.form_invalid(form)
        except MalformedQuestionnaire as error:
            return self._refuse(form, file.name, error.problems)
        return self._preview(form, file.name, imported)

    def form_invalid(self, form: FileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _refuse(self, form: FileForm, name: str, problems: tuple[Remark, ...]) -> HttpResponse:
        told = [reported(problem) for problem in problems]
        context = self.get_context_data(form=form, name=name, problems=told)
        return self.render_to_response(context, status=422)

    def _preview(self, form: FileForm, name: str, imported: Imported) -> HttpResponse:
        read = signing.dumps(imported.definition.to_json(), salt=SALT, compress=True)
        if len(read) > LARGEST_READ:
            form.add_error("file", _("This questionnaire is too large to be brought on screen."))
            return self.form_invalid(form)
        definition = imported.definition
        context = self.get_context_data(
            form=form,
            name=name,
            read=read,
            title=text_in(definition.title, definition.language) or name,
            sections=in_words(definition, definition.language),
            questions=sum(1 for _question in definition.questions),
            languages=[language_in_words(one) for one in definition.languages],
            remarks=[reported(remark) for remark in imported.unsupported],
        )
        return self.render_to_response(context)

    def _create(self, read: str) -> HttpResponse:
        try:
            said = signing.loads(read, salt=SALT, max_age=CONFIRMED_WITHIN)
        except signing.BadSignature:
            messages.error(self.request, _("This page is too old: choose the file again."))
            return redirect("questionnaire_import")
        definition = Definition.from_json(said)
        made = draft_from_definition(
            slug=free_slug(text_in(definition.title, definition.language)),
            definition=definition,
            by=cast(User, self.request.user),
            at=timezone.now(),
        )
        count = sum(1 for _question in definition.questions)
        message = ngettext(
            "“%(title)s” is imported with %(count)d question: here is its draft.",
            "“%(title)s” is imported with %(count)d questions: here is its draft.",
            count,
        )
        messages.success(self.request, message % {"title": made.title, "count": count})
        return redirect(EDIT, made.pk)


class OfOne(Door):
    permission_required = "change"

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return draft_of(get_object_or_404(Questionnaire, pk=self.kwargs["pk"]))

    @property
    def trail(self) -> list[dict[str, Any]]:
        edit = reverse(EDIT, args=[self.questionnaire.pk])
        return [{"url": edit, "label": self.questionnaire.title}]


class ExportView(OfOne, TemplateView):
    """The draft and each published version, as a workbook to take away."""

    page_title = gettext_lazy("Export (XLSForm)")
    template_name = "surveys/questionnaires/export.html"

    def get_page_subtitle(self) -> str:
        return self.questionnaire.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            questionnaire=self.questionnaire,
            versions=versions_of(self.questionnaire),
            **kwargs,
        )


class WorkbookView(OfOne, View):
    def get(self, request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
        name = f"{self.questionnaire.slug}-v{number}" if number else self.questionnaire.slug
        workbook = xlsform_of(self._definition(number), form_id=self.questionnaire.slug)
        return HttpResponse(
            workbook_of(workbook),
            content_type=XLSX,
            headers={
                "Content-Disposition": f'attachment; filename="{name}.xlsx"',
                "Cache-Control": "private, no-store",
            },
        )

    def _definition(self, number: int) -> Definition:
        if not number:
            return self.questionnaire.written
        version = versions_of(self.questionnaire).filter(number=number).first()
        if version is None:
            raise Http404
        return version.definition


@hooks.register("register_admin_urls")
def register_file_urls():
    one = "questionnaires/<int:pk>/export/"
    return [
        path("questionnaires/import/", ImportView.as_view(), name="questionnaire_import"),
        path(one, ExportView.as_view(), name="questionnaire_export"),
        path(f"{one}brouillon.xlsx", WorkbookView.as_view(), name="questionnaire_workbook"),
        path(
            f"{one}version-<int:number>.xlsx",
            WorkbookView.as_view(),
            name="questionnaire_version_workbook",
        ),
    ]
