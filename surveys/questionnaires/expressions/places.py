"""Where the expressions of a definition stand, and what an answer is for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import COMPUTED, OTHER, Definition, Question, Row
from surveys.questionnaires.expressions.evaluation import NO_VALUE
from surveys.questionnaires.expressions.nodes import Reference, Value
from surveys.questionnaires.expressions.writing import SPECIFIED


@dataclass(frozen=True)
class Place:
    """An expression of a definition: the id of the section, group or question that holds it,
    the name of the field, and the questions that depend on what it gives."""

    id: str
    field: str
    text: str
    questions: tuple[Question, ...]

    @property
    def own(self) -> str:
        """The code that `.` stands for."""
        return self.questions[0].code if self.field == "check" else ""


def places_of(definition: Definition) -> Iterator[Place]:
    """Every expression, in the order of reading."""
    for section in definition.sections:
        if section.condition.strip():
            yield Place(section.id, "condition", section.condition, section.questions)
        for group in section.groups:
            held = tuple(one for one in section.questions if group in section.groups_around(one))
            if group.condition.strip():
                yield Place(group.id, "condition", group.condition, held)
        for question in section.questions:
            yield from _of_question(question)


def _of_question(question: Question) -> Iterator[Place]:
    for field in ("condition", "check", "calculation"):
        text = getattr(question, field)
        if text.strip() and (field == "calculation") <= (question.kind == COMPUTED):
            yield Place(question.id, field, text, (question,))


# -- What a name stands for ----------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """What `${…}` stands for: an answer, a row of one, or what was specified beside "other"."""

    question: Question
    row: Row | None = None
    is_specified: bool = False


def by_code(definition: Definition) -> dict[str, Question]:
    return {question.code: question for question in definition.questions}


def named(questions: Mapping[str, Question], reference: Reference) -> Named | None:
    """What a reference stands for, among questions by code; None if nothing is called so."""
    if question := questions.get(reference.code):
        if not reference.row:
            return Named(question)
        row = next((row for row in question.rows if row.code == reference.row), None)
        return Named(question, row) if row else None
    if reference.row or not reference.code.endswith(SPECIFIED):
        return None
    asked = questions.get(reference.code.removesuffix(SPECIFIED))
    return Named(asked, is_specified=True) if asked and asked.has_other else None


# -- Answers as values ---------------------------------------------------------------------


def value_of(name: Named, answer: Any) -> Value:
    """What an answer of a document is in an expression: no value where there is none."""
    if answer is None or (isinstance(answer, dict) and answer.get("declined")):
        return NO_VALUE
    if name.is_specified:
        return answer.get("other") or NO_VALUE if isinstance(answer, dict) else NO_VALUE
    if name.question.kind == "matrix":
        return _of_matrix(name, answer)
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, int | float):
        return float(answer)
    if isinstance(answer, dict):
        return _of_shape(name.question, answer)
    return answer if isinstance(answer, str) else NO_VALUE


def _of_matrix(name: Named, answer: Any) -> str:
    given = answer.get("rows", {}) if isinstance(answer, dict) else {}
    rows = [name.row] if name.row else name.question.rows
    return " ".join(filter(None, (_codes(name.question, given.get(row.id)) for row in rows)))


def _of_shape(question: Question, answer: Mapping[str, Any]) -> str:
    for key in ("choice", "choices", "ranking"):
        if key in answer:
            return _codes(question, answer[key])
    for key in ("label", "name"):
        if isinstance(answer.get(key), str):
            return answer[key]
    return NO_VALUE


def _codes(question: Question, ids: Any) -> str:
    """The codes of choices given by id, separated by spaces."""
    given = ids if isinstance(ids, list) else [ids]
    codes = {choice.id: choice.code for choice in question.choices} | {OTHER: OTHER}
    return " ".join(codes[one] for one in given if isinstance(one, str) and one in codes)
