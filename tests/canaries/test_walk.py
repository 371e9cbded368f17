"""Nothing private is read by somebody it is not for, whatever the address."""

import re
from fnmatch import filter as named

import pytest
from django.urls import reverse
from wagtail.models import Page

from intranet.files.models import Picture
from tests.canaries.addresses import NOT_READ, routes
from tests.canaries.planting import ANIMATOR, EDITOR, ROLES, Canary
from tests.canaries.reading import Reading, client_of, read, walk
from tests.canaries.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

_READINGS: dict[str, Reading] = {}


def reading_of(world: World, role: str) -> Reading:
    """What somebody read, read once for all the tests."""
    if role not in _READINGS:
        _READINGS[role] = walk(world, role)
    return _READINGS[role]


def test_every_route_is_read_or_says_why_not(world: World) -> None:
    without = [
        f"{route.name} ({route.pattern})"
        for route in routes()
        if not route.why_not and not any(route.addresses(world, ANIMATOR))
    ]

    assert not without, "give FILLINGS its arguments, or NOT_READ a reason"


def test_every_reason_not_to_read_is_about_a_route() -> None:
    names = [route.name for route in routes()]

    assert [one for one in NOT_READ if not named(names, one)] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_what_is_not_for_them(world: World, role: str) -> None:
    assert reading_of(world, role).leaks == []


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks(world: World, role: str) -> None:
    # Without workers the health page says that something is wrong, as it should.
    assert [one for one in reading_of(world, role).broken if "/sante/" not in one] == []


UNPUBLISHED = re.compile("newer draft of|draft of|scheduled|withdrawn")
PAGE_TYPE = re.compile("[A-Z][a-z]+Page")


def kind_of(canary: Canary) -> str:
    """What a canary is, whatever the type of its page and the reason why it is not public."""
    return PAGE_TYPE.sub("page", UNPUBLISHED.sub("unpublished", canary.label))


def test_most_canaries_are_heard_by_those_they_are_for(world: World) -> None:
    """Or the walk would find nothing because it looks nowhere."""
    closer = Reading(world)
    client = client_of(world.person(EDITOR))
    for page in Page.objects.filter(depth__gt=2, live=False) | Page.objects.filter(
        has_unpublished_changes=True
    ):
        read(client, EDITOR, reverse("wagtailadmin_pages:edit", args=[page.pk]), closer)
    for picture in Picture.objects.all()[:40:4]:
        read(client, EDITOR, reverse("wagtailimages:edit", args=[picture.pk]), closer)
    form = world.things["form"]
    read(client, EDITOR, reverse("wagtailadmin_pages:edit", args=[form.pk]), closer)

    readings = [closer, *(reading_of(world, role) for role in ROLES)]
    heard = {kind_of(world.birds[one.number]) for reading in readings for one in reading.heard}
    silent = {
        kind_of(one)
        for one in world.birds
        if one.audience and not one.unseen and kind_of(one) not in heard
    }

    # The editor's screens are sampled: CANARIES=all reads the others.
    assert len(heard) > len(silent)
