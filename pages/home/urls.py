from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from pages.home.views import robots

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
