"""Every address of the product. The upper floors hang here by name."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include("intranet.health.urls")),
    path("", include("intranet.digest.urls")),
    # Before allauth's and Wagtail's own: these take the addresses that would let people or
    # files through.
    path("", include("intranet.accounts.urls")),
    path("compte/", include("allauth.urls")),
    path("", include("intranet.files.urls")),
    path("", include("intranet.network.urls")),
    path("", include("intranet.invitations.urls")),
    path("", include("intranet.joining.urls")),
    path("", include("intranet.search.urls")),
    path("", include("intranet.rights.urls")),
    path("admin/", include("pages.audience.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("surveys.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
]
