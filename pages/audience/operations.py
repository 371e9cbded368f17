"""Giving a page its circle, which is Wagtail's page privacy."""

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from intranet.network.models import WorkingGroup
from pages.audience.circles import Circle
from pages.audience.queries import circle_of


@transaction.atomic
def give_circle(*, page: Page, circle: Circle, group: WorkingGroup | None = None) -> None:
    """Close a page to a circle, or open it to everybody. A `GROUP` circle names its group."""
    if circle_of(page) == (circle, group if circle == Circle.GROUP else None):
        return
    page.view_restrictions.all().delete()
    if circle == Circle.PUBLIC:
        return
    if circle == Circle.MEMBERS:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        return
    if group is None:
        raise ValueError("A page of a group names the group.")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set([group.group])
