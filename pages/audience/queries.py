"""Which pages of a list the person in front of it may read."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from intranet.accounts.models import User
from intranet.network.models import WorkingGroup
from intranet.network.permissions import is_member, may_pass
from pages.audience.circles import Circle


def request_of(user: User) -> HttpRequest:
    """A request as this person would make it, for what is read in their name."""
    request = HttpRequest()
    request.user = user
    request.session = {}  # type: ignore[assignment]
    return request


def visible_to(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """The published pages of a list that this request may open, in a constant number of queries."""
    return _open(pages, _closed_to(request.user), request)


def visible_to_all(pages: PageQuerySet) -> PageQuerySet:
    """The published pages of a list that anybody may open: what a feed holds, whoever asks."""
    return _open(pages, PageViewRestriction.objects.all(), None)


def circle_of(page: Page) -> tuple[Circle, WorkingGroup | None] | None:
    """The circle that a page itself is closed to; None if it is closed in another way."""
    restrictions = list(page.view_restrictions.prefetch_related("groups__working_group"))
    if not restrictions:
        return Circle.PUBLIC, None
    if len(restrictions) > 1:
        return None
    [restriction] = restrictions
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return Circle.MEMBERS, None
    groups = [getattr(one, "working_group", None) for one in restriction.groups.all()]
    if len(groups) == 1 and groups[0] is not None:
        return Circle.GROUP, groups[0]
    return None


def _open(
    pages: PageQuerySet, closed: QuerySet[PageViewRestriction], request: HttpRequest | None
) -> PageQuerySet:
    """Without the pages that are closed, nor those below them.

    A member's item closed to a circle is one of hundreds, and has nothing below it: a condition
    for each would be more than SQLite reads. Those above others are few, and named one by one.
    """
    pages = pages.live().exclude(pk__in=closed.values("page_id"))
    for restriction in closed.filter(page__numchild__gt=0).select_related("page"):
        pages = pages.not_descendant_of(restriction.page, inclusive=True)
    if request is not None:
        for restriction in _shared_passwords().select_related("page"):
            if not may_pass(restriction, request):
                pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages


def _shared_passwords() -> QuerySet[PageViewRestriction]:
    """Of a time before the product, whose settings offer none."""
    return PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.PASSWORD)


def _closed_to(user: User | AnonymousUser) -> QuerySet[PageViewRestriction]:
    """The restrictions that do not let a person through, shared passwords aside."""
    restrictions = PageViewRestriction.objects.exclude(
        restriction_type=PageViewRestriction.PASSWORD
    )
    closed: Any = Q()
    if is_member(user):
        # "Any logged-in user" is the members' circle.
        closed &= ~Q(restriction_type=PageViewRestriction.LOGIN)
    if user.is_authenticated:
        if user.is_superuser:
            closed &= ~Q(restriction_type=PageViewRestriction.GROUPS)
        else:
            named = PageViewRestriction.groups.through.objects.filter(
                pageviewrestriction=OuterRef("pk"), group__in=user.groups.all()
            )
            closed &= ~(Q(restriction_type=PageViewRestriction.GROUPS) & Exists(named))
    return restrictions.filter(closed)
