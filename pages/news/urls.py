from django.urls import path

from pages.news import following, writing
from pages.news.views import NewsFeed, TerritoryFeed, ThemeFeed

MINE = "mes-actualites/"
FOLLOW = "suivi-des-actualites/"

urlpatterns = [
    path("flux/actualites.xml", NewsFeed(), name="news_feed"),
    path("flux/actualites/theme/<slug:slug>.xml", ThemeFeed(), name="theme_feed"),
    path("flux/actualites/territoire/<slug:code>.xml", TerritoryFeed(), name="territory_feed"),
    # Before Wagtail's own: no item may have this address.
    path("actualites/ecrire/", writing.write, name="news_write"),
    path(MINE, writing.my_news, name="my_news"),
    path(f"{MINE}<int:pk>/modifier/", writing.change, name="news_change"),
    path(f"{MINE}<int:pk>/retirer/", writing.withdraw, name="news_withdraw"),
    path("toujours-vrai/<str:token>/", following.still_true, name="news_truth"),
    path(FOLLOW, following.follow_up, name="news_follow_up"),
    path(f"{FOLLOW}<int:pk>/", following.acknowledgements, name="news_acknowledgements"),
    path(
        f"{FOLLOW}<int:pk>/tableau.csv",
        following.acknowledgements_csv,
        name="news_acknowledgements_csv",
    ),
    path(f"{FOLLOW}<int:pk>/relancer/", following.remind, name="news_remind"),
    path(
        f"{FOLLOW}<int:pk>/pris-connaissance/<slug:association>/",
        following.acknowledge,
        name="news_acknowledge",
    ),
]
