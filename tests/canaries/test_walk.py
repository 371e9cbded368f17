"""Nothing private is read by somebody it is not for, whatever the address."""

from fnmatch import filter as named

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from intranet.files.models import Picture
from surveys.responses.models import Draft, Upload
from tests.canaries.addresses import NOT_READ, routes
from tests.canaries.planting import ADMINISTRATOR, ANIMATOR, CONTRIBUTOR, ROLES
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


def read_closer(world: World) -> Reading:
    """What the walk samples, one by one, by the shortest address that says it all.

    The screens of Wagtail's editor are slow: its interface for machines, the drafts and the
    files say the same, and `CANARIES=all` opens the screens.
    """
    reading, things = Reading(world), world.things
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[things["form"].pk]),
        *(
            reverse("wagtailusers_users:edit", args=[things[who].pk])
            for who in ("colleague", "closed")
        ),
        reverse(
            "wagtailsnippets_surveys_questionnaire:edit", args=[things["draft questionnaire"].pk]
        ),
        reverse("written_answers", args=[things["survey"].slug, "souhait"]),
    ]
    for page in Page.objects.filter(depth__gt=2).order_by("path"):
        addresses.append(f"{reverse('wagtailadmin_api:pages:detail', args=[page.pk])}?fields=*")
        if page.live:
            addresses.append(page.url)
        if not page.live or page.has_unpublished_changes:
            addresses.append(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    for document in get_document_model().objects.order_by("pk"):
        where = reverse("wagtailadmin_api:documents:detail", args=[document.pk])
        addresses += [f"{where}?fields=*", document.url]
    for picture in Picture.objects.order_by("pk"):
        addresses += [reverse("wagtailimages:edit", args=[picture.pk]), picture.file.url]
    for upload in Upload.objects.exclude(response=None):
        addresses.append(reverse("answered_file", args=[upload.pk]))
    client = client_of(world.person(ADMINISTRATOR))
    for where in addresses:
        read(client, ADMINISTRATOR, where, reading)
    begun = Draft.objects.get(participation__association=things["own"])
    client = client_of(world.person(CONTRIBUTOR))
    for upload in Upload.objects.filter(key=begun.pk):
        where = reverse("fill_file", args=["bilan-2026", things["own"].slug, upload.pk])
        read(client, CONTRIBUTOR, where, reading)
    return reading


def test_each_canary_is_heard_by_somebody_it_is_for(world: World) -> None:
    """Or the walk would find no leak because it looks nowhere.

    What no screen shows was planted with the reason why (`unseen`).
    """
    readings = [read_closer(world), *(reading_of(world, role) for role in ROLES)]

    heard = {one.number for reading in readings for one in reading.heard}
    silent = [
        str(one)
        for one in world.planted
        if one.audience and not one.unseen and one.number not in heard
    ]
    assert silent == []
