from django.urls import path

from intranet.health import views

urlpatterns = [path("sante/", views.health, name="health")]
