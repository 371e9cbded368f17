from django.urls import path

from intranet.network import views

urlpatterns = [
    path("annuaire/associations/<slug:slug>/", views.association, name="association"),
    path("annuaire/territoires/<slug:code>/", views.territory, name="territory"),
    path("reseau/territoires/<slug:name>/", views.territory_boxes, name="territory_boxes"),
]
