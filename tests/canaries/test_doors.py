"""What a walk does not ask for: heads, conditions, error pages, searches, letters."""

import pytest
from wagtail.documents import get_document_model

from intranet.files.models import Picture
from intranet.search.models import SearchEntry
from pages.news.models import NewsPage
from tests.canaries.planting import NOBODY, OTHER, PARTNER, numbers_in
from tests.canaries.reading import Reading, client_of, may_hear, read
from tests.canaries.world import World

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
