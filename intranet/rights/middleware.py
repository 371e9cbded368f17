"""Nobody passes a door without one of its rights, whatever the view behind it forgot."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied

from intranet.rights.doors import EDITOR, HIDDEN, doors_of
from intranet.rights.permissions import has_some, is_public, may


class Doorkeeper:
    """Turns away whoever has no right at all on what is behind an address.

    The view knows what is at stake and asks about that; this one only knows the table, and
    holds for Wagtail's views as well. Whoever is not logged in is left to the view, which asks
    them to, and may have to keep what they typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        found = doors_of(name) if name else []
        # Public files are kept by caches: nobody asks who reads them, nor says so in `Vary`.
        if not found or any(is_public(right) for right in found[0].rights):
            return None
        if not request.user.is_authenticated:
            return None
        if any(has_some(request.user, right) for right in found[0].rights):
            return None
        refusal = found[0].refusal
        if refusal == HIDDEN:
            raise Http404
        if refusal == EDITOR:
            # Wagtail itself turns away whoever may not enter the editor.
            may_enter = may(request.user, "enter", "editor")
            return permission_denied(request) if may_enter else None
        raise PermissionDenied
