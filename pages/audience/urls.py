"""Addresses of Wagtail's editor that would name closed pages, taken before Wagtail answers."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.viewsets.pages import page_viewset_registry

from pages.audience.admin import BrowseNamedPages, NamedPagesChosen, explored

index = explored(page_viewset_registry.as_view("index", parent_page_id_kwarg="parent_page_id"))
index_results = explored(
    page_viewset_registry.as_view("index_results", parent_page_id_kwarg="parent_page_id")
)

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
    path("pages/<int:parent_page_id>/", require_admin_access(index), name="wagtailadmin_explore"),
    path(
        "pages/<int:parent_page_id>/results/",
        require_admin_access(index_results),
        name="wagtailadmin_explore_results",
    ),
]
