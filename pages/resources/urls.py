from django.urls import path

from pages.resources.views import propose

urlpatterns = [path("proposer-une-ressource/", propose, name="resource_propose")]
