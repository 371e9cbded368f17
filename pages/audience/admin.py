"""What Wagtail's editor shows of pages to somebody who may neither read nor change them: nothing.

Its choosers offer every page of the site: drafts, pages of groups, the next title of a public
page. Whoever may change a page sees it as it is written; the others, if they read it on the site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import hooks
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from pages.audience.queries import visible_to

WRITES = ("add", "change", "publish", "lock", "unlock")


@hooks.register("construct_page_chooser_queryset")
def named_to(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Those of these pages whose title, as it is written now, the person may read."""
    policy = policy_registry.get_by_type(Page)
    written = policy.instances_user_has_any_permission_for(request.user, WRITES)
    # The editor names a page by its newest title, published or not.
    read = visible_to(Page.objects.filter(draft_title=F("title")), request)
    return pages.filter(Q(pk__in=written.values("pk")) | Q(pk__in=read.values("pk")))


def _require_named(request: HttpRequest, *page_ids: Any) -> None:
    wanted = Page.objects.filter(pk__in=page_ids)
    if named_to(wanted, request).count() < wanted.count():
        raise Http404


class BrowseNamedPages(BrowseView):
    def get(self, request: HttpRequest, parent_page_id: int) -> HttpResponseBase:
        _require_named(request, parent_page_id)
        return super().get(request, parent_page_id)


class NamedPagesChosen(ChosenMultipleView):
    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.getlist("id")
        # The root of all pages has no parent, which Wagtail's answer names.
        if not all(one.isdecimal() for one in asked) or (
            Page.objects.filter(pk__in=asked, depth=1).exists()
        ):
            raise Http404
        _require_named(request, *asked)
        return super().get(request)


def explored(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wagtail shows the head of any page of the tree; here, of those that lead to one's work."""

    @wraps(view)
    def of_one_s_work(request: HttpRequest, parent_page_id: int) -> HttpResponseBase:
        policy = policy_registry.get_by_type(Page)
        root = policy.explorable_root_instance(request.user)
        wanted = Page.objects.filter(pk=parent_page_id)
        # What is above, Wagtail sends back to the first page of one's work.
        if root is not None and wanted.descendant_of(root).exists():
            explorable = policy.explorable_instances(request.user)
            if not explorable.filter(pk=parent_page_id).exists():
                raise Http404
        return view(request, parent_page_id=parent_page_id)

    return of_one_s_work
