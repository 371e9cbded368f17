"""The screens of Wagtail that a role has no use for, closed by address as well as in the menu."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from intranet.rights.permissions import may

GROUPS = "wagtailusers_groups"
REPORTS = "wagtailadmin_reports"


class UnusedScreensMiddleware:
    """Roles are written in `roles`, not by hand; reports name people and what they did."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return None
        if REPORTS in match.namespaces and not may(request.user, "report", "editor"):
            raise PermissionDenied
        if GROUPS in match.namespaces:
            if not request.user.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied
            messages.info(
                request,
                _("Roles are fixed: give one to a person on the person's own page, under People."),
            )
            return redirect("wagtailadmin_home")
        return None
