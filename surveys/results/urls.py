from django.urls import path

from surveys.results import views

urlpatterns = [
    path("campagnes/<slug:slug>/resultats/", views.results, name="results"),
    path(
        "campagnes/<slug:slug>/resultats/engagements/",
        views.results_by_commitment,
        name="results_by_commitment",
    ),
    path(
        "campagnes/<slug:slug>/resultats/textes/<slug:code>/",
        views.written_answers,
        name="written_answers",
    ),
]
