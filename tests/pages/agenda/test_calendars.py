"""Calendars and feeds, read back as other programs read them."""

from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from pages.agenda.calendars import calendar_of
from pages.agenda.models import EventPage
from pages.audience.circles import Circle
from tests.people import NOW

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
LINK = "https://visio.exemple.invalid/canari-4b"


def events_in(content: bytes) -> dict[str, object]:
    calendar = Calendar.from_ical(content)
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def read(client, url: str = "/calendriers/agenda.ics") -> dict[str, object]:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return events_in(response.content)


class TestSubscribing:
    def test_an_event_is_read_back_as_it_was_written(self, client, add_event):
        page = add_event(
            2,
            starts_at=time(18),
            ends_at=time(20, 30),
            place="Maison, du Port",
            address="1 quai; étage 2\nPort-Sauveur",
            summary="Venez : c'est gratuit",
        )

        event = read(client)["Rencontre 2"]

        assert event.decoded("dtstart") == datetime(2026, 4, 2, 18, tzinfo=PARIS)
        assert event.decoded("dtend") == datetime(2026, 4, 2, 20, 30, tzinfo=PARIS)
        assert event["dtstart"].params["TZID"] == "Europe/Paris"
        assert str(event["LOCATION"]) == "Maison, du Port, 1 quai; étage 2, Port-Sauveur"
        assert str(event["URL"]) == page.full_url
        assert str(event["UID"]) == f"{page.uid}@maillage"
        assert str(event["STATUS"]) == "CONFIRMED"
        assert "Venez : c'est gratuit" in str(event["DESCRIPTION"])

    def test_whole_days_end_the_day_after_the_last(self, client, add_event):
        add_event(2, ends_on=date(2026, 4, 4))

        event = read(client)["Rencontre 2"]

        assert event.decoded("dtstart") == date(2026, 4, 2)
        assert event.decoded("dtend") == date(2026, 4, 5)
        assert str(event["TRANSP"]) == "TRANSPARENT"

    def test_the_hours_of_paris_are_in_the_file(self, client, add_event):
        add_event(2, starts_at=time(18))

        calendar = Calendar.from_ical(client.get("/calendriers/agenda.ics").content)

        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]

    def test_a_correction_keeps_the_event_and_counts_up(self, client, add_event, time_machine):
        page = add_event(2, starts_at=time(18))
        before = read(client)["Rencontre 2"]
        time_machine.move_to(NOW + timedelta(hours=1), tick=False)

        page.starts_at = time(19)
        page.is_cancelled = True
        page.save_revision().publish()

        after = read(client)["Rencontre 2"]
        assert after["UID"] == before["UID"]
        assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 3600)
        assert after.decoded("last-modified") == datetime(2026, 3, 12, 19, 30, tzinfo=UTC)
        assert str(after["STATUS"]) == "CANCELLED"

    def test_calendars_of_a_theme_and_of_a_territory(self, client, add_event, health, territory):
        add_event(1, themes=[health])
        add_event(2, territories=[territory])
        add_event(3)

        assert set(read(client, "/calendriers/themes/sante.ics")) == {"Rencontre 1"}
        assert set(read(client, "/calendriers/territoires/QN07501M.ics")) == {"Rencontre 2"}
        assert client.get("/calendriers/themes/rien.ics").status_code == 404
        assert client.get("/calendriers/territoires/rien.ics").status_code == 404

    def test_what_is_public_is_all_that_anybody_gets(self, client, add_event, group, aminata):
        add_event(1, remote_link=LINK)
        add_event(2, circle=Circle.MEMBERS)
        add_event(3, circle=Circle.GROUP, group=group)
        add_event(4).unpublish()
        # A session changes nothing: the same address is kept by a program that has none.
        client.force_login(aminata)

        content = client.get("/calendriers/agenda.ics").content.decode()

        assert set(events_in(content.encode())) == {"Rencontre 1"}
        assert "canari" not in content

    def test_one_event_is_for_who_may_read_its_page(self, client, add_event, group, aminata, denis):
        page = add_event(3, circle=Circle.GROUP, group=group, remote_link=LINK)
        address = f"/calendriers/evenements/{page.uid}.ics"

        assert client.get(address).status_code == 404
        client.force_login(denis)
        assert client.get(address).status_code == 404
        client.force_login(aminata)
        assert str(read(client, address)["Rencontre 3"]["LOCATION"]) == LINK

    def test_what_is_long_over_is_let_go(self, client, add_event):
        add_event(1, title="Ancienne", starts_on=date(2025, 1, 1))
        add_event(1, title="De l'été", starts_on=date(2025, 7, 1))

        assert set(read(client)) == {"De l'été"}


class TestOnesOwnCalendar:
    @pytest.fixture
    def address(self, client, aminata) -> str:
        client.force_login(aminata)
        client.post("/mon-agenda/adresse/", {"action": "make"})
        address = client.get("/mon-agenda/").context["address"]
        client.logout()
        return address

    def test_it_holds_what_the_person_may_read(self, client, add_event, group, address, aminata):
        add_event(1, circle=Circle.MEMBERS, remote_link=LINK)
        add_event(2, circle=Circle.GROUP, group=group)
        add_event(3)

        response = client.get(address)

        assert set(events_in(response.content)) == {"Rencontre 1", "Rencontre 2", "Rencontre 3"}
        assert LINK in str(events_in(response.content)["Rencontre 1"]["LOCATION"])
        assert response["Cache-Control"] == "private, no-store"

    def test_it_closes_as_what_the_person_may_read_closes(
        self, client, add_event, group, address, aminata
    ):
        add_event(2, circle=Circle.GROUP, group=group)
        aminata.groups.remove(group.group)

        assert events_in(client.get(address).content) == {}

    def test_a_new_address_closes_the_old_one(self, client, agenda, address, aminata):
        client.force_login(aminata)
        client.post("/mon-agenda/adresse/", {"action": "change"})

        assert client.get(address).status_code == 404
        assert client.get(client.get("/mon-agenda/").context["address"]).status_code == 200

    def test_an_address_that_is_taken_back_opens_nothing(self, client, agenda, address, aminata):
        client.force_login(aminata)
        client.post("/mon-agenda/adresse/", {"action": "revoke"})

        assert client.get(address).status_code == 404
        assert "Créer mon adresse" in client.get("/mon-agenda/").content.decode()

    def test_the_address_of_a_closed_account_opens_nothing(self, client, agenda, address, aminata):
        aminata.is_active = False
        aminata.save()

        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("token", ["a:b", "x", "é", "0" * 32, "a" * 500])
    def test_an_invented_address_opens_nothing(self, client, agenda, token):
        assert client.get(f"/calendriers/personnel/{token}.ics").status_code == 404

    def test_partners_and_passers_by_have_none(self, client, agenda, farid):
        assert client.get("/mon-agenda/").status_code == 302
        client.force_login(farid)
        assert client.get("/mon-agenda/").status_code == 403
        assert client.post("/mon-agenda/adresse/").status_code == 403


class TestFeeds:
    def test_coming_public_events_by_theme_and_territory(
        self, client, add_event, health, territory
    ):
        add_event(1, themes=[health], remote_link=LINK)
        add_event(2, territories=[territory], is_cancelled=True)
        add_event(3, circle=Circle.MEMBERS, themes=[health], territories=[territory])
        add_event(4, title="Passée", starts_on=date(2026, 3, 1), themes=[health])

        whole = client.get("/flux/agenda.xml").content.decode()
        theme = client.get("/flux/agenda/themes/sante.xml").content.decode()
        place = client.get("/flux/agenda/territoires/QN07501M.xml").content.decode()

        assert [whole.count("<item>"), theme.count("<item>"), place.count("<item>")] == [2, 1, 1]
        assert "Annulé" in place
        assert "Rencontre 3" not in whole + theme + place
        assert "canari" not in whole
        assert client.get("/flux/agenda/themes/rien.xml").status_code == 404

    def test_a_sitemap_names_public_events_alone(self, client, add_event):
        add_event(1)
        add_event(2, circle=Circle.MEMBERS)

        sitemap = client.get("/sitemap.xml").content.decode()

        assert "/agenda/rencontre-1/" in sitemap
        assert "rencontre-2" not in sitemap


# -- Whatever the day, the hour and the words ------------------------------------------------

texts = st.text(max_size=200)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def page_of(**fields) -> EventPage:
    return EventPage(slug="fete", first_published_at=NOW, last_published_at=NOW, **fields)


def written(page: EventPage):
    # It has no place in the tree: its address is nobody's business here.
    with patch.object(EventPage, "full_url", ""):
        content = calendar_of([page], name="Agenda", reader=AnonymousUser())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return Calendar.from_ical(content).walk("VEVENT")[0]


@given(days, st.times(), st.integers(0, 20), st.times())
def test_every_moment_of_paris_is_read_back(day, start, length, end):
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    if length == 0 and end <= start:
        end = None
    last = day + timedelta(days=length) if length else None
    page = page_of(title="Fête", starts_on=day, starts_at=start, ends_on=last, ends_at=end)

    event = written(page)

    read = event.decoded("dtstart")
    assert read.replace(tzinfo=None) == datetime.combine(day, start)
    assert read.utcoffset() == datetime.combine(day, start, tzinfo=PARIS).utcoffset()
    if end:
        assert event.decoded("dtend").replace(tzinfo=None) == datetime.combine(last or day, end)
    else:
        assert "DTEND" not in event


def letters(text: str) -> list[str]:
    return [sign for sign in str(text) if sign.isalnum()]


@example(r"\N", r"un \N deux", "", r"\N")
@given(texts, texts, texts, texts)
def test_every_text_is_read_back_but_for_what_no_line_can_hold(title, summary, place, address):
    page = page_of(
        title=title, starts_on=date(2026, 3, 2), summary=summary, place=place, address=address
    )

    event = written(page)

    assert letters(event["SUMMARY"]) == letters(title)
    assert letters(event.get("LOCATION", "")) == letters(place + address)
    assert letters(event.get("DESCRIPTION", "")) == letters(summary)
    assert str(event["UID"]) == f"{page.uid}@maillage"
    assert event.decoded("dtstart") == date(2026, 3, 2)
