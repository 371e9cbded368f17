"""Imports in Wagtail's editor: choose a file, read what would change, confirm."""

import csv
import io
import re
from typing import Any, cast
from uuid import UUID

import openpyxl
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import FormView, TemplateView
from openpyxl.styles import Font
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from intranet.accounts.models import User
from intranet.imports import operations
from intranet.imports.forms import FileForm
from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.models import ImportRun
from intranet.imports.permissions import may_import, may_import_anything
from intranet.imports.tables import ColumnsMissing, read_table
from intranet.imports.wording import ACCEPTED, EXAMPLES, HELP, KINDS, TITLES, missing_in_words
from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets.wording import unreadable_in_words

A_PAGE = 50
SHOWN_RUNS = 30
LINE_NUMBER = re.compile(r"[0-9]{1,7}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportsPage(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "upload"
    page_title: Any = gettext_lazy("Imports")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": "", "label": self.page_title}
        return [*super().get_breadcrumbs_items(), *self.above(), own]

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("imports"), "label": _("Imports")}]


class ImportsView(ImportsPage):
    """What can be imported, and what was."""

    template_name = "intranet/imports/imports.html"

    def above(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [kind for kind in Kind if may_import(self.request.user, kind)]
        if not kinds:
            raise PermissionDenied
        runs = ImportRun.objects.filter(kind__in=kinds).select_related("asked_by", "job")
        return super().get_context_data(
            kinds=[{"kind": kind, "name": KINDS[kind], "help": HELP[kind]} for kind in kinds],
            runs=[
                (run, KINDS[Kind(run.kind)], [one for one in figures(run) if one[1]])
                for run in runs.defer("table", "report")[:SHOWN_RUNS]
            ],
            kept_for=operations.KEPT_FOR.days,
            **kwargs,
        )


class StartView(ImportsPage, FormView):
    """A file to read."""

    form_class = FileForm
    template_name = "intranet/imports/start.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.kind = permitted_kind(request, kwargs["kind"])
        self.page_title = KINDS[self.kind]
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def form_valid(self, form: FileForm) -> HttpResponse:
        try:
            table = read_table(form.content(), COLUMNS[self.kind])
        except UnreadableWorkbook as error:
            form.add_error("file", unreadable_in_words(error))
        except ColumnsMissing as error:
            form.add_error("file", missing_in_words(error))
        else:
            if table.lines:
                run = operations.begin_import(
                    kind=self.kind,
                    file_name=form.cleaned_data["file"].name,
                    table=table,
                    by=cast(User, self.request.user),
                    at=timezone.now(),
                )
                return redirect("import_run", run.pk)
            form.add_error("file", _("This file has titles, and no line below them."))
        return self.form_invalid(form)

    def form_invalid(self, form: FileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The form's views pass the address's parts on.
        kwargs.pop("kind", None)
        columns = COLUMNS[self.kind]
        described = [
            {
                "title": TITLES[self.kind][name],
                "is_required": name in columns.required,
                "accepted": ACCEPTED[self.kind].get(name, ""),
            }
            for name in columns.titles
        ]
        return super().get_context_data(
            kind=self.kind, help=HELP[self.kind], columns=described, **kwargs
        )


class RunView(ImportsPage):
    """One import: how far it is, what it would change, what it did."""

    template_name = "intranet/imports/run.html"

    def get_template_names(self) -> list[str]:
        if getattr(self.request, "htmx", False):
            return ["intranet/imports/run_state.html"]
        return super().get_template_names()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        runs = ImportRun.objects.select_related("job").defer("table")
        self.run = get_object_or_404(runs, pk=kwargs["run_id"])
        permitted_kind(request, self.run.kind)
        self.page_title = self.run.file_name
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def post(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        try:
            if self.run.has_failed:
                operations.retry_import(run=self.run)
                messages.success(request, _("The import goes on."))
                return redirect("import_run", run_id)
            among = lines_in(request, "shown")
            operations.keep_lines(run=self.run, kept=lines_in(request, "kept"), among=among)
            if request.POST.get("action") == "keep":
                messages.success(request, _("Your choices are kept. Nothing is written yet."))
                return redirect(request.get_full_path())
            operations.confirm_import(run=self.run)
        except operations.AlreadyConfirmed:
            messages.info(
                request, _("This import was confirmed already, or its file is forgotten.")
            )
        return redirect("import_run", run_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run
        context = {
            "run": run,
            "kind_name": KINDS[Kind(run.kind)],
            "is_members": run.kind == Kind.MEMBERS,
        }
        if run.forgotten_at is not None:
            context["figures"] = figures(run)
        elif run.state in {ImportRun.State.READY, ImportRun.State.DONE}:
            context |= self._report()
        return super().get_context_data(**context, **kwargs)

    def _report(self) -> dict[str, Any]:
        report, is_done = self.run.report, self.run.state == ImportRun.State.DONE
        names = {
            "refused": _("Refused"),
            "possible": _("Possible doubles"),
            "doubles": _("Doubles"),
            "changed": _("Changed") if is_done else _("To change"),
            "new": _("Added") if is_done else _("To add"),
        }
        sections = [(key, name, len(report.get(key, []))) for key, name in names.items()]
        shown = self.request.GET.get("voir", "")
        if shown not in names:
            shown = next((key for key, _name, count in sections if count), "new")
        page = Paginator(report.get(shown, []), A_PAGE).get_page(self.request.GET.get("p"))
        return {
            "sections": sections,
            "shown": shown,
            "shown_name": names[shown],
            "page": page,
            "unchanged": report["unchanged"],
            "kept": self.run.kept,
            "may_keep": shown == "possible" and not is_done,
            "written": len(report["new"]) + len(report["changed"]) + len(self.run.kept),
        }


def lines_in(request: HttpRequest, name: str) -> list[int]:
    return [int(said) for said in request.POST.getlist(name) if LINE_NUMBER.fullmatch(said)]


def figures(run: ImportRun) -> list[tuple[str, int]]:
    """What an import did, or would have done, in the order of its report."""
    names = {
        "new": _("Added") if run.state == ImportRun.State.DONE else _("To add"),
        "changed": _("Changed") if run.state == ImportRun.State.DONE else _("To change"),
        "unchanged": _("Unchanged"),
        "doubles": _("Doubles"),
        "refused": _("Refused"),
    }
    return [(name, run.counts[key]) for key, name in names.items() if key in run.counts]


def permitted_kind(request: HttpRequest, written: str) -> Kind:
    """The kind of an address, to who may import it."""
    if written not in set(Kind):
        raise Http404
    kind = Kind(written)
    if not may_import(request.user, kind):
        raise PermissionDenied
    return kind


def model_file(request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
    """A file to fill in: the titles, and one line as an example."""
    found = permitted_kind(request, kind)
    titles = [str(title) for title in TITLES[found].values()]
    example = [EXAMPLES[found].get(name, "") for name in TITLES[found]]
    content = io.BytesIO()
    if suffix == "csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([titles, example])
        content.write(text.getvalue().encode("utf-8-sig"))
    else:
        book = openpyxl.Workbook()
        book.active.append(titles)
        book.active.append(example)
        for number, cell in enumerate(book.active[1], start=1):
            cell.font = Font(bold=True)
            book.active.column_dimensions[cell.column_letter].width = 24
            # Codes keep their zeros.
            book.active.cell(2, number).number_format = "@"
        book.save(content)
    response = HttpResponse(
        content.getvalue(), content_type="text/csv; charset=utf-8" if suffix == "csv" else XLSX
    )
    name = f"{_('model')}-{KINDS[found]}.{suffix}".lower()
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@hooks.register("register_admin_urls")
def register_import_urls() -> list:
    return [
        path("imports/", ImportsView.as_view(), name="imports"),
        path("imports/fichier/<uuid:run_id>/", RunView.as_view(), name="import_run"),
        path("imports/<slug:kind>/", StartView.as_view(), name="import_start"),
        path("imports/<slug:kind>/modele.csv", model_file, {"suffix": "csv"}, name="import_csv"),
        path("imports/<slug:kind>/modele.xlsx", model_file, {"suffix": "xlsx"}, name="import_xlsx"),
    ]


class ImportsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import_anything(request.user)


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    return ImportsMenuItem(
        pgettext_lazy("menu", "Imports"),
        reverse("imports"),
        name="imports",
        icon_name="upload",
        order=260,
    )
