"""The letter that brings an answer to those who asked."""

from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from intranet.notifications.operations import send_letter
from intranet.templatetags.typography import day
from pages.contact.models import FormAnswer, FormPage

LETTER: Final = "pages/contact/letters/answer"


def send_answer(*, answer: FormAnswer, page: FormPage, to: str, rank: int) -> None:
    send_letter(
        to=to,
        subject=_("New answer to “%(title)s”") % {"title": page.title},
        template=LETTER,
        context={
            "title": page.title,
            "page_id": page.pk,
            "lines": answer_in_words(answer, page),
            "erase_on": day(answer.erase_on),
        },
        message_id=f"form-answer-{answer.pk}-{rank}",
    )


def answer_in_words(answer: FormAnswer, page: FormPage) -> list[list[str]]:
    """Each question and what was answered, in the order of the form."""
    return [
        [field.label, in_words(answer.form_data.get(field.clean_name))]
        for field in page.form_fields.all()
    ]


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    text = str(value)
    if len(text) == 10 and (known := _date(text)):
        return day(known)
    return text


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def received_at(answer: FormAnswer) -> str:
    return timezone.localtime(answer.submit_time).strftime("%d/%m/%Y %H:%M")
