"""Front door: the addresses of the surveys, gathered for the project."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
