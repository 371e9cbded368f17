from django.urls import path

from intranet.invitations import views

TEAM = "mon-espace/equipe/<slug:slug>/"

urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/<int:pk>/renvoyer/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/annuler/", views.invitation_revoke, name="invitation_revoke"),
    path(TEAM, views.team, name="team"),
    path(f"{TEAM}quitter/", views.team_leave, name="team_leave"),
    path(f"{TEAM}transmettre/", views.team_hand_over, name="team_hand_over"),
    path(f"{TEAM}membres/<int:pk>/role/", views.team_role, name="team_role"),
    path(f"{TEAM}membres/<int:pk>/retirer/", views.team_remove, name="team_remove"),
]
