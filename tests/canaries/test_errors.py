"""When something goes wrong with what is closed, the answer says nothing of it."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from wagtail.documents import get_document_model
from wagtail.models import Page

from intranet.files.models import Picture
from surveys.campaigns.models import Campaign
from surveys.responses.models import Draft, Response
from tests.canaries.addresses import routes
from tests.canaries.planting import (
    ADMINISTRATOR,
    ANIMATOR,
    CONTRIBUTOR,
    NOBODY,
    OTHER,
    PARTNER,
    ROLES,
)
from tests.canaries.reading import READ_ALL, Reading, client_of, read
from tests.canaries.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STRANGERS: Final = (NOBODY, PARTNER, OTHER)
LEAVES: Final = {"account_logout", "wagtailadmin_logout", "end_other_sessions", "close_my_account"}


def closed_addresses(world: World, role: str) -> Iterator[str]:
    """One of each kind of thing that is closed: pages, files, answers, screens."""
    draft = world.things["draft questionnaire"]
    yield from (page.url for page in Page.objects.filter(slug__startswith="canari") if page.url)
    yield get_document_model().objects.latest("pk").url
    yield f"/media/{Picture.objects.latest('pk').file.name}"
    yield reverse("wagtailadmin_pages:edit", args=[Page.objects.latest("pk").pk])
    yield reverse("questionnaire_versions", args=[draft.slug])
    yield reverse("fill", args=["bilan-2026", "les-tisserands"])
    yield reverse("person", args=[world.things["colleague"].pk])
    yield reverse("results", args=[Campaign.objects.earliest("opens_date").slug])


# -- Refusals -----------------------------------------------------------------------------------


def wrong_host(client: Client, where: str) -> tuple[int, dict[str, Any]]:
    return 400, {"headers": {"Host": "ailleurs.example"}}


def wrong_method(client: Client, where: str) -> tuple[int, dict[str, Any]]:
    return 405, {"method": "delete"}


def too_much(client: Client, where: str) -> tuple[int, dict[str, Any]]:
    size = settings.REQUEST_MAX_SIZE + 1
    return 413, {"method": "post", "CONTENT_LENGTH": str(size), "data": {"a": "b"}}


def wrong_letters(client: Client, where: str) -> tuple[int, dict[str, Any]]:
    return 404, {"data": {"p": "\0", "page": "-1", "q": "\ud7ff", "preview": "1"}}


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("wrong", [wrong_host, wrong_method, too_much, wrong_letters])
def test_what_cannot_be_answered_says_nothing(
    world: World, role: str, wrong: Callable[..., tuple[int, dict[str, Any]]]
) -> None:
    reading, client, seen = Reading(world), client_of(world.people[role]), set()

    for where in closed_addresses(world, role):
        status, more = wrong(client, where)
        seen.add(read(client, role, where, reading, **more).status_code)

    assert status in seen
    assert reading.broken == []
    assert reading.leaks == []


@pytest.mark.parametrize("role", STRANGERS)
def test_a_form_without_its_token_says_nothing(world: World, role: str) -> None:
    reading = Reading(world)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if person := world.people[role]:
        client.force_login(person)

    seen = {
        read(client, role, where, reading, method="post", data={"a": "b"}).status_code
        for where in closed_addresses(world, role)
    }

    assert 403 in seen
    assert reading.leaks == []


def test_who_tries_too_many_passwords_is_told_nothing_of_the_account(world: World) -> None:
    reading, client = Reading(world), client_of(None)
    address = world.things["colleague"].email

    seen = []
    for attempt in range(12):
        data = {"login": address.upper(), "password": f"essai-{attempt}"}
        where = reverse("account_login")
        seen.append(read(client, NOBODY, where, reading, method="post", data=data).status_code)
        data = {"email": address.upper()}
        where = reverse("account_reset_password")
        seen.append(read(client, NOBODY, where, reading, method="post", data=data).status_code)

    assert 429 in seen
    assert reading.leaks == []


def test_two_who_write_in_one_answer_are_told_what_is_theirs(world: World) -> None:
    """The association's other person sees what was written meanwhile; a stranger sees nothing."""
    draft = Draft.objects.get(participation__association=world.things["own"])
    number = reverse("fill_section", args=["bilan-2026", "les-tisserands", 1])
    data = {"q-mot": "Autre chose", "base": "{}", "action": "next"}

    for role in (*STRANGERS, CONTRIBUTOR):
        reading = Reading(world)
        read(client_of(world.people[role]), role, number, reading, method="post", data=data)
        assert reading.broken == []
        assert reading.leaks == []
        heard = {world.birds[one.number].label for one in reading.heard}
        assert any("draft of" in one for one in heard) == (role == CONTRIBUTOR), role
    assert draft.document


# -- Breakdowns ----------------------------------------------------------------------------------


def break_down(request: HttpRequest) -> HttpResponse:
    """A view that has read everything when it stumbles."""
    pages = list(Page.objects.values_list("title", flat=True))
    answers = list(Response.objects.values_list("document", flat=True))
    raise ValueError(pages, answers)


urlpatterns = [path("panne/", break_down, name="break_down"), path("", include("intranet.urls"))]


@pytest.mark.parametrize("role", [NOBODY, OTHER, ADMINISTRATOR])
def test_a_breakdown_says_nothing_on_its_page_nor_by_letter(world: World, role: str) -> None:
    reading, client = Reading(world), client_of(world.people[role])

    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        page = read(client, role, "/panne/", reading)

    assert page.status_code == 500
    assert reading.heard == set()
    assert mail.outbox == []


# -- Other ways to ask -----------------------------------------------------------------------------


ASKED: Final = (
    [(role, method) for role in ROLES for method in ("post", "options", "head", "put")]
    if READ_ALL
    else [(NOBODY, "options"), (OTHER, "post")]
)


@pytest.mark.parametrize(("role", "method"), ASKED)
def test_no_other_method_reads_what_get_does_not(world: World, role: str, method: str) -> None:
    """An empty form to every address; what it writes is taken back."""
    reading, client = Reading(world), client_of(world.people[role])

    for route in routes():
        if route.name in LEAVES:
            continue
        for where in list(route.addresses(world, role))[: None if READ_ALL else 1]:
            read(client, role, where, reading, method=method)

    assert reading.read > 300
    assert [one for one in reading.broken if "/sante/" not in one] == []
    assert reading.leaks == []


@pytest.mark.parametrize("role", STRANGERS)
def test_a_file_that_is_refused_says_nothing(world: World, role: str) -> None:
    """Pretending to send a file to what is closed: one's own name is all that comes back."""
    reading, client = Reading(world), client_of(world.people[role])

    for campaign in Campaign.objects.all():
        where = reverse("fill_section", args=[campaign.slug, "les-tisserands", 1])
        sent = SimpleUploadedFile("a.exe", b"MZ")
        read(client, role, where, reading, method="post", data={"q-piece": sent})

    assert reading.broken == []
    assert reading.leaks == []


@pytest.mark.parametrize("role", [NOBODY, PARTNER, OTHER, ANIMATOR])
def test_the_interface_for_machines_lists_what_the_editor_lists(world: World, role: str) -> None:
    reading, client = Reading(world), client_of(world.people[role])

    for name in ("pages", "images", "documents"):
        where = reverse(f"wagtailadmin_api:{name}:listing")
        for asked in ("fields=*", "fields=*&search=canari", "limit=100&offset=20"):
            read(client, role, f"{where}?{asked}", reading)
    for page in Page.objects.filter(depth__gt=1)[:: 1 if READ_ALL else 20]:
        where = reverse("wagtailadmin_api:pages:detail", args=[page.pk])
        read(client, role, f"{where}?fields=*", reading)
        read(client, role, f"{where.rsplit('/', 2)[0]}/?child_of={page.pk}&fields=*", reading)

    assert reading.broken == []
    assert reading.leaks == []
    assert bool(reading.heard) == (role == ANIMATOR)
