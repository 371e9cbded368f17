"""Which question a column of a file is about. Plain Python.

A column is a question's code, `section/code`, one choice of several (`code/choice` or
`code.choice`), or what was specified beside "other" (`code_other`). Those that begin with "_"
or "meta/" come from the tool that collected the answers, and are not answers.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from surveys.questionnaires.definition import OTHER, Definition, Question
from surveys.questionnaires.question_types import InvalidAnswer, Value, clean_code

TICKED = frozenset({"1", "1.0", "true", "vrai", "oui", "yes", "x"})
NOT_TICKED = frozenset({"", "0", "0.0", "false", "faux", "non", "no"})


class Part(Enum):
    ANSWER = "answer"
    CHOICE = "choice"
    SPECIFIED = "specified"


@dataclass(frozen=True)
class Column:
    question: Question
    part: Part
    choice: str = ""


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be stored: the column's code and the reason as a code."""

    code: str
    value: str
    error: InvalidAnswer


def is_answer(name: str) -> bool:
    return not name.startswith(("_", "meta/")) and name != "meta"


def column_for(definition: Definition, name: str) -> Column | None:
    """What a column holds, or None if the questionnaire has nothing of that name."""
    questions = {question.code: question for question in definition.questions}
    segments = name.split("/")
    return (
        _choice(questions, *segments[-2:])
        or _answer(questions, segments[-1])
        or _choice(questions, *segments[-1].split(".", 1))
        or _specified(questions, segments[-1])
    )


def _choice(questions: Mapping[str, Question], *names: str) -> Column | None:
    if len(names) != 2:
        return None
    question = _named(questions, names[0])
    if question is None or question.kind != "multiple":
        return None
    codes = {choice.code.casefold(): choice.code for choice in question.choices}
    if question.has_other:
        codes.setdefault(OTHER, OTHER)
    code = codes.get(names[1].casefold())
    return Column(question, Part.CHOICE, code) if code else None


def _answer(questions: Mapping[str, Question], name: str) -> Column | None:
    question = _named(questions, name)
    return Column(question, Part.ANSWER) if question else None


def _specified(questions: Mapping[str, Question], name: str) -> Column | None:
    question = _named(questions, re.sub("_other$", "", name))
    return Column(question, Part.SPECIFIED) if question and question.has_other else None


def _named(questions: Mapping[str, Question], name: str) -> Question | None:
    found = questions.get(name)
    if found is None:
        same = [one for code, one in questions.items() if code.casefold() == name.casefold()]
        found = same[0] if len(same) == 1 else None
    return found


def document_of(
    cells: Mapping[str, Any], columns: Mapping[str, Column]
) -> tuple[dict[str, Value], list[Refusal]]:
    """The document that a row's cells make, and the cells that cannot be stored."""
    gathered: dict[str, list[tuple[Column, Any]]] = {}
    for name, cell in cells.items():
        if name in columns:
            column = columns[name]
            gathered.setdefault(column.question.id, []).append((column, cell))
    document: dict[str, Value] = {}
    refusals: list[Refusal] = []
    for question_id, given in gathered.items():
        question = given[0][0].question
        try:
            value = _value(question, given)
        except InvalidAnswer as error:
            shown = "; ".join(str(cell) for _, cell in given if cell not in ("", None))
            refusals.append(Refusal(question.code, shown[:200], error))
        else:
            if value is not None:
                document[question_id] = value
    return document, refusals


def _value(question: Question, given: Iterable[tuple[Column, Any]]) -> Value | None:
    answer: Any = None
    specified = ""
    ticked = []
    for column, cell in given:
        if column.part is Part.ANSWER:
            answer = cell
        elif column.part is Part.SPECIFIED:
            specified = cell if isinstance(cell, str) else ""
        elif _is_ticked(cell):
            ticked.append(column.choice)
    if answer in ("", None) and ticked:
        answer = ticked
    if specified.strip() and not isinstance(answer, dict):
        key = "choices" if question.kind == "multiple" else "choice"
        answer = {key: answer, "other": specified}
    return clean_code(question, answer)


def _is_ticked(cell: Any) -> bool:
    word = "" if cell is None else str(cell).strip().casefold()
    if word in TICKED:
        return True
    if word in NOT_TICKED:
        return False
    raise InvalidAnswer("not_ticked")
