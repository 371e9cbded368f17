from django.urls import path

from intranet.rights import views

urlpatterns = [path("qui-peut-quoi/", views.rights, name="rights")]
