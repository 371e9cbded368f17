"""What a browser may load, and what it is told when its form cannot be trusted."""

from collections.abc import Callable

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

EDITOR = "/admin/"

# Wagtail's inline panels and date choosers are started by inline scripts, and its editor
# measures and places things with inline styles. Its previews are frames of its own.
EDITING_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}

FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings everywhere, the editing policy below /admin/."""

    def process_response(self, request, response):
        if request.path_info.startswith(EDITOR):
            # A preview went through here once already, as if it were a page of the site.
            response.headers.pop(HEADER, None)
            response._csp_config = EDITING_POLICY
        return super().process_response(request, response)


def features_policy(*allowed: str) -> str:
    """What the scripts of a page may ask the browser for: nothing, but for what is allowed."""
    return ", ".join(f"{one}=({'self' if one in allowed else ''})" for one in FEATURES)


class PermissionsPolicyMiddleware:
    """No page asks for the camera or the microphone: no script may.

    A page that asks where somebody is says so itself (see `features_policy`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", features_policy())
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was typed, with a form that can be sent again.

    Not when another site sent it: one click of the person would then do what that site wants.
    """
    from_elsewhere = not reason.startswith("CSRF")
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "password", "password1", "password2"}
        for value in values
        if not from_elsewhere
    ]
    return render(request, "intranet/csrf_failure.html", {"fields": fields}, status=403)
