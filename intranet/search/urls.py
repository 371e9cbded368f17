from django.urls import path

from intranet.search import views

urlpatterns = [path("recherche/", views.results, name="search")]
