from django.urls import path

from intranet.network import views

urlpatterns = [
    path("annuaire/", views.directory, name="directory"),
    path("annuaire/associations/", views.associations, name="associations"),
    path("annuaire/associations/<slug:slug>/", views.association, name="association"),
    path("annuaire/territoires/", views.territories, name="territory_list"),
    path("annuaire/territoires/<slug:code>/", views.territory, name="territory"),
    path("annuaire/carte/", views.territory_map, name="territory_map"),
    path("annuaire/personnes/", views.people, name="people"),
    path("annuaire/personnes/<int:pk>/", views.person, name="person"),
    path("mon-espace/profil/", views.my_profile, name="my_profile"),
    path("mon-espace/association/<slug:slug>/", views.my_association, name="my_association"),
    path("reseau/territoires/<slug:name>/", views.territory_boxes, name="territory_boxes"),
]
