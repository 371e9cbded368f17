from django.urls import path, re_path

from intranet.files import views

urlpatterns = [
    path("photographies/<uuid:identity>/", views.held, name="held_picture"),
    path("media/<path:name>", views.media, name="media"),
    re_path(r"^documents/([0-9]{1,18})/(.*)$", views.document, name="wagtaildocs_serve"),
]
