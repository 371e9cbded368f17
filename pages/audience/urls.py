"""Addresses of Wagtail's editor that would name closed pages, taken before Wagtail answers."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from pages.audience.admin import BrowseNamedPages, NamedPagesChosen

# Wagtail's own addresses lead here: they keep its names.
urlpatterns = [
    path(
        "choose-page/<int:parent_page_id>/",
        require_admin_access(BrowseNamedPages.as_view()),
        name="wagtailadmin_choose_page_child",
    ),
    path(
        "choose-page/chosen-multiple/",
        require_admin_access(NamedPagesChosen.as_view()),
        name="wagtailadmin_choose_page_chosen_multiple",
    ),
]
