from django.urls import path

from surveys.questionnaires import views

urlpatterns = [
    path("questionnaires/<slug:slug>/versions/", views.versions, name="questionnaire_versions"),
    path(
        "questionnaires/<slug:slug>/versions/<int:number>/",
        views.version,
        name="questionnaire_version",
    ),
]
