"""From a row of the outbox to a message: asked once more whether it is needed, then written."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.module_loading import import_string

from intranet.notifications.models import Letter, mail_host

# What a check may give beside the words: headers of this letter alone.
HEADERS = "headers"


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """The message as it has to leave now; None if it is no longer needed.

    The letter's check, a function named by dots, receives the letter. What it answers is False,
    or True to keep the stored context, or the context of this moment. `headers` in the latter
    are added to the message.
    """
    context: dict[str, Any] = letter.context
    if letter.person is not None and not letter.person.is_active:
        return None
    if letter.check_name:
        answer = import_string(letter.check_name)(letter)
        if answer is False:
            return None
        if isinstance(answer, dict):
            context = answer
    return _message(letter, context)


def _message(letter: Letter, context: dict[str, Any]) -> EmailMultiAlternatives:
    context = {**context, "subject": letter.subject}
    text, html = letter.text, letter.html
    if letter.template:
        text = letter_text(letter.template, context, letter.language)
        html = letter_html(letter.template, context, letter.language)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=text,
        to=[letter.to],
        headers=_headers(letter) | context.get(HEADERS, {}),
    )
    if html:
        message.attach_alternative(html, "text/html")
    return message


def letter_text(template: str, context: dict, language: str = settings.LANGUAGE_CODE) -> str:
    """The letter as plain text: what is sent, or shown before it is."""
    letter = get_template(f"{template}.txt").template  # type: ignore[attr-defined]
    with translation.override(language):
        # Not HTML: an apostrophe stays an apostrophe.
        text = letter.render(Context(_with_base_url(context), autoescape=False))
    return text.strip() + "\n"


def letter_html(template: str, context: dict, language: str = settings.LANGUAGE_CODE) -> str:
    with translation.override(language):
        return get_template(f"{template}.html").render(_with_base_url(context))


def _with_base_url(context: dict) -> dict:
    return {**context, "base_url": settings.BASE_URL}


def _headers(letter: Letter) -> dict[str, str]:
    return {
        "Message-ID": letter.message_id,
        # No out-of-office reply comes back to the network.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"{settings.WAGTAIL_SITE_NAME} <letters.{mail_host()}>",
    }
