"""Texts that are not in the language of the page say which one they are in."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from intranet.languages import SITE_LANGUAGE, direction, language_of

register = template.Library()


@register.filter
def in_its_language(text: object) -> SafeString:
    """A text, marked when it is in another language than the page (`Words` of a definition)."""
    language = _other_language(text)
    if not language:
        return conditional_escape(text if isinstance(text, str) else str(text))
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', language, direction(language), str(text)
    )


@register.filter
def language_attributes(text: object) -> SafeString | str:
    """The same, as attributes of the element that holds the text."""
    language = _other_language(text)
    if not language:
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def spoken(language: str) -> SafeString:
    """The attributes of what is written in a language, whatever the language of the page."""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def left_to_right(code: object) -> SafeString:
    """A code or an address, which is read from left to right in every language."""
    return format_html('<bdi dir="ltr">{}</bdi>', code)


def _other_language(text: object) -> str:
    language = language_of(text)
    return language if text and language != _page_language() else ""


def _page_language() -> str:
    return get_language() or SITE_LANGUAGE
