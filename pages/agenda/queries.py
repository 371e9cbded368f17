"""Which events a calendar or a feed holds."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from intranet.accounts.models import User
from intranet.network.models import Territory, Theme
from pages.agenda.listing import of_territory_and_theme
from pages.agenda.models import CalendarKey, EventPage, EventQuerySet
from pages.audience.queries import request_of, visible_to, visible_to_all

REMEMBERED: Final = timedelta(days=365)
"""How long calendars keep what is over."""
SALT: Final = "pages.agenda.calendar"


def public_events(
    *, territory: Territory | None = None, theme: Theme | None = None
) -> EventQuerySet:
    """The published events of the public circle that calendars hold."""
    events = visible_to_all(EventPage.objects.all())
    return of_territory_and_theme(_kept(events), territory=territory, theme=theme)


def events_of(person: User) -> EventQuerySet:
    """Every event that this person may read."""
    return _kept(visible_to(EventPage.objects.all(), request_of(person)))


def _kept(events: EventQuerySet) -> EventQuerySet:
    return events.coming(timezone.localdate() - REMEMBERED)


def event_for(uid: UUID, request: HttpRequest) -> EventPage | None:
    return visible_to(EventPage.objects.filter(uid=uid), request).first()


def address_token(key: CalendarKey) -> str:
    """What the address of a person's calendar ends with."""
    return signing.Signer(salt=SALT).sign(key.key.hex)


def owner_of(token: str) -> User | None:
    """Whose calendar an address opens; nobody's once it is revoked or the account closed."""
    try:
        key = UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found = CalendarKey.objects.filter(key=key, person__is_active=True)
    row = found.select_related("person").first()
    return row.person if row else None
