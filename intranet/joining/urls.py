from django.urls import path

from intranet.joining import views

REQUESTS = "mon-espace/equipe/<slug:slug>/demandes/<int:pk>/"

urlpatterns = [
    path("mon-espace/rejoindre/", views.join_association, name="join_association"),
    path("mon-espace/rejoindre/<int:pk>/retirer/", views.join_withdraw, name="join_withdraw"),
    path(f"{REQUESTS}accepter/", views.join_accept, name="join_accept"),
    path(f"{REQUESTS}refuser/", views.join_refuse, name="join_refuse"),
]
