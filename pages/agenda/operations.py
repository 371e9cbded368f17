"""The private address of a person's calendar: made, changed, taken back."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from intranet.accounts.models import User
from pages.agenda.models import CalendarKey


@transaction.atomic
def make_calendar_address(*, person: User, at: datetime) -> CalendarKey:
    """Give the person a new address; the one they had opens nothing any more."""
    key, _ = CalendarKey.objects.update_or_create(
        person=person, defaults={"key": uuid4(), "made_at": at}
    )
    return key


@transaction.atomic
def revoke_calendar_address(*, person: User) -> None:
    CalendarKey.objects.filter(person=person).delete()
