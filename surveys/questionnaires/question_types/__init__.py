"""What an answer is, for each kind of question: one place, one cleaning, for every entrance.

Plain Python. A document is `{question id: value}`; a question that was not answered has no key.

======================  ===========================================================
kind                    value
======================  ===========================================================
single, scale           `{"choice": id}` or `{"choice": "other", "other": text}`
multiple                `{"choices": [ids in the definition's order], "other": text}`
boolean                 `true` or `false`
rating, integer         a whole number
decimal                 a number, to the nearest millionth
text, long_text         a text
email                   an address, its domain in lower case
phone                   a number in international form: `"+33612345678"`
date, time              `"2026-12-31"`, `"14:30"`
ranking                 `{"ranking": [choice ids, best first]}`
matrix                  `{"rows": {row id: choice id}}`, lists of ids when `several`
territory               the code of a territory
place                   `{"label": text, "latitude": degrees, "longitude": degrees}`
file                    `{"file": id of the upload, "name": text, "type": text, "size": bytes}`
computed                a number or a text, worked out when the response is sent
statement               never answered
======================  ===========================================================

`"other"` holds what the person specified; it is absent when "other" was chosen without a word.
Of a place, the label or the coordinates may be absent. Where a question allows it, the value of
any kind may be `{"declined": true}`: the person prefers not to say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types import files, moments, numbers, places, texts
from surveys.questionnaires.question_types.choices import BY_CODE, BY_ID, ranked_bounds
from surveys.questionnaires.question_types.numbers import rating_bounds
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import clean_text, is_number

__all__ = [
    "DECLINED",
    "DECLINED_WORD",
    "KINDS",
    "InvalidAnswer",
    "QuestionType",
    "Value",
    "clean",
    "clean_code",
    "clean_text",
    "is_complete",
    "is_declined",
    "is_number",
    "ranked_bounds",
    "rating_bounds",
]

Value = Any
Cleaning = Callable[[Question, Any], Value | None]

DECLINED = {"declined": True}
DECLINED_WORD = "prefer_not_to_say"
"""What stands in files where a person preferred not to say."""


@dataclass(frozen=True)
class QuestionType:
    """A kind of question: how a value is read from a form, and from a file that uses codes."""

    kind: str
    clean: Cleaning
    clean_code: Cleaning
    has_choices: bool = False
    has_rows: bool = False
    is_answered: bool = True


def clean(question: Question, raw: Any) -> Value | None:
    """The value to store for what a form or a program sends; None when nothing was answered.

    Takes a string, a list of strings, or a value already in shape, which comes back unchanged.
    Choices are given by id. Raises `InvalidAnswer`, and nothing else, whatever it is given.
    """
    if is_declined(raw):
        return _declined(question, raw)
    return KINDS[question.kind].clean(question, raw)


def clean_code(question: Question, raw: Any) -> Value | None:
    """The value to store for the cell of a file: as `clean`, with choices given by code.

    Several choices are separated by spaces, commas, semicolons or bars, or are a list.
    """
    if is_declined(raw):
        return _declined(question, raw)
    if question.may_decline and isinstance(raw, str) and clean_text(raw) == DECLINED_WORD:
        return _declined(question, DECLINED)
    return KINDS[question.kind].clean_code(question, raw)


def is_declined(value: Any) -> bool:
    """Whether a value says that the person prefers not to answer."""
    return isinstance(value, dict) and value.get("declined") is True


def _declined(question: Question, raw: Mapping[str, Any]) -> Value:
    if not question.may_decline or not KINDS[question.kind].is_answered:
        raise InvalidAnswer("cannot_decline")
    if any(said not in ("", None, [], {}) for key, said in raw.items() if key != "declined"):
        raise InvalidAnswer("declined_and_answered")
    return dict(DECLINED)


def is_complete(question: Question, value: Value | None) -> bool:
    """Whether a value is enough where an answer is required: of a matrix, every row."""
    if value is None or is_declined(value) or not KINDS[question.kind].has_rows:
        return value is not None
    return len(value["rows"]) == len(question.rows)


def _no_answer(question: Question, raw: Any) -> None:
    if raw is None or raw == "":
        return
    raise InvalidAnswer("not_a_question")


def _worked_out(question: Question, raw: Any) -> Value | None:
    """Already in shape, or nothing: nobody sends it."""
    return raw if is_number(raw) or (isinstance(raw, str) and raw) else None


def _left_aside(question: Question, raw: Any) -> None:
    """What other tools calculated is calculated again here."""


def _same(kind: str, cleaning: Cleaning) -> QuestionType:
    return QuestionType(kind, cleaning, cleaning)


KINDS: dict[str, QuestionType] = {
    kind.kind: kind
    for kind in (
        QuestionType("single", BY_ID.single, BY_CODE.single, has_choices=True),
        QuestionType("multiple", BY_ID.multiple, BY_CODE.multiple, has_choices=True),
        _same("boolean", numbers.boolean),
        QuestionType("scale", BY_ID.single, BY_CODE.single, has_choices=True),
        _same("rating", numbers.rating),
        QuestionType("ranking", BY_ID.ranking, BY_CODE.ranking, has_choices=True),
        QuestionType("matrix", BY_ID.matrix, BY_CODE.matrix, has_choices=True, has_rows=True),
        _same("integer", numbers.integer),
        _same("decimal", numbers.decimal),
        _same("text", texts.text),
        _same("long_text", texts.long_text),
        _same("email", texts.email),
        _same("phone", texts.phone),
        _same("date", moments.day),
        _same("time", moments.hour),
        _same("territory", places.territory),
        _same("place", places.place),
        QuestionType("file", files.file, files.file_elsewhere),
        QuestionType("computed", _worked_out, _left_aside, is_answered=False),
        QuestionType("statement", _no_answer, _no_answer, is_answered=False),
    )
}
"""Every kind of question, in the order editors are offered them."""
