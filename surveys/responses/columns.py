"""Which question a column of a file is about. Plain Python.

A column is a question's code, after its section's (`section/code`) or not, or a part of one:

======================  ==================================================
`code/choice`           one choice of several: 1 or 0; also `code.choice`
`code/other_text`       what was specified beside "other"; also `code_other`
`code/row`              the answer to a row of a matrix
`code/row/choice`       one choice of a row: 1 or 0
`code/1`, `code/2`…     what is ranked first, second…
`code/latitude`         with `code/longitude`, the coordinates of a place
======================  ==================================================

Columns that begin with "_" or "meta/" come from the tool that collected the answers, and are
not answers; unless a question has that very code, which files keep for nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from surveys.questionnaires.definition import COMPUTED, OTHER, Definition, Question
from surveys.questionnaires.question_types import (
    DECLINED,
    DECLINED_WORD,
    InvalidAnswer,
    Value,
    clean_code,
    clean_text,
)

TICKED = frozenset({"1", "1.0", "true", "vrai", "oui", "yes", "x"})
NOT_TICKED = frozenset({"", "0", "0.0", "false", "faux", "non", "no"})

RESERVED = frozenset({"_territory", "_association", "_uuid", "_id"})
OTHER_TEXT = "other_text"


class Part(Enum):
    ANSWER = "answer"
    CHOICE = "choice"
    SPECIFIED = "specified"
    ROW = "row"
    RANK = "rank"
    COORDINATE = "coordinate"


@dataclass(frozen=True)
class Column:
    """`row` and `choice` are codes; `name` is the rank, or which of the coordinates."""

    question: Question
    part: Part
    choice: str = ""
    row: str = ""
    name: str = ""


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be stored: the column's code and the reason as a code."""

    code: str
    value: str
    error: InvalidAnswer


def is_answer(definition: Definition, name: str) -> bool:
    """Whether a column must be one of the questionnaire's."""
    if name in RESERVED or name == "meta" or name.startswith("meta/"):
        return False
    return not name.startswith("_") or column_for(definition, name) is not None


def column_for(definition: Definition, name: str) -> Column | None:
    """What a column holds, or None if the questionnaire has nothing of that name."""
    questions = {question.code: question for question in definition.questions}
    segments = name.split("/")
    for start in range(len(segments)):
        found = _part_of(questions, segments[start:])
        if found:
            return found
    return _part_after(questions, segments[-1], ".") or _specified(questions, segments[-1])


def _part_of(questions: Mapping[str, Question], segments: list[str]) -> Column | None:
    question = _named(questions, segments[0])
    if question is None:
        return None
    if len(segments) == 1:
        return Column(question, Part.ANSWER)
    return _part(question, "/".join(segments[1:]))


def _part_after(questions: Mapping[str, Question], name: str, sign: str) -> Column | None:
    """Codes may hold the sign too: the longest that is a question's is taken."""
    for at in sorted((found.start() for found in re.finditer(re.escape(sign), name)), reverse=True):
        question = _named(questions, name[:at])
        if question and question.kind == "multiple" and (column := _part(question, name[at + 1 :])):
            return column
    return None


def _part(question: Question, name: str) -> Column | None:
    if question.has_other and name == OTHER_TEXT:
        return Column(question, Part.SPECIFIED)
    if question.kind == "multiple":
        choice = _code(_choice_codes(question), name)
        return Column(question, Part.CHOICE, choice) if choice else None
    if question.kind == "matrix":
        return _row(question, name)
    if question.kind == "ranking" and re.fullmatch(r"[1-9]\d?", name, re.ASCII):
        return Column(question, Part.RANK, name=name)
    if question.kind == "place" and name in {"latitude", "longitude"}:
        return Column(question, Part.COORDINATE, name=name)
    return None


def _row(question: Question, name: str) -> Column | None:
    code, _sign, chosen = name.partition("/")
    row = _code([row.code for row in question.rows], code)
    if not row or not chosen:
        return Column(question, Part.ROW, row=row) if row else None
    choice = _code(_choice_codes(question), chosen)
    return Column(question, Part.ROW, choice, row=row) if choice and question.several else None


def _choice_codes(question: Question) -> list[str]:
    codes = [choice.code for choice in question.choices]
    return [*codes, OTHER] if question.has_other and OTHER not in codes else codes


def _code(codes: Iterable[str], given: str) -> str:
    """The code that was meant, whatever its case where only one is spelt so."""
    codes = list(codes)
    if given in codes:
        return given
    same = [code for code in codes if code.casefold() == given.casefold()]
    return same[0] if len(same) == 1 else ""


def _specified(questions: Mapping[str, Question], name: str) -> Column | None:
    question = _named(questions, re.sub("_other$", "", name))
    return Column(question, Part.SPECIFIED) if question and question.has_other else None


def _named(questions: Mapping[str, Question], name: str) -> Question | None:
    return questions.get(_code(questions, name))


def document_of(
    cells: Mapping[str, Any], columns: Mapping[str, Column]
) -> tuple[dict[str, Value], list[Refusal]]:
    """The document that a row's cells make, and the cells that cannot be stored.

    What a computed value was elsewhere is left aside: it is worked out anew.
    """
    gathered: dict[str, list[tuple[Column, Any]]] = {}
    for name, cell in cells.items():
        if name in columns and columns[name].question.kind != COMPUTED:
            column = columns[name]
            gathered.setdefault(column.question.id, []).append((column, cell))
    document: dict[str, Value] = {}
    refusals: list[Refusal] = []
    for question_id, given in gathered.items():
        question = given[0][0].question
        try:
            value = clean_code(question, _answer(question, given))
        except InvalidAnswer as error:
            shown = "; ".join(str(cell) for _, cell in given if cell not in ("", None))
            refusals.append(Refusal(question.code, shown[:200], error))
        else:
            if value is not None:
                document[question_id] = value
    return document, refusals


def _answer(question: Question, given: list[tuple[Column, Any]]) -> Any:
    """What the cells of a question say together, as `clean_code` takes it."""
    filled = [(column, cell) for column, cell in given if not _is_empty(cell)]
    if question.may_decline and any(_declines(cell) for _column, cell in filled):
        others = [cell for _column, cell in filled if not _declines(cell) and not _is_no(cell)]
        return {**DECLINED, "answer": others}
    if question.kind == "matrix":
        return _rows_answered(filled)
    if question.kind == "ranking":
        return _ranked(filled)
    if question.kind == "place":
        return _placed(filled)
    return _chosen(question, filled)


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _declines(cell: Any) -> bool:
    return isinstance(cell, str) and clean_text(cell) == DECLINED_WORD


def _is_no(cell: Any) -> bool:
    return str(cell).strip().casefold() in NOT_TICKED


def _chosen(question: Question, filled: list[tuple[Column, Any]]) -> Any:
    answer: Any = None
    specified = ""
    ticked = []
    for column, cell in filled:
        if column.part is Part.ANSWER:
            answer = cell
        elif column.part is Part.SPECIFIED:
            specified = cell if isinstance(cell, str) else str(cell)
        elif _is_ticked(cell):
            ticked.append(column.choice)
    if answer is None and ticked:
        answer = ticked
    if specified and not isinstance(answer, dict):
        key = "choices" if question.kind == "multiple" else "choice"
        answer = {key: answer, "other": specified}
    return answer


def _rows_answered(filled: list[tuple[Column, Any]]) -> Any:
    rows: dict[str, Any] = {}
    for column, cell in filled:
        if column.part is Part.ANSWER:
            return cell
        if not column.choice:
            rows[column.row] = cell
        elif _is_ticked(cell):
            ticked = rows.setdefault(column.row, [])
            rows[column.row] = [*(ticked if isinstance(ticked, list) else [ticked]), column.choice]
    return {"rows": rows} if rows else None


def _ranked(filled: list[tuple[Column, Any]]) -> Any:
    for column, cell in filled:
        if column.part is Part.ANSWER:
            return cell
    return {"places": {column.name: cell for column, cell in filled}} if filled else None


def _placed(filled: list[tuple[Column, Any]]) -> Any:
    coordinates = {column.name: cell for column, cell in filled if column.part is Part.COORDINATE}
    label = next((cell for column, cell in filled if column.part is Part.ANSWER), None)
    if not coordinates or isinstance(label, dict):
        return label
    return {"label": label, **coordinates}


def _is_ticked(cell: Any) -> bool:
    word = "" if cell is None else str(cell).strip().casefold()
    if word in TICKED:
        return True
    if word in NOT_TICKED:
        return False
    raise InvalidAnswer("not_ticked")
