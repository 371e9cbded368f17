"""Events as other programs read them (RFC 5545)."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from icalendar import Calendar, Event

from intranet.accounts.models import User
from pages.agenda.models import EventPage

PRODUCT: Final = "-//Maillage//Agenda//FR"
CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\ud800-\udfff]")


def calendar_of(events: Iterable[EventPage], *, name: str, reader: User | AnonymousUser) -> bytes:
    """A calendar of these events, with what this reader may know of each."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _text(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_event(event, reader))
    # Programs without a map of the world's hours find those of Paris in the file.
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(page: EventPage, reader: User | AnonymousUser) -> Event:
    published = page.last_published_at or timezone.now()
    event = Event()
    event.add("uid", uid_of(page))
    event.add("sequence", _sequence(page))
    event.add("dtstamp", _in_utc(published))
    event.add("last-modified", _in_utc(published))
    event.add("dtstart", page.start)
    if page.end is not None:
        event.add("dtend", page.end)
    event.add("summary", _text(page.title))
    event.add("status", "CANCELLED" if page.is_cancelled else "CONFIRMED")
    if page.starts_at is None:
        # A whole day in the agenda does not make a person busy all day.
        event.add("transp", "TRANSPARENT")
    address = page.full_url
    link = page.remote_link_for(reader)
    description = [page.summary, page.organiser, page.accessibility, link, address or ""]
    event.add("description", _text("\n".join(line for line in description if line.strip())))
    where = ", ".join(part for part in (page.place, *page.address.splitlines()) if part.strip())
    if where or link:
        event.add("location", _text(where or link))
    if address:
        event.add("url", address)
    return event


def uid_of(page: EventPage) -> str:
    """The same for ever, whatever the address of the site becomes."""
    return f"{page.uid}@maillage"


def _sequence(page: EventPage) -> int:
    """Grows each time the event is published again: the seconds since it first was."""
    if page.first_published_at is None or page.last_published_at is None:
        return 0
    return max(0, int((page.last_published_at - page.first_published_at).total_seconds()))


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.get_fixed_timezone(0)).replace(microsecond=0)


def _text(text: str) -> str:
    """Without what a line of a calendar cannot hold."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    # Icalendar takes a typed "\\N" for a line feed: a sign without width parts the two.
    return text.replace("\\N", "\\\u2060N")
