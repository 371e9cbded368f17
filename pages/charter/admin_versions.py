"""In Wagtail's editor: what the next version of the charter changes, and publishing it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from intranet.accounts.models import User
from pages.charter import queries
from pages.charter.comparison import Part, side_by_side
from pages.charter.forms import VersionForm
from pages.charter.frozen import Content, checksum_of
from pages.charter.models import CharterPage, CharterVersion
from pages.charter.operations import (
    DraftRefused,
    NothingChanged,
    NothingToPublish,
    publish_version,
)
from pages.charter.permissions import may_publish_version


class VersionsView(WagtailAdminTemplateMixin, FormView):
    """The versions, the texts that changed since the last one, and the reason asked."""

    form_class = VersionForm
    page_title = gettext_lazy("Versions of the charter")
    header_icon = "history"
    template_name = "pages/charter/admin/versions.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_publish_version(request.user):
            raise PermissionDenied
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Import a file"), url=reverse("charter_import"), icon_name="upload")]

    @cached_property
    def latest(self) -> CharterVersion | None:
        return queries.latest_version()

    @cached_property
    def proposed(self) -> Content:
        return queries.proposed_content(CharterPage.objects.get())

    @cached_property
    def parts(self) -> list[Part]:
        if self.latest is None:
            return []
        return side_by_side(self.latest.content, self.proposed)

    @property
    def is_changed(self) -> bool:
        if not self.proposed["articles"]:
            return False
        return self.latest is None or self.latest.checksum != checksum_of(self.proposed)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": checksum_of(self.proposed)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            latest=self.latest,
            number=self.latest.number + 1 if self.latest else 1,
            versions=queries.all_versions(),
            is_changed=self.is_changed,
            parts=self.parts,
            proposed=self.proposed,
            withdrawn=queries.withdrawn_articles(),
            signatories=self.latest is not None,
            seen=checksum_of(self.proposed),
            **kwargs,
        )

    def form_invalid(self, form: VersionForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def form_valid(self, form: VersionForm) -> HttpResponse:
        if form.cleaned_data["seen"] != checksum_of(self.proposed):
            form.add_error(
                None,
                _(
                    "The text changed while you were reading: look at what is proposed now, then "
                    "publish. What you typed is kept."
                ),
            )
            return self.form_invalid(form)
        try:
            version = publish_version(
                reason=form.cleaned_data["reason"],
                by=cast(User, self.request.user),
                at=timezone.now(),
            )
        except NothingChanged:
            messages.info(self.request, _("Nothing changes: the latest version stays."))
        except NothingToPublish:
            messages.error(self.request, _("The charter has no article yet: write one first."))
        except DraftRefused as error:
            form.add_error(
                None,
                _("A draft cannot be published as it is. %(reason)s") % {"reason": error},
            )
            return self.form_invalid(form)
        else:
            messages.success(
                self.request,
                _("Version %(number)s of the charter is published.") % {"number": version.number},
            )
        return redirect("charter_versions_admin")


class VersionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_publish_version(request.user)


@hooks.register("register_admin_menu_item")
def versions_menu_item() -> VersionsMenuItem:
    return VersionsMenuItem(
        _("The charter"),
        reverse("charter_versions_admin"),
        name="charter-versions",
        icon_name="history",
        order=110,
    )


@hooks.register("register_home_task")
def publish_a_version(request: HttpRequest) -> MenuItem | None:
    if not may_publish_version(request.user):
        return None
    address = reverse("charter_versions_admin")
    return MenuItem(_("Versions of the charter"), address, icon_name="history", order=21)


@hooks.register("register_admin_urls")
def register_version_urls():
    return [path("charte/versions/", VersionsView.as_view(), name="charter_versions_admin")]
