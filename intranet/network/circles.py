"""The circle of a territory: those who belong to an active association that acts there.

It is a working group that nobody composes: memberships do. Pages, files and letters know it as
any other group.
"""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from intranet.network.models import Membership, Territory, WorkingGroup

PREFIX = "Territoire · "
LONGEST_NAME = 120


def name_of(territory: Territory) -> str:
    """With commune and code, for 28 neighbourhoods are called the same."""
    name = f"{PREFIX}{territory}"
    if len(name) <= LONGEST_NAME:
        return name
    end = f"… ({territory.code})"
    return name[: LONGEST_NAME - len(end)] + end


@transaction.atomic
def keep_territory_circles(*, territories: Collection[int] | None = None) -> None:
    """Compose the circles of these territories anew, or of all: safe to run again.

    A territory where nobody acts any more keeps its circle, empty: pages may name it.
    """
    known = WorkingGroup.objects.exclude(territory=None).select_related("territory", "group")
    acting = Territory.objects.filter(associations__is_active=True).distinct()
    belonging = Membership.objects.filter(
        association__is_active=True, association__territories__isnull=False
    )
    if territories is not None:
        known = known.filter(territory__in=territories)
        acting = acting.filter(pk__in=territories)
        belonging = belonging.filter(association__territories__in=territories)
    people: defaultdict[int, set[int]] = defaultdict(set)
    for territory, person in belonging.values_list("association__territories", "user"):
        people[territory].add(person)
    circles: dict[int | None, WorkingGroup] = {circle.territory_id: circle for circle in known}
    for found in acting:
        if found.pk not in circles:
            circles[found.pk] = _new_circle(found)
    for circle in circles.values():
        if circle.territory is not None:
            place = circle.territory
            _compose(circle, name_of(place), people[place.pk])


def _new_circle(territory: Territory) -> WorkingGroup:
    # One at a time: two people may join the first association of a place at once.
    Territory.objects.select_for_update().get(pk=territory.pk)
    known = WorkingGroup.objects.filter(territory=territory).first()
    if known is not None:
        return known
    name = name_of(territory)
    group, _ = Group.objects.get_or_create(name=name)
    return WorkingGroup.objects.create(name=name, group=group, territory=territory)


def _compose(circle: WorkingGroup, name: str, people: set[int]) -> None:
    if circle.name != name:
        circle.name = circle.group.name = name
        circle.group.save(update_fields=["name"])
        circle.save(update_fields=["name"])
    if set(circle.members.values_list("pk", flat=True)) != people:
        circle.members.set(people)
    if set(circle.group.user_set.values_list("pk", flat=True)) != people:
        circle.group.user_set.set(people)
