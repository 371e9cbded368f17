"""Sending letters: the only place of the product that knows how mail leaves."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, make_msgid
from django.template import Context
from django.template.loader import get_template
from django.utils import translation


def send_letter(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict,
    message_id: str | None = None,
    language: str = settings.LANGUAGE_CODE,
) -> None:
    """Send `<template>.txt` and `<template>.html` to one address; return once it has left.

    Both templates receive `context`, `subject` and `base_url`, which makes links absolute:
    `{{ base_url }}{% url … %}`. The same `message_id`, any short name without spaces, gives
    the same Message-ID: a letter sent twice is then shown once by many mail programs.
    """
    # A line break in a subject would begin another header.
    subject = " ".join(subject.split())
    context = {**context, "subject": subject}
    letter = EmailMultiAlternatives(
        subject=subject,
        body=letter_text(template, context, language),
        to=[to],
        headers=_headers(message_id),
    )
    letter.attach_alternative(_letter_html(template, context, language), "text/html")
    letter.send()


def letter_text(template: str, context: dict, language: str = settings.LANGUAGE_CODE) -> str:
    """The letter as plain text: what is sent, or shown before it is."""
    letter = get_template(f"{template}.txt").template  # type: ignore[attr-defined]
    with translation.override(language):
        # Not HTML: an apostrophe stays an apostrophe.
        text = letter.render(Context(_with_base_url(context), autoescape=False))
    return text.strip() + "\n"


def _letter_html(template: str, context: dict, language: str) -> str:
    with translation.override(language):
        return get_template(f"{template}.html").render(_with_base_url(context))


def _with_base_url(context: dict) -> dict:
    return {**context, "base_url": settings.BASE_URL}


def _headers(message_id: str | None) -> dict[str, str]:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{message_id}@{host}>" if message_id else make_msgid(domain=host),
        # No out-of-office reply comes back to the network.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"{settings.WAGTAIL_SITE_NAME} <letters.{host}>",
    }
