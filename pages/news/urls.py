from django.urls import path

from pages.news.views import NewsFeed

urlpatterns = [path("flux/actualites.xml", NewsFeed(), name="news_feed")]
