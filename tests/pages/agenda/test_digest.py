from datetime import date, timedelta

import pytest

from intranet.digest import operations, queries
from intranet.digest.models import DigestLetter
from pages.audience.circles import Circle
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events_only(settings):
    settings.DIGEST_SOURCES = ["pages.agenda.digest.events"]


def told_to(person) -> list:
    at = NOW + timedelta(hours=1)
    operations.write_weekly_letters(on=at.date(), at=at)
    letter = DigestLetter.objects.filter(person=person).first()
    return list(queries.entries_of(letter)) if letter else []


def test_an_event_says_when_and_where_before_its_words(add_event, aminata):
    add_event(2, place="Salle des fêtes", summary="Venez.")

    [entry] = told_to(aminata)

    assert entry.title == "Rencontre 2"
    assert entry.text == "jeudi 2\xa0avril 2026, Salle des fêtes\n\nVenez."


def test_what_is_over_or_cancelled_is_not_announced(add_event, aminata):
    add_event(3, starts_on=date(2026, 3, 1))
    add_event(4, is_cancelled=True)

    assert told_to(aminata) == []


def test_an_event_of_a_group_is_told_to_the_group(add_event, group, aminata, benoit):
    add_event(5, circle=Circle.GROUP, group=group)

    assert [entry.title for entry in told_to(aminata)] == ["Rencontre 5"]
    assert told_to(benoit) == []
