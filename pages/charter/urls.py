from django.urls import path

from pages.charter import views

urlpatterns = [
    path("charte/versions/", views.versions, name="charter_versions"),
    path("charte/versions/comparer/", views.compare, name="charter_compare"),
    path("charte/versions/<int:number>/", views.version, name="charter_version"),
    path("charte/versions/<int:before>-<int:after>/", views.comparison, name="charter_comparison"),
    path("charte/engagements/<slug:anchor>/", views.commitment, name="commitment"),
]
