"""One's own account, and addresses of Wagtail's that would let people in, taken before it."""

from allauth.account.views import logout
from django.urls import path

from intranet.accounts import views

urlpatterns = [
    path("compte/", views.my_account, name="my_account"),
    path("compte/deux-preuves/", views.second_factor, name="second_factor"),
    path("compte/sessions/", views.sessions, name="sessions"),
    path("compte/sessions/autres/", views.end_other_sessions, name="end_other_sessions"),
    path("compte/sessions/<int:pk>/", views.end_session, name="end_session"),
    path("compte/fermer/", views.close_my_account, name="close_my_account"),
    path("compte/ferme/", views.account_closed, name="account_closed"),
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
