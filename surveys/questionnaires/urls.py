from django.urls import path

from surveys.questionnaires import views

urlpatterns = [
    path("questionnaires/<slug:slug>/versions/", views.versions, name="questionnaire_versions"),
    path(
        "questionnaires/<slug:slug>/versions/<int:number>/",
        views.version,
        name="questionnaire_version",
    ),
    path(
        "questionnaires/<slug:slug>/versions/<int:before>/<int:after>/",
        views.version_differences,
        name="questionnaire_differences",
    ),
    path(
        "questionnaires/<slug:slug>/annees/<slug:other>/", views.years, name="questionnaire_years"
    ),
    path(
        "questionnaires/<slug:slug>/versions/brouillon/",
        views.draft_differences,
        name="questionnaire_draft_differences",
    ),
]
