"""What search engines read first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Screens of members and forms to fill: nothing to find there.
CLOSED = (
    "/admin/",
    "/annuaire/",
    "/calendriers/",
    "/compte/",
    "/enquete/",
    "/exports/",
    "/lettre/",
    "/mes-actualites/",
    "/mon-agenda/",
    "/mon-espace/",
    "/photographies/",
    "/proposer-une-ressource/",
    "/recherche/",
    "/suivi-des-actualites/",
    "/suivi-des-signatures/",
    "/toujours-vrai/",
)


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
