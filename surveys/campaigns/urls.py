from django.urls import path

from surveys.campaigns import views

urlpatterns = [
    path("mon-espace/", views.my_space, name="my_space"),
    path("mon-espace/relancer/", views.remind_late, name="remind_late"),
    path("campagnes/", views.campaigns, name="campaigns"),
    path("campagnes/nouvelle/", views.campaign_create, name="campaign_create"),
    path("campagnes/<slug:slug>/", views.campaign, name="campaign"),
    path("campagnes/<slug:slug>/affiche/", views.campaign_poster, name="campaign_poster"),
    path("campagnes/<slug:slug>/associations/", views.campaign_ask, name="campaign_ask"),
    path("campagnes/<slug:slug>/dernier-jour/", views.campaign_last_day, name="campaign_last_day"),
    path("campagnes/<slug:slug>/fermer/", views.campaign_close, name="campaign_close"),
    path("campagnes/<slug:slug>/inviter/", views.campaign_invite, name="campaign_invite"),
]
