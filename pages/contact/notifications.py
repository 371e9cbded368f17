"""The letter that brings an answer to those who asked."""

from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from intranet.notifications.models import Letter
from intranet.notifications.operations import new_letter, queue_letters
from intranet.templatetags.typography import day
from pages.contact.models import FormAnswer, FormPage, addresses_in

LETTER: Final = "pages/contact/letters/answer"


def queue_answer(answer: FormAnswer, page: FormPage, *, at: datetime) -> None:
    """Have the answer brought to each of those who asked. Its words stay in its own row."""
    queue_letters(
        new_letter(
            kind="form-answer",
            occasion=str(answer.pk),
            to=address,
            person=None,
            subject=_("New answer to “%(title)s”") % {"title": page.title},
            template=LETTER,
            context={"answer": answer.pk},
            check="pages.contact.notifications.answer_words",
            at=at,
        )
        for address in addresses_in(page.recipients)
    )


def answer_words(letter: Letter) -> dict[str, Any] | bool:
    """What was answered; False if it was erased, or the address is no longer one to tell."""
    answer = FormAnswer.objects.filter(pk=letter.context["answer"]).first()
    page = FormPage.objects.filter(pk=answer.page_id).first() if answer else None
    if answer is None or page is None or letter.to not in addresses_in(page.recipients):
        return False
    return {
        "title": page.title,
        "page_id": page.pk,
        "lines": answer_in_words(answer, page),
        "erase_on": day(answer.erase_on),
    }


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
