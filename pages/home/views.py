"""What search engines read first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Screens of members and forms to fill: nothing to find there.
CLOSED = (
    "/admin/",
    "/compte/",
    "/mon-espace/",
    "/mes-actualites/",
    "/suivi-des-actualites/",
    "/toujours-vrai/",
    "/exports/",
    "/enquete/",
)


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
