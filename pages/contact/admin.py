"""Forms in Wagtail's editor: begin from a model, read the answers, take them away."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.contrib.forms.views import SubmissionsListView

from intranet.accounts.models import User
from pages.contact.models import FormIndexPage
from pages.contact.notifications import in_words, received_at
from pages.contact.starting import begin_form, starting_model, starting_models
from pages.contact.tables import as_csv, as_workbook


class AnswersView(SubmissionsListView):
    """The answers to a form. What leaves is text: nobody's answer runs in a spreadsheet."""

    page_title = gettext_lazy("Answers")
    template_name = "pages/contact/answers.html"
    results_template_name = "pages/contact/answers_results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not self.is_export:
            for row, answer in zip(context["data_rows"], context["submissions"], strict=True):
                row["fields"] = self._cells(answer)
                row["name"] = str(answer)
        return context

    def _cells(self, answer: Any) -> list[str]:
        names = [field.clean_name for field in self.form_page.get_form_fields()]
        return [received_at(answer), *(in_words(answer.form_data.get(name)) for name in names)]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        headings = [_("Received on"), *(one.label for one in self.form_page.get_form_fields())]
        rows = [self._cells(answer) for answer in queryset]
        if spreadsheet_format == self.FORMAT_CSV:
            content, kind = as_csv(headings, rows), "text/csv; charset=utf-8"
        else:
            content = as_workbook(self.form_page.title, headings, rows)
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(content, content_type=kind)
        name = f"{self.form_page.slug}-{timezone.localdate():%Y-%m-%d}.{spreadsheet_format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class StartView(WagtailAdminTemplateMixin, TemplateView):
    """The models of forms, and the button that begins from one."""

    template_name = "pages/contact/start.html"
    page_title = gettext_lazy("New form")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.index = _index_for(request)
        if self.index is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailforms:index"), "label": _("Forms")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.index is not None
        blank = reverse("wagtailadmin_pages:add", args=["pages", "formpage", self.index.pk])
        return super().get_context_data(models=starting_models(), blank=blank, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        model = starting_model(request.POST.get("model", ""))
        if model is None or self.index is None:
            raise Http404
        page = begin_form(model=model, index=self.index, by=cast(User, request.user))
        messages.success(
            request,
            _("“%(title)s” is a draft: change its questions, then publish it.")
            % {"title": page.title},
        )
        return redirect("wagtailadmin_pages:edit", page.pk)


def _index_for(request: HttpRequest) -> FormIndexPage | None:
    index = FormIndexPage.objects.first()
    if index is None or not index.permissions_for_user(request.user).can_add_subpage():
        return None
    return index


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("formulaires/nouveau/", StartView.as_view(), name="form_start")]


@hooks.register("register_home_task")
def make_a_form(request: HttpRequest) -> MenuItem | None:
    if _index_for(request) is None:
        return None
    return MenuItem(_("Make a form"), reverse("form_start"), icon_name="form", order=70)
