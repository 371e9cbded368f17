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
    if circle == Circle.PUBLIC:
        page.view_restrictions.all().delete()
        return
    if circle == Circle.GROUP and group is None:
        raise ValueError("A page of a group names the group.")
    # Changed where it is: taken away first, it would open what the page carries for a moment.
    restriction = page.view_restrictions.first() or PageViewRestriction(page=page)
    restriction.restriction_type = (
        PageViewRestriction.LOGIN if circle == Circle.MEMBERS else PageViewRestriction.GROUPS
    )
    restriction.save()
    restriction.groups.set([group.group] if circle == Circle.GROUP and group else [])
    page.view_restrictions.exclude(pk=restriction.pk).delete()
