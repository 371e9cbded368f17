"""What a browser may load, and what it is told when its form cannot be trusted."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Wagtail's inline panels and date choosers are started by inline scripts.
EDITING_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy of the settings everywhere, the editing policy below /admin/."""

    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_replace = EDITING_POLICY
            response._csp_config = {}
        return super().process_response(request, response)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was typed, with a form that can be sent again."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return render(request, "intranet/csrf_failure.html", {"fields": fields}, status=403)
