"""What an answer is, for each kind of question: one place, one cleaning, for every entrance.

Plain Python. A document is `{question id: value}`; a question that was not answered has no key.

======================  ===========================================================
kind                    value
======================  ===========================================================
single, scale           `{"choice": id}` or `{"choice": "other", "other": text}`
multiple                `{"choices": [ids in the definition's order], "other": text}`
boolean                 `true` or `false`
rating (0–10), integer  a whole number
text, long_text         a text
statement               never answered
======================  ===========================================================

`"other"` holds what the person specified; it is absent when "other" was chosen without a word.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import OTHER, Choice, Question

Value = Any

TEXT_LENGTH = 1_000
LONG_TEXT_LENGTH = 20_000
LARGEST_INTEGER = 10**15
RATING = (0, 10)

TRUE_WORDS = frozenset({"true", "1", "oui", "o", "vrai", "yes", "y", "on"})
FALSE_WORDS = frozenset({"false", "0", "non", "n", "faux", "no", "off"})


class InvalidAnswer(Exception):
    """A value that cannot answer the question: why, as a code, and what the sentence needs."""

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class QuestionType:
    """A kind of question: how a value is read from a form, and from a file that uses codes."""

    kind: str
    clean: Callable[[Question, Any], Value | None]
    clean_code: Callable[[Question, Any], Value | None]
    has_choices: bool = False
    is_answered: bool = True


def clean(question: Question, raw: Any) -> Value | None:
    """The value to store for what a form or a program sends; None when nothing was answered.

    Takes a string, a list of strings, or a value already in shape, which comes back unchanged.
    Choices are given by id. Raises `InvalidAnswer`, and nothing else, whatever it is given.
    """
    return KINDS[question.kind].clean(question, raw)


def clean_code(question: Question, raw: Any) -> Value | None:
    """The value to store for the cell of a file: as `clean`, with choices given by code.

    Several choices are separated by spaces, commas, semicolons or bars, or are a list.
    """
    return KINDS[question.kind].clean_code(question, raw)


# -- Text --------------------------------------------------------------------------------


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


def _text(question: Question, raw: Any) -> str | None:
    return _text_up_to(TEXT_LENGTH, raw, lines=False)


def _long_text(question: Question, raw: Any) -> str | None:
    return _text_up_to(LONG_TEXT_LENGTH, raw, lines=True)


def _text_up_to(length: int, raw: Any, *, lines: bool) -> str | None:
    if raw is None:
        return None
    if _is_number(raw):
        raw = _written(raw)
    if not isinstance(raw, str):
        raise InvalidAnswer("not_a_text")
    text = clean_text(raw, lines=lines)
    if len(text) > length:
        raise InvalidAnswer("too_long", maximum=length, length=len(text))
    return text or None


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def _written(number: float) -> str:
    """A number as people write it: spreadsheets make 42.0 of 42."""
    if isinstance(number, float):
        if not math.isfinite(number):
            raise InvalidAnswer("not_a_number")
        return str(int(number)) if number.is_integer() else str(number)
    if abs(number) > LARGEST_INTEGER:
        raise InvalidAnswer("too_large", maximum=LARGEST_INTEGER)
    return str(number)


# -- Numbers -----------------------------------------------------------------------------


def _integer(question: Question, raw: Any) -> int | None:
    number = _whole_number(raw)
    return None if number is None else _within(number, question.minimum, question.maximum)


def _rating(question: Question, raw: Any) -> int | None:
    number = _whole_number(raw)
    return None if number is None else _within(number, *RATING)


def _within(number: int, minimum: float | None, maximum: float | None) -> int:
    lowest = -LARGEST_INTEGER if minimum is None else minimum
    highest = LARGEST_INTEGER if maximum is None else maximum
    if number < lowest:
        raise InvalidAnswer("too_small", minimum=lowest)
    if number > highest:
        raise InvalidAnswer("too_large", maximum=highest)
    return number


def _whole_number(raw: Any) -> int | None:
    if raw is None:
        return None
    if _is_number(raw):
        if isinstance(raw, float):
            if not math.isfinite(raw):
                raise InvalidAnswer("not_a_number")
            if not raw.is_integer():
                raise InvalidAnswer("not_whole")
        return int(raw)
    if not isinstance(raw, str):
        raise InvalidAnswer("not_a_number")
    return _whole_number_written(clean_text(raw))


def _whole_number_written(text: str) -> int | None:
    # "1 200", with any of the spaces people and spreadsheets put between thousands.
    digits = re.sub(r"\s", "", text).replace("\u2212", "-")
    if not digits:
        return None
    if re.fullmatch(r"[+-]?\d+[.,]\d*", digits):
        digits, decimals = re.split("[.,]", digits)
        if decimals.strip("0"):
            raise InvalidAnswer("not_whole")
    if not re.fullmatch(r"[+-]?\d+", digits):
        raise InvalidAnswer("not_a_number")
    if len(digits) > 100:
        raise InvalidAnswer("too_large", maximum=LARGEST_INTEGER)
    return int(digits)


def _boolean(question: Question, raw: Any) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    word = _written(raw) if _is_number(raw) else raw
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


# -- Choices -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Reading:
    """How a file or a form names a choice."""

    name: Callable[[Choice], str]
    split: Callable[[str], list[str]]

    def find(self, question: Question, given: str) -> str:
        """The id of the choice that a name stands for."""
        for choice in question.choices:
            if self.name(choice) == given:
                return choice.id
        for choice in question.choices:
            if self.name(choice).casefold() == given.casefold():
                return choice.id
        if question.has_other and given == OTHER:
            return OTHER
        raise InvalidAnswer("unknown_choice", value=given[:100])

    def single(self, question: Question, raw: Any) -> dict[str, str] | None:
        chosen, specified = _parts(raw, "choice")
        if isinstance(chosen, list) and len(chosen) <= 1:
            chosen = chosen[0] if chosen else None
        if isinstance(chosen, list):
            raise InvalidAnswer("one_choice_only")
        given = _name_given(chosen)
        if not given:
            if not (specified and question.has_other):
                return None
            given = OTHER
        choice = self.find(question, given)
        if choice == OTHER and specified:
            return {"choice": OTHER, "other": specified}
        return {"choice": choice}

    def multiple(self, question: Question, raw: Any) -> dict[str, Any] | None:
        chosen, specified = _parts(raw, "choices")
        names = chosen if isinstance(chosen, list) else self.split(_name_given(chosen))
        found = {self.find(question, name) for name in map(_name_given, names) if name}
        if specified and question.has_other:
            found.add(OTHER)
        if not found:
            return None
        _refuse_exclusive_with_others(question, found)
        ordered = [choice.id for choice in question.choices if choice.id in found]
        if OTHER not in found:
            return {"choices": ordered}
        value: dict[str, Any] = {"choices": [*ordered, OTHER]}
        return {**value, "other": specified} if specified else value


def _parts(raw: Any, key: str) -> tuple[Any, str]:
    """What was chosen, and what was specified beside "other"."""
    if not isinstance(raw, dict):
        return raw, ""
    specified = raw.get("other")
    if specified is not None and not isinstance(specified, str):
        raise InvalidAnswer("not_a_text")
    return raw.get(key), _text_up_to(TEXT_LENGTH, specified, lines=False) or ""


def _name_given(raw: Any) -> str:
    if raw is None:
        return ""
    if _is_number(raw):
        return _written(raw)
    if not isinstance(raw, str):
        raise InvalidAnswer("unknown_choice", value="")
    return clean_text(raw)


def _refuse_exclusive_with_others(question: Question, found: set[str]) -> None:
    if len(found) == 1:
        return
    for choice in question.choices:
        if choice.exclusive and choice.id in found:
            raise InvalidAnswer("exclusive_choice", label=choice.label)


def _no_answer(question: Question, raw: Any) -> None:
    if raw is None or raw == "":
        return
    raise InvalidAnswer("not_a_question")


BY_ID = _Reading(name=lambda choice: choice.id, split=lambda text: [text] if text else [])
BY_CODE = _Reading(
    name=lambda choice: choice.code, split=lambda text: re.split(r"[\s,;|]+", text) if text else []
)

KINDS: dict[str, QuestionType] = {
    kind.kind: kind
    for kind in (
        QuestionType("single", BY_ID.single, BY_CODE.single, has_choices=True),
        QuestionType("multiple", BY_ID.multiple, BY_CODE.multiple, has_choices=True),
        QuestionType("boolean", _boolean, _boolean),
        QuestionType("scale", BY_ID.single, BY_CODE.single, has_choices=True),
        QuestionType("rating", _rating, _rating),
        QuestionType("integer", _integer, _integer),
        QuestionType("text", _text, _text),
        QuestionType("long_text", _long_text, _long_text),
        QuestionType("statement", _no_answer, _no_answer, is_answered=False),
    )
}
"""Every kind of question, in the order editors are offered them."""
