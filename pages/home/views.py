"""What search engines read first."""

from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.query import PageQuerySet

from pages.audience.queries import visible_to_all

# Screens of members and forms to fill: nothing to find there.
CLOSED = (
    "/admin/",
    # The public pages of associations and territories may be found elsewhere; people never.
    "/annuaire/personnes/",
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


class PublicPages(Sitemap):
    """What anybody may open. Wagtail's own asks a condition for each page that is closed."""

    def items(self) -> PageQuerySet:
        root = self.get_wagtail_site().root_page
        pages = visible_to_all(root.get_descendants(inclusive=True))
        return pages.order_by("path").defer_streamfields().specific()


def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemaps.sitemap(request, {"pages": PublicPages(request)})
