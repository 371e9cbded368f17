"""The screens of Wagtail that nobody uses here, and the sentence that says where to go."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

GROUPS = "wagtailusers_groups"


class UnusedScreensMiddleware:
    """Roles are written in the table of rights, not by hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or GROUPS not in match.namespaces or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        messages.info(
            request,
            _("Roles are fixed: give one to a person on the person's own page, under People."),
        )
        return redirect("wagtailadmin_home")
