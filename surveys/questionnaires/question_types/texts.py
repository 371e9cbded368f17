"""Answers in a person's own words, e-mail addresses and telephone numbers."""

import math
import re
import unicodedata
from contextlib import suppress
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber, PhoneNumberFormat

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types.refusals import InvalidAnswer

TEXT_LENGTH = 1_000
LONG_TEXT_LENGTH = 20_000
LARGEST_INTEGER = 10**15

FRENCH_REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")
"""Where a number without a country's prefix may be: overseas departments have their own."""


def clean_text(raw: str, *, lines: bool = False) -> str:
    """Composed (NFC) and trimmed, without what a database or a workbook refuses.

    NUL, control characters and lone surrogates go; line ends become "\\n", or a space where
    the text holds on one line.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    if not lines:
        kept = re.sub("[\n\t\u2028\u2029]", " ", kept)
    return unicodedata.normalize("NFC", kept).strip()


def text(question: Question, raw: Any) -> str | None:
    return text_up_to(TEXT_LENGTH, raw)


def long_text(question: Question, raw: Any) -> str | None:
    return text_up_to(LONG_TEXT_LENGTH, raw, lines=True)


def text_up_to(length: int, raw: Any, *, lines: bool = False) -> str | None:
    if raw is None:
        return None
    if is_number(raw):
        raw = written(raw)
    if not isinstance(raw, str):
        raise InvalidAnswer("not_a_text")
    cleaned = clean_text(raw, lines=lines)
    if len(cleaned) > length:
        raise InvalidAnswer("too_long", maximum=length, length=len(cleaned))
    return cleaned or None


def is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def written(number: float) -> str:
    """A number as people write it: spreadsheets make 42.0 of 42."""
    if isinstance(number, float):
        if not math.isfinite(number):
            raise InvalidAnswer("not_a_number")
        return str(int(number)) if number.is_integer() else str(number)
    if abs(number) > LARGEST_INTEGER:
        raise InvalidAnswer("too_large", maximum=LARGEST_INTEGER)
    return str(number)


def email(question: Question, raw: Any) -> str | None:
    """The address, its domain in lower case; nobody is asked whether it exists."""
    address = text_up_to(TEXT_LENGTH, raw)
    if address is None:
        return None
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        raise InvalidAnswer("not_an_email") from None


def phone(question: Question, raw: Any) -> str | None:
    """The number in international form (E.164), without spaces; French unless it says so.

    An extension follows it: "+33123456789 x12".
    """
    typed = text_up_to(TEXT_LENGTH, raw)
    if typed is None:
        return None
    # Spreadsheets keep a leading + by writing an apostrophe before it.
    numbers = _phone_numbers(typed.removeprefix("'"))
    # A library may read a number that it does not read again as it has written it.
    found = [one for one in map(_international, numbers) if [one] == _read_again(one)]
    if not found:
        raise InvalidAnswer("not_a_phone")
    return found[0]


def _phone_numbers(typed: str) -> list[PhoneNumber]:
    """What was typed may be, likeliest first.

    Numbering plans change faster than libraries: what has the right length is taken.
    """
    numbers = []
    for region in FRENCH_REGIONS:
        with suppress(phonenumbers.NumberParseException):
            numbers.append(phonenumbers.parse(typed, region))
    possible = [number for number in numbers if phonenumbers.is_possible_number(number)]
    return sorted(possible, key=phonenumbers.is_valid_number, reverse=True)


def _international(number: PhoneNumber) -> str:
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{written} x{number.extension}" if number.extension else written


def _read_again(number: str) -> list[str]:
    return [_international(one) for one in _phone_numbers(number)[:1]]
