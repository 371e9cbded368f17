from django.urls import path

from intranet.digest import views

urlpatterns = [
    path("compte/lettre/", views.my_letters, name="my_letters"),
    path("lettre/arreter/<str:token>/", views.unsubscribe, name="digest_unsubscribe"),
    path("lettre/reprendre/<str:token>/", views.resume, name="digest_resume"),
    path("lettre/<str:token>/", views.letter, name="digest_letter"),
    path("lettre/<str:token>/<int:entry>/", views.item, name="digest_item"),
]
