"""Where: a territory of the directory, or a place in one's own words or by coordinates."""

import math
import re
from typing import Any

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types.numbers import decimal
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import TEXT_LENGTH, clean_text, text_up_to

TERRITORY_CODE = re.compile(r"QN(0\d{2}|02[AB]|97[1-8]|987)\d{2}[MINC]", re.ASCII)
COORDINATE_DECIMALS = 6
LATITUDE, LONGITUDE = 90, 180

# "48.85 2.35", as collecting tools write a point, with its altitude and precision or not.
POINT = re.compile(r"(-?\d{1,3}\.\d+)[ ,]\s*(-?\d{1,3}\.\d+)(?: -?\d+(?:\.\d+)?){0,2}", re.ASCII)


def territory(question: Question, raw: Any) -> str | None:
    """The official code; whether the directory has it is asked where the directory is known."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise InvalidAnswer("unknown_territory", value="")
    code = clean_text(raw).upper()
    if code and not TERRITORY_CODE.fullmatch(code):
        raise InvalidAnswer("unknown_territory", value=clean_text(raw)[:100])
    return code or None


def place(question: Question, raw: Any) -> dict[str, Any] | None:
    """A label, coordinates (WGS 84, in degrees), or both."""
    if isinstance(raw, str) and (point := POINT.fullmatch(clean_text(raw))):
        raw = {"latitude": point[1], "longitude": point[2]}
    given = raw if isinstance(raw, dict) else {"label": raw}
    label = text_up_to(TEXT_LENGTH, given.get("label"))
    latitude = _coordinate(given.get("latitude"), LATITUDE)
    longitude = _coordinate(given.get("longitude"), LONGITUDE)
    if (latitude is None) != (longitude is None):
        raise InvalidAnswer("half_a_position")
    value: dict[str, Any] = {"label": label} if label else {}
    if latitude is not None:
        value |= {"latitude": latitude, "longitude": longitude}
    return value or None


NUMBER = Question(id="", code="", kind="decimal", label={})


def _coordinate(raw: Any, furthest: int) -> float | None:
    try:
        number = decimal(NUMBER, raw)
    except InvalidAnswer:
        raise InvalidAnswer("not_a_position") from None
    if number is None:
        return None
    if not math.fabs(number) <= furthest:
        raise InvalidAnswer("not_a_position")
    return round(float(number), COORDINATE_DECIMALS)
