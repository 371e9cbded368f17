"""Numbers as people and spreadsheets write them, ratings, yes or no."""

import math
import re
from decimal import Decimal
from typing import Any

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import (
    LARGEST_INTEGER,
    clean_text,
    is_number,
    written,
)

DECIMALS = 6
RATING = (0, 10)

TRUE_WORDS = frozenset({"true", "1", "oui", "o", "vrai", "yes", "y", "on"})
FALSE_WORDS = frozenset({"false", "0", "non", "n", "faux", "no", "off"})

WHOLE = re.compile(r"[+-]?\d+")
WITH_DECIMALS = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d{1,3})?")
BY_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")


def integer(question: Question, raw: Any) -> int | None:
    return _within(whole_number(question, raw), question.minimum, question.maximum)


def rating(question: Question, raw: Any) -> int | None:
    return _within(whole_number(question, raw), *rating_bounds(question))


def rating_bounds(question: Question) -> tuple[int, int]:
    """From 0 to 10 unless the question says otherwise."""
    lowest, highest = RATING
    return (
        lowest if question.minimum is None else int(question.minimum),
        highest if question.maximum is None else int(question.maximum),
    )


def decimal(question: Question, raw: Any) -> float | None:
    """A number to the nearest millionth: an int where nothing follows the comma."""
    number = _decimal_number(question, raw)
    if number is None:
        return None
    if abs(number) > LARGEST_INTEGER:
        return _within(int(number), None, None)
    rounded = round(number, DECIMALS)
    exact = int(rounded) if rounded == int(rounded) else float(rounded)
    return _within(exact, question.minimum, question.maximum)


def _within(number: Any, minimum: float | None, maximum: float | None) -> Any:
    if number is None:
        return None
    lowest = -LARGEST_INTEGER if minimum is None else minimum
    highest = LARGEST_INTEGER if maximum is None else maximum
    if number < lowest:
        raise InvalidAnswer("too_small", minimum=_as_written(lowest))
    if number > highest:
        raise InvalidAnswer("too_large", maximum=_as_written(highest))
    return number


def _as_written(bound: float) -> float:
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def whole_number(question: Question, raw: Any) -> int | None:
    if is_number(raw):
        if isinstance(raw, float) and not _finite(raw).is_integer():
            raise InvalidAnswer("not_whole")
        return int(raw)
    digits = _digits(question, raw)
    if not digits:
        return None
    if re.fullmatch(r"[+-]?\d+[.,]\d*", digits):
        digits, decimals = re.split("[.,]", digits)
        if decimals.strip("0"):
            raise InvalidAnswer("not_whole")
    if not WHOLE.fullmatch(digits):
        raise InvalidAnswer("not_a_number")
    if len(digits) > 100:
        raise InvalidAnswer("too_large", maximum=LARGEST_INTEGER)
    return int(digits)


def _decimal_number(question: Question, raw: Any) -> Decimal | None:
    if is_number(raw):
        return Decimal(repr(_finite(raw)) if isinstance(raw, float) else raw)
    digits = _ungrouped(_digits(question, raw))
    if not digits:
        return None
    if not WITH_DECIMALS.fullmatch(digits):
        raise InvalidAnswer("not_a_number")
    if len(digits) > 100:
        raise InvalidAnswer("too_large", maximum=LARGEST_INTEGER)
    return Decimal(digits.replace(",", "."))


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise InvalidAnswer("not_a_number")
    return number


def _digits(question: Question, raw: Any) -> str:
    """What was typed, without its unit and the spaces that people put between thousands."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise InvalidAnswer("not_a_number")
    typed = clean_text(raw).replace("\u2212", "-")
    for unit in sorted(filter(None, question.unit.values()), key=len, reverse=True):
        if typed.casefold().endswith(unit.casefold()) and len(typed) > len(unit):
            typed = typed[: -len(unit)]
            break
    return re.sub(r"\s", "", typed)


def _ungrouped(digits: str) -> str:
    """ "1.234,56" and "1,234.56" as "1234,56" and "1234.56": the last sign is the decimal one.

    A lone sign is decimal: "1,234" is a little more than one, as everywhere in France.
    """
    head, sign, tail = digits.rpartition(max(",.", key=digits.rfind))
    is_grouped = BY_THOUSANDS.fullmatch(head)
    if sign and is_grouped and is_grouped[1] != sign and tail.isdecimal():
        return re.sub("[.,'’]", "", head) + sign + tail
    many = BY_THOUSANDS.fullmatch(digits)
    if many and (many[1] not in ",." or digits.count(many[1]) > 1):
        return digits.replace(many[1], "")
    return digits


def boolean(question: Question, raw: Any) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    word = written(raw) if is_number(raw) else raw
    if not isinstance(word, str):
        raise InvalidAnswer("not_yes_or_no")
    word = clean_text(word).casefold()
    if not word:
        return None
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise InvalidAnswer("not_yes_or_no")
