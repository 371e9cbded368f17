import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from intranet.accounts import roles
from pages.audience.queries import visible_to
from pages.news.models import NewsPage


@pytest.fixture
def seen_by(add_news, reserve):
    """The titles that a person finds among a public, a members' and an animators' news item."""
    add_news(1)
    reserve(add_news(2))
    reserve(add_news(3), roles.ANIMATOR)
    draft = add_news(4)
    draft.unpublish()

    def titles(user) -> list[str]:
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        pages = visible_to(NewsPage.objects.all(), request).order_by("date")
        return [page.title for page in pages]

    return titles


def test_the_public_finds_what_is_public(seen_by):
    assert seen_by(AnonymousUser()) == ["Nouvelle 1"]


def test_a_person_finds_what_their_account_and_groups_open(seen_by, denis, claire):
    assert seen_by(denis) == ["Nouvelle 1", "Nouvelle 2"]
    assert seen_by(claire) == ["Nouvelle 1", "Nouvelle 2", "Nouvelle 3"]


def test_restrictions_cost_the_same_however_many(seen_by, claire, add_news, reserve):
    seen_by(claire)  # The roles of a person are asked once.
    with CaptureQueriesContext(connection) as one:
        seen_by(claire)
    for number in (5, 6, 7):
        reserve(add_news(number), roles.ANIMATOR, roles.EDITOR)

    with CaptureQueriesContext(connection) as many:
        seen_by(claire)

    assert [query["sql"][:60] for query in many] == [query["sql"][:60] for query in one]
