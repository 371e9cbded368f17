"""Screens of the exports: ask, wait, download."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe
from django_htmx.middleware import HtmxDetails

from intranet.accounts.models import User
from surveys.campaigns.models import Campaign
from surveys.exports import operations, permissions, queries
from surveys.exports.forms import ExportForm
from surveys.exports.models import Export
from surveys.responses.models import Upload
from surveys.responses.views.files import served
from surveys.results.operations import note_reading

EXPORTS_PER_PAGE = 20
CONTENT_TYPES = {
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Format.CSV: "text/csv; charset=utf-8",
}


class PersonRequest(HttpRequest):
    """The request of somebody who is logged in."""

    user: User
    htmx: HtmxDetails


@login_required
def exports(request: PersonRequest, slug: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign, slug=slug)
    on = timezone.localdate()
    if not permissions.may_export(request.user, campaign, Export.Content.FIGURES, on):
        raise PermissionDenied
    may_take_rows = permissions.may_export(request.user, campaign, Export.Content.ROWS, on)
    form = ExportForm(request.POST or None, may_take_rows=may_take_rows)
    if request.method == "POST" and form.is_valid():
        export = operations.request_export(
            campaign=campaign, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        return redirect("export", export.pk)
    mine = Paginator(queries.exports_of(request.user, campaign), EXPORTS_PER_PAGE)
    context = {
        "campaign": campaign,
        "form": form,
        "may_take_rows": may_take_rows,
        "page_obj": mine.get_page(request.GET.get("page")),
        "kept_for": operations.KEPT_FOR.days,
    }
    return render(request, "surveys/exports/exports.html", context)


def _own_export(request: PersonRequest, export_id: UUID) -> Export:
    """The export, to the person who asked for it and may still have it; to others, nothing."""
    export = get_object_or_404(Export.objects.select_related("campaign"), pk=export_id)
    if not permissions.may_download(request.user, export, timezone.localdate()):
        raise Http404
    return export


@login_required
def export(request: PersonRequest, export_id: UUID) -> HttpResponse:
    found = _own_export(request, export_id)
    may_be_retried = queries.may_be_retried(found, timezone.now())
    if request.method == "POST":
        if may_be_retried:
            operations.retry_export(export=found, at=timezone.now())
            messages.success(request, _("The file is being built again."))
        return redirect("export", found.pk)
    context = {
        "export": found,
        "campaign": found.campaign,
        "built": found.progress / 100,
        "may_be_retried": may_be_retried,
        "kept_for": operations.KEPT_FOR.days,
    }
    whole = "surveys/exports/export.html"
    return render(request, "surveys/exports/progress.html" if request.htmx else whole, context)


@require_GET
@login_required
def export_download(request: PersonRequest, export_id: UUID) -> FileResponse:
    found = _own_export(request, export_id)
    if found.state != Export.State.READY or not default_storage.exists(found.file):
        raise Http404
    if found.content == Export.Content.ROWS:
        what = _("the responses, taken away as a file (%(format)s)")
        note_reading(campaign=found.campaign, what=what % {"format": found.format}, by=request.user)
    content = _("responses") if found.content == Export.Content.ROWS else _("figures")
    response = FileResponse(
        default_storage.open(found.file),
        as_attachment=True,
        filename=f"{found.campaign.slug}-{content}.{found.format}",
        content_type=CONTENT_TYPES[Export.Format(found.format)],
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def answered_file(request: PersonRequest, upload_id: UUID) -> HttpResponseBase:
    """A file sent as an answer, to who may read answers one by one. It is written down."""
    upload = get_object_or_404(Upload.objects.exclude(response=None), pk=upload_id)
    campaign = upload.campaign
    if campaign is None or not permissions.may_read_files(request.user, campaign):
        raise Http404
    note_reading(campaign=campaign, what=_("a file sent as an answer"), by=request.user)
    return served(upload)
