"""Front door: the addresses of the surveys, gathered for the project."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("surveys.questionnaires.urls")),
    path("", include("surveys.campaigns.urls")),
    path("", include("surveys.responses.urls")),
    path("", include("surveys.results.urls")),
    path("", include("surveys.exports.urls")),
]
