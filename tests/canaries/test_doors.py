"""What a walk does not ask for: heads, conditions, error pages, searches, letters."""

from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path
from wagtail.documents import get_document_model

from intranet.digest.operations import write_weekly_letters
from intranet.files.models import Picture
from intranet.search.models import SearchEntry
from pages.news.models import NewsPage
from tests.canaries.addresses import routes
from tests.canaries.planting import NOBODY, OTHER, PARTNER, numbers_in
from tests.canaries.reading import Reading, client_of, may_hear, read
from tests.canaries.world import World
from tests.letters import send_letters
from tests.people import NOW, TODAY

pytestmark = pytest.mark.django_db

STRANGERS = (NOBODY, PARTNER, OTHER)


@pytest.mark.parametrize("role", [NOBODY, PARTNER])
def test_closed_files_do_not_even_say_that_they_are_there(world: World, role: str) -> None:
    reading, client = Reading(world), client_of(world.people[role])
    closed = [
        *(f"/media/{one.file.name}" for one in Picture.objects.all()),
        *(one.url for one in get_document_model().objects.all()),
    ]
    conditions = {"If-None-Match": "*", "If-Modified-Since": "Wed, 01 Jan 2031 00:00:00 GMT"}

    for address in closed:
        for headers in ({}, conditions):
            answer = read(client, role, address, reading, method="head", headers=headers)
            assert answer.status_code in {302, 403, 404}, address
            assert not {"ETag", "Last-Modified"} & answer.headers.keys(), address
    assert len(closed) > 40
    assert reading.leaks == []


@pytest.mark.parametrize("role", STRANGERS)
def test_the_search_finds_no_closed_word(world: World, role: str) -> None:
    """Each canary in the index is asked for in capitals: a page may repeat its question."""
    reading, client = Reading(world), client_of(world.people[role])
    indexed = numbers_in(" ".join(SearchEntry.objects.values_list("words", flat=True)))
    closed = [world.birds[one] for one in indexed if not may_hear(role, world.birds[one])]

    for canary in closed:
        read(client, role, f"/recherche/?q={canary.searched}", reading)

    assert len(closed) > (5 if role == OTHER else 30)
    assert reading.leaks == []


@pytest.mark.parametrize("role", STRANGERS)
def test_an_error_page_says_nothing_of_what_it_hides(world: World, role: str) -> None:
    reading, client = Reading(world), client_of(world.people[role])

    for page in NewsPage.objects.exclude(slug__startswith="publique").exclude(slug="dix-ans"):
        # Cut, the address is not the page's, and the error page may look for what was meant.
        read(client, role, f"/actualites/{page.slug[:-2]}/", reading)
        read(client, role, f"{page.url}?preview=1", reading)

    assert reading.leaks == []


def test_letters_tell_each_person_what_is_theirs(world: World) -> None:
    known = {person.email: role for role, person in world.roles if person}
    write_weekly_letters(on=TODAY + timedelta(days=1), at=NOW + timedelta(days=1))
    send_letters(at=NOW + timedelta(days=1, hours=1))

    leaks = []
    for letter in mail.outbox:
        role = known.get(letter.to[0])
        if role is None:
            continue
        said = f"{letter.subject} {letter.body} {letter.alternatives}"
        for number in numbers_in(said):
            if not may_hear(role, world.birds[number]):
                leaks.append(f"{role} was sent {world.birds[number]} in {letter.subject}")
    assert {known.get(letter.to[0]) for letter in mail.outbox} > {OTHER}
    assert leaks == []


# -- The proof can fail ------------------------------------------------------------------------


def leak(request: HttpRequest) -> HttpResponse:
    """A view as somebody might write it: everything, to everybody."""
    return HttpResponse(" ".join(NewsPage.objects.values_list("title", flat=True)))


urlpatterns = [path("fuite/", leak, name="leak"), path("", include("intranet.urls"))]


def test_a_view_that_leaks_is_heard(world: World) -> None:
    reading = Reading(world)

    with override_settings(ROOT_URLCONF=__name__):
        assert "leak" in {route.name for route in routes()}
        read(client_of(None), NOBODY, "/fuite/", reading)

    told = reading.leaks
    assert len(told) >= 4
    assert any("draft of NewsPage: title" in one for one in told)


def test_a_header_and_a_packed_file_are_heard(world: World) -> None:
    from tests.canaries.reading import text_of, words_of
    from tests.sent_files import packed

    secret = world.birds[0].text
    redirected = HttpResponse(status=302, headers={"Location": f"/ailleurs/{secret}/"})

    assert numbers_in(words_of(redirected)) == {0}
    assert numbers_in(text_of(packed({"a.xml": secret.encode()}))) == {0}
    assert numbers_in(text_of(f"X:{secret[:8]}\r\n {secret[8:]}".encode())) == {0}
