"""In Wagtail's editor: a charter brought from a Word or Markdown file, proposed as drafts."""

from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from intranet.accounts.models import User
from pages.charter.carrying import from_json, to_json
from pages.charter.comparison import side_by_side
from pages.charter.files import UnreadableCharter, charter_from, largest
from pages.charter.forms import CharterFileForm
from pages.charter.frozen import freeze
from pages.charter.importing import import_charter, preview_import
from pages.charter.models import ArticlePage, CharterPage
from pages.charter.permissions import may_import_charter
from pages.charter.structure import Charter

SALT = "pages.charter.import"
CONFIRMED_WITHIN = 24 * 3600
LARGEST_READ = 4 * 1024 * 1024


class ImportView(WagtailAdminTemplateMixin, FormView):
    """A file, then what it would change, then drafts. Between the two, the page carries what was
    read: the file is not kept."""

    form_class = CharterFileForm
    page_title = gettext_lazy("Import the charter")
    header_icon = "upload"
    template_name = "pages/charter/admin/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import_charter(request.user):
            raise PermissionDenied
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        versions = reverse("charter_versions_admin")
        return [
            *super().get_breadcrumbs_items(),
            {"url": versions, "label": _("Versions of the charter")},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "read" in request.POST:
            return self._propose(request.POST["read"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: CharterFileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            charter = charter_from(file.read(largest(file.name) + 1), name=file.name)
        except UnreadableCharter as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        read = signing.dumps(to_json(charter), salt=SALT, compress=True)
        if len(read) > LARGEST_READ:
            form.add_error("file", _("This charter is too large to be brought on screen."))
            return self.form_invalid(form)
        return self._preview(form, file.name, charter, read)

    def form_invalid(self, form: CharterFileForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _preview(
        self, form: CharterFileForm, name: str, charter: Charter, read: str
    ) -> HttpResponse:
        page = CharterPage.objects.get()
        imported = preview_import(charter=charter, home=page.get_parent())
        published = freeze(page, ArticlePage.objects.filter(live=True))
        context = self.get_context_data(
            form=form,
            name=name,
            read=read,
            imported=imported,
            charter=charter,
            count=sum(len(group.commitments) for group in charter.groups),
            parts=side_by_side(published, imported.content),
        )
        return self.render_to_response(context)

    def _propose(self, read: str) -> HttpResponse:
        try:
            charter = from_json(signing.loads(read, salt=SALT, max_age=CONFIRMED_WITHIN))
        except signing.BadSignature:
            messages.error(self.request, _("This page is too old: choose the file again."))
            return redirect("charter_import")
        imported = import_charter(
            charter=charter,
            home=CharterPage.objects.get().get_parent(),
            by=cast(User, self.request.user),
            at=timezone.now(),
        )
        if imported.drafts:
            message = ngettext(
                "%(count)d draft is proposed. Read what changes, then publish the next version.",
                "%(count)d drafts are proposed. Read what changes, then publish the next version.",
                imported.drafts,
            )
            messages.success(self.request, message % {"count": imported.drafts})
        else:
            messages.info(self.request, _("Nothing changes in the pages."))
        return redirect("charter_versions_admin")


@hooks.register("register_admin_urls")
def register_import_urls():
    return [path("charte/importer/", ImportView.as_view(), name="charter_import")]
