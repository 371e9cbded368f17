from django.urls import path

from surveys.exports import views

urlpatterns = [
    path("campagnes/<slug:slug>/exports/", views.exports, name="exports"),
    path("exports/<uuid:export_id>/", views.export, name="export"),
    path("exports/<uuid:export_id>/fichier/", views.export_download, name="export_download"),
    path("reponses/fichiers/<uuid:upload_id>/", views.answered_file, name="answered_file"),
]
