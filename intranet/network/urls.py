from django.urls import path

from intranet.network import views

urlpatterns = [
    path("reseau/territoires/<slug:name>/", views.territory_boxes, name="territory_boxes"),
]
