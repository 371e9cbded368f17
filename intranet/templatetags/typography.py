"""French typography, put at rendering and never stored.

A narrow no-break space goes before `; ! ?` and inside « », a no-break space before a colon.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.template.defaultfilters import date as date_filter
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

NARROW = "\u202f"
NO_BREAK = "\u00a0"
SPACES = f" {NO_BREAK}{NARROW}"

# What is not text is set aside while the spaces are put right. In its place stands one of two
# private characters: WORD reads like the end of a word, EDGE like the edge of a paragraph.
WORD, EDGE = "\ue000", "\ue001"

NOT_TEXT = re.compile(
    r"(<!--.*?-->"
    r"|<(?:pre|code|kbd|samp|script|style|textarea)\b[^>]*>.*?"
    r"</(?:pre|code|kbd|samp|script|style|textarea)\s*>"
    r"|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
    r"|&(?:\#\d+|\#x[0-9a-f]+|\w+);"
    r"|\b(?:https?|ftp|mailto|tel):[^\s<>\"«»]*[^\s<>\"«»?!;:.,)]"
    rf"|[{WORD}{EDGE}])",
    re.DOTALL | re.IGNORECASE,
)
INLINE_END = re.compile(
    r"</(?:a|abbr|b|bdi|bdo|cite|code|em|i|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u)\s*>$",
    re.IGNORECASE,
)
SIGN_OR_ADDRESS = re.compile(r"&(?!nbsp;|\#160;|\#xa0;|\#8239;|\#x202f;)|\w+:", re.IGNORECASE)

# A mark ends a phrase: what follows it is a space, a closing sign, or the end. This leaves
# addresses without scheme (`page/?a=1`) and code alone.
AFTER_A_MARK = rf"(?=[\s{SPACES}»”’\"')\]…,.:{WORD}{EDGE}]|$)"
BEFORE_HIGH_MARK = re.compile(
    rf"(?<=[^\s;!?([{{{SPACES}{EDGE}])[{SPACES}]*(?=[;!?]+{AFTER_A_MARK})"
)
BEFORE_COLON = re.compile(
    rf"(?<=[^\W\d_]|[{WORD}»”’)!?…])[{SPACES}]*(?=:(?:[\s{SPACES}{WORD}{EDGE}]|$))"
    rf"|(?<=\d)[{SPACES}]+(?=:(?:[\s{SPACES}{WORD}{EDGE}]|$))"
)
AFTER_OPENING = re.compile(rf"(?<=«)[{SPACES}]*(?=[^\s{SPACES}])")
BEFORE_CLOSING = re.compile(rf"(?<=[^\s«{SPACES}{EDGE}])[{SPACES}]*(?=»)")


# How a day is written by the languages that do not say "12 March 2026".
DAYS = {"es": r"j \d\e F \d\e Y", "pt": r"j \d\e F \d\e Y"}


def _speaks_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _space_out(text: str) -> str:
    text = BEFORE_HIGH_MARK.sub(NARROW, text)
    text = AFTER_OPENING.sub(NARROW, text)
    text = BEFORE_CLOSING.sub(NARROW, text)
    return BEFORE_COLON.sub(NO_BREAK, text)


def _stand_in(kept: str, before: str) -> str:
    """WORD where a mark may follow what is kept, EDGE where nothing is to be put."""
    if SIGN_OR_ADDRESS.match(kept):
        return WORD
    if INLINE_END.search(kept) and not (before[-1:].isspace() or before.endswith(EDGE)):
        return WORD
    return EDGE


def space_out_html(html: str) -> str:
    """The same HTML, with French spaces in its text; tags, addresses and code untouched."""
    texts, kept = (parts := NOT_TEXT.split(html))[::2], parts[1::2]
    standing = texts[0]
    for piece, text in zip(kept, texts[1:], strict=True):
        standing += _stand_in(piece, standing) + text
    pieces = iter(kept)
    return re.sub(f"[{WORD}{EDGE}]", lambda _found: next(pieces), _space_out(standing))


@register.filter(needs_autoescape=True)
def french(text: object, autoescape: bool = True) -> SafeString | str:
    """Text or HTML with the spaces that French puts around its punctuation.

    A page that speaks another language is left as it is.
    """
    if text is None:
        return ""
    if not _speaks_french():
        said = text if isinstance(text, str) else str(text)
        return conditional_escape(said) if autoescape else said
    if autoescape:
        escaped = conditional_escape(text if isinstance(text, str) else str(text))
        return mark_safe(space_out_html(escaped))  # noqa: S308 - escaped just above.
    return space_out_html(str(text))


def _grouped(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,f}".replace(",", NARROW).replace(".", ",").replace("-", "−")


@register.filter
def grouped(value: int | float | Decimal | None, decimals: int = 0) -> str:
    """A number as French writes it, by groups of three: 12 345,6. Nothing for None."""
    return "" if value is None else _grouped(Decimal(str(value)), decimals)


@register.filter
def percent(share: float | Decimal | None, decimals: int = 1) -> str:
    """A share between 0 and 1 as a percentage: 0.3345 is 33,5 %. Nothing for None."""
    if share is None:
        return ""
    return f"{_grouped(Decimal(str(share)) * 100, decimals)}{NARROW}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as the page writes it: 1er mars 2026, 12 de marzo de 2026. Nothing for None."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if not _speaks_french():
        return date_filter(value, DAYS.get(get_language() or "", "j F Y"))
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}{NO_BREAK}{date_filter(value, 'F Y')}"
