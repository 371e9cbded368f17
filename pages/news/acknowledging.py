"""Saying that an association has taken note, and reminding those that have not."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.news import notifications
from pages.news.models import Acknowledgement, AcknowledgementReminder, NewsPage
from pages.news.queries import addresses_of, late_associations


class NotAsked(Exception):
    """The item asks nothing, or not of this association."""


class RemindedToday(Exception):
    """Letters left today already."""


@transaction.atomic
def acknowledge(
    *, page: NewsPage, association: Association, by: User, at: datetime
) -> Acknowledgement:
    """Note that an association has taken note. Said again, the first time counts."""
    if page.acknowledge_by is None or not page.live:
        raise NotAsked
    found, _ = Acknowledgement.objects.get_or_create(
        page=page, association=association, defaults={"by": by, "at": at}
    )
    return found


def remind(*, page: NewsPage, at: datetime) -> int:
    """Write to the associations that have not taken note; how many letters. Once a day."""
    if page.acknowledge_by is None or not page.live:
        raise NotAsked
    today = timezone.localdate(at)
    late = list(late_associations(page))
    addresses = addresses_of(late, about=page)
    letters = [
        (association, address, person)
        for association in late
        for address, person in addresses.get(association.pk, [])
    ]
    try:
        with transaction.atomic():
            AcknowledgementReminder.objects.create(page=page, on_date=today, letters=len(letters))
            for association, address, person in letters:
                notifications.remind_to_acknowledge(page, association, address, person, at)
    except IntegrityError:
        raise RemindedToday from None
    return len(letters)
