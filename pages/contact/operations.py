"""Receiving the answers to a form, and erasing them on the day that was said."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pages.contact import notifications
from pages.contact.models import FormAnswer, FormPage


class FormClosed(Exception):
    """The last day of the form is over."""


class FormFull(Exception):
    """Every place is taken."""


@transaction.atomic
def record_answer(*, page: FormPage, data: dict[str, Any], ticket: str, at: datetime) -> FormAnswer:
    """Keep an answer, once. Raises `FormClosed`, or `FormFull` when the last place is taken.

    Two people who send at the same moment wait for each other, so that nobody sits in a place
    that somebody else has.
    """
    locked = FormPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    known = FormAnswer.objects.filter(ticket=ticket).first()
    if known is not None:
        return known
    today = timezone.localdate(at)
    if locked.is_closed(today):
        raise FormClosed
    if locked.places is not None and answers_to(locked) >= locked.places:
        raise FormFull
    answer = FormAnswer.objects.create(
        page=page,
        form_data=data,
        ticket=ticket,
        erase_on=today + timedelta(days=locked.keep_days),
    )
    notifications.queue_answer(answer, locked, at=at)
    return answer


def answers_to(page: FormPage) -> int:
    return FormAnswer.objects.filter(page_id=page.pk).count()


@transaction.atomic
def erase_old_answers(*, on: date) -> int:
    """Erase the answers whose day has come; how many there were."""
    deleted, _rows = FormAnswer.objects.filter(erase_on__lte=on).delete()
    return deleted
