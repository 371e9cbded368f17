"""Days and hours: ISO in a document, whatever people and spreadsheets write before."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import clean_text

EARLIEST_YEAR = 1000
FRENCH_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]\d.*)?")
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:er)?[\s/.-]+(?P<month>\d{1,2}|[^\W\d_]{3,9}\.?)[\s/.-]+(?P<year>\d{4})"
    r"(?:[T ]\d.*)?"
)
HOUR = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:h.]\s*(?P<minute>\d{1,2})?|(?=[ap]))"
    r"(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)


def day(question: Question, raw: Any) -> str | None:
    """ "2026-12-31", from that, "31/12/2026", "31 décembre 2026" or a spreadsheet's date."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _day(raw.year, raw.month, raw.day)
    written = _text(raw, "not_a_date")
    if not written:
        return None
    found = YEAR_FIRST.fullmatch(written) or DAY_FIRST.fullmatch(written)
    if not found:
        raise InvalidAnswer("not_a_date")
    return _day(int(found["year"]), _month(found["month"]), int(found["day"]))


def _day(year: int, month: int, number: int) -> str:
    try:
        found = date(year, month, number)
    except ValueError:
        raise InvalidAnswer("no_such_day") from None
    if found.year < EARLIEST_YEAR:
        raise InvalidAnswer("no_such_day")
    return found.isoformat()


def _month(written: str) -> int:
    """A month by its number or its name, or by three letters or more that no other begins with."""
    if written.isdecimal():
        return int(written)
    plain = unicodedata.normalize("NFD", written.rstrip(".").casefold())
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    for months in (FRENCH_MONTHS, ENGLISH_MONTHS):
        found = [number for number, name in enumerate(months, 1) if name.startswith(letters)]
        if len(found) == 1:
            return found[0]
    raise InvalidAnswer("not_a_date")


def hour(question: Question, raw: Any) -> str | None:
    """ "14:30", from that, "14h30", "14 h", "2:30 pm" or a spreadsheet's time."""
    if isinstance(raw, datetime):
        raw = raw.time()
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    written = _text(raw, "not_a_time")
    if not written:
        return None
    found = HOUR.fullmatch(written)
    if not found:
        raise InvalidAnswer("not_a_time")
    hours, minutes = int(found["hour"]), int(found["minute"] or 0)
    if half := (found["half"] or "").casefold()[:1]:
        if not 1 <= hours <= 12:
            raise InvalidAnswer("not_a_time")
        hours = hours % 12 + (12 if half == "p" else 0)
    if hours > 23 or minutes > 59:
        raise InvalidAnswer("not_a_time")
    return f"{hours:02}:{minutes:02}"


def _text(raw: Any, reason: str) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise InvalidAnswer(reason)
    return clean_text(raw)
