"""Front door: the addresses of the pages that are not in the tree, gathered for the project."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pages.home.urls")),
    path("", include("pages.news.urls")),
    path("", include("pages.charter.urls")),
    path("", include("pages.signatures.urls")),
    path("", include("pages.agenda.urls")),
    path("", include("pages.resources.urls")),
]
