"""Addresses of Wagtail's own that would let people in, taken before Wagtail answers."""

from allauth.account.views import logout
from django.urls import path

from intranet.accounts import views

urlpatterns = [
    path("admin/login/", views.log_in, name="wagtailadmin_login"),
    path("admin/logout/", logout, name="wagtailadmin_logout"),
    path("admin/password_reset/", views.reset_password, name="wagtailadmin_password_reset"),
    path(
        "admin/password_reset/done/",
        views.reset_password,
        name="wagtailadmin_password_reset_done",
    ),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        views.reset_password,
        name="wagtailadmin_password_reset_confirm",
    ),
    path(
        "admin/password_reset/complete/",
        views.reset_password,
        name="wagtailadmin_password_reset_complete",
    ),
    path("_util/login/", views.log_in, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.closed,
        name="wagtailcore_authenticate_with_password",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        views.closed,
        name="wagtaildocs_authenticate_with_password",
    ),
]
