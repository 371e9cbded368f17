"""The agenda in the weekly letter: what was announced and is still to come."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from intranet.digest.contract import Offer, Readers, Section
from intranet.digest.pages import opening_words, page_offers
from pages.agenda.models import EventPage
from pages.agenda.wording import when


def events(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    announced = EventPage.objects.live().filter(
        first_published_at__gt=since, first_published_at__lte=until, is_cancelled=False
    )
    coming = announced.coming(timezone.localdate(until))
    return page_offers(coming, section=Section.EVENTS, readers=readers, text=_text)


def _text(page: EventPage) -> str:
    """When and where, before the words of the page."""
    where = f"{when(page)}, {page.place}" if page.place else when(page)
    return "\n\n".join(part for part in (where, opening_words(page)) if part)
