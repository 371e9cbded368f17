"""The agenda as readers find it."""

import re
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pages.agenda.listing import EVENTS_A_PAGE
from pages.agenda.models import EventPage
from pages.agenda.wording import when
from pages.audience.circles import Circle
from tests.reading import words_of

pytestmark = pytest.mark.django_db

LINK = "https://visio.exemple.invalid/canari-4b"


def titles(client, url: str = "/agenda/") -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', client.get(url).content.decode())


def months(client, url: str = "/agenda/") -> list[str]:
    return re.findall(r'class="month">([^<]+)<', client.get(url).content.decode())


def test_coming_events_are_read_by_month_and_past_ones_apart(client, add_event):
    add_event(2, title="Mai", starts_on=date(2026, 5, 2))
    add_event(3)
    add_event(1, title="Aujourd'hui", starts_on=date(2026, 3, 12))
    add_event(1, title="Hier", starts_on=date(2026, 3, 11))
    add_event(1, title="Février", starts_on=date(2026, 2, 1))

    assert titles(client) == ["Aujourd&#x27;hui", "Rencontre 3", "Mai"]
    assert months(client) == ["Mars 2026", "Avril 2026", "Mai 2026"]
    assert titles(client, "/agenda/?quand=passees") == ["Hier", "Février"]


def test_what_began_last_month_and_lasts_is_still_to_come(client, add_event):
    add_event(1, title="Exposition", starts_on=date(2026, 2, 20), ends_on=date(2026, 3, 12))

    assert titles(client) == ["Exposition"]
    assert months(client) == ["Mars 2026"]


def test_filters_by_theme_and_territory_combine(client, add_event, health, territory):
    add_event(1, themes=[health])
    add_event(2, themes=[health], territories=[territory])
    add_event(3)

    assert titles(client, "/agenda/?theme=sante") == ["Rencontre 1", "Rencontre 2"]
    assert titles(client, "/agenda/?theme=sante&territoire=QN07501M") == ["Rencontre 2"]
    assert "/calendriers/territoires/QN07501M.ics" in words_of(
        client.get("/agenda/?territoire=QN07501M")
    )
    assert titles(client, "/agenda/?quand=passees&theme=sante") == []


def test_filters_are_kept_from_page_to_page(client, add_event, health):
    for number in range(EVENTS_A_PAGE + 1):
        add_event(1, title=f"Rencontre {number}", themes=[health])

    page = client.get("/agenda/?theme=sante").content.decode()

    assert "?theme=sante&amp;page=2" in page
    assert len(titles(client, "/agenda/?theme=sante&page=2")) == 1


def test_the_list_costs_the_same_for_three_as_for_one(client, add_event, health):
    add_event(1, themes=[health])
    client.get("/agenda/")
    with CaptureQueriesContext(connection) as one:
        assert len(titles(client)) == 1
    add_event(2, themes=[health])
    add_event(3)

    with CaptureQueriesContext(connection) as three:
        assert len(titles(client)) == 3

    assert len(three) == len(one)


def test_an_empty_agenda_says_so(client, agenda):
    assert "Rien à l'agenda pour l'instant" in words_of(client.get("/agenda/"))


def test_a_cancelled_event_stays_and_says_so(client, add_event):
    page = add_event(1, is_cancelled=True)

    assert "Annulé" in words_of(client.get("/agenda/"))
    assert "Cet évènement est annulé." in words_of(client.get(page.url))


def test_the_link_of_a_distant_meeting_is_for_members(client, add_event, farid, denis):
    page = add_event(1, remote_link=LINK)

    assert LINK not in words_of(client.get(page.url))
    client.force_login(farid)
    assert LINK not in words_of(client.get(page.url))
    client.force_login(denis)
    assert LINK in words_of(client.get(page.url))


def test_the_link_of_a_distant_meeting_may_be_for_everybody(client, add_event):
    page = add_event(1, remote_link=LINK, remote_link_is_public=True)

    assert LINK in words_of(client.get(page.url))


def test_the_events_of_others_are_not_named(client, add_event, group, health, denis, aminata):
    add_event(1, circle=Circle.MEMBERS)
    add_event(2, circle=Circle.GROUP, group=group, themes=[health])

    assert titles(client) == []
    assert "Santé" not in words_of(client.get("/agenda/"))
    client.force_login(denis)
    assert titles(client) == ["Rencontre 1"]
    client.force_login(aminata)
    assert titles(client) == ["Rencontre 1", "Rencontre 2"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "lundi 2 mars 2026"),
        ({"starts_at": time(18)}, "lundi 2 mars 2026, à 18 h"),
        ({"starts_at": time(9, 5), "ends_at": time(12)}, "lundi 2 mars 2026, de 9 h 05 à 12 h"),
        ({"ends_on": date(2026, 3, 4)}, "du lundi 2 mars 2026 au mercredi 4 mars 2026"),
        (
            {"starts_at": time(18), "ends_on": date(2026, 3, 3), "ends_at": time(0, 30)},
            "du lundi 2 mars 2026 à 18 h au mardi 3 mars 2026 à 0 h 30",
        ),
    ],
)
def test_when_it_is_said_as_french_says_it(fields, words):
    page = EventPage(title="Fête", starts_on=date(2026, 3, 2), **fields)

    assert when(page).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"ends_on": date(2026, 3, 1)}, "ends_on"),
        ({"ends_at": time(12)}, "starts_at"),
        ({"starts_at": time(12), "ends_at": time(12)}, "ends_at"),
        ({"starts_at": time(12), "ends_on": date(2026, 3, 3)}, "ends_at"),
    ],
)
def test_an_event_that_ends_before_it_starts_is_refused(fields, where):
    page = EventPage(title="Fête", slug="fete", starts_on=date(2026, 3, 2), **fields)

    with pytest.raises(ValidationError) as error:
        page.clean()

    assert list(error.value.message_dict) == [where]


@pytest.mark.parametrize("fields", [{"ends_on": date(2026, 3, 1)}, {"ends_at": time(12)}])
def test_the_database_refuses_it_too(add_event, fields):
    page = add_event(1, starts_on=date(2026, 3, 2))

    with pytest.raises(IntegrityError), transaction.atomic():
        EventPage.objects.filter(pk=page.pk).update(**fields)


def test_a_copy_is_another_event(add_event, agenda):
    page = add_event(1)

    copy = page.copy(update_attrs={"slug": "copie"})

    assert copy.uid != page.uid


def test_the_front_page_shows_the_next_events_of_those_who_read_it(client, add_event, aminata):
    add_event(3)
    add_event(2)
    add_event(4, circle=Circle.MEMBERS)
    add_event(1, starts_on=date(2026, 3, 1))

    def shown() -> list[str]:
        return re.findall(r"Rencontre \d", client.get("/").content.decode())

    assert shown() == ["Rencontre 2", "Rencontre 3"]
    client.force_login(aminata)
    assert shown() == ["Rencontre 2", "Rencontre 3", "Rencontre 4"]
