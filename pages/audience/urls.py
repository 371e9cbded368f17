"""Addresses of Wagtail's editor that would name closed pages, taken before Wagtail answers."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from pages.audience.admin import BrowseNamedPages, NamedPagesByType, NamedPagesChosen

by_type = require_admin_access(NamedPagesByType.as_view())
by_type_results = require_admin_access(NamedPagesByType.as_view(results_only=True))

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
    path("reports/page-types-usage/", by_type, name="page_types_named"),
    path("reports/page-types-usage/results/", by_type_results, name="page_types_named_results"),
]
