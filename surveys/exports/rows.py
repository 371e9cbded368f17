"""The answers, one response a line: which columns each kind of question takes.

Plain Python. Columns bear the question's code, as every file the product reads or writes;
those that begin with `_` say something of the response and answer nothing.

==================  ==============================================================
single, scale       the choice's code; `code/other_text` what was specified
multiple            codes separated by spaces, then a 0/1 column `code/choice` each
boolean             1 or 0
matrix              `code/row`: the choice's code; several: 0/1, `code/row/choice`
ranking             codes, the best first, separated by spaces
date, time          a day (ISO in CSV), HH:MM
territory           its official code
place               the label; `code/latitude` and `code/longitude`
file                the file's name; `code/link` the address it is read at
==================  ==============================================================

An empty cell is a question that was not answered, or not asked. `prefer_not_to_say` is an
answer that was declined.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.exports.tables import Column, Format, Line, Table, Value, Words
from surveys.questionnaires.definition import OTHER
from surveys.questionnaires.question_types import DECLINED_WORD, is_declined
from surveys.results.questions import AskedQuestion, Category


@dataclass(frozen=True)
class Answers:
    """One response: what is known of it (`_name`: value), and its document."""

    about: tuple[Value, ...]
    document: dict[str, Any]
    not_applicable: Collection[str] = ()


@dataclass(frozen=True)
class Columns:
    """The columns of one question, and how a value fills them."""

    columns: tuple[Column, ...]
    cells: Callable[[Any], tuple[Value, ...]]


def rows_table(
    questions: Iterable[AskedQuestion],
    about: tuple[Column, ...],
    rows: Iterable[Answers],
    *,
    words: Words,
) -> Table:
    filled = [(question.id, COLUMNS[question.kind](question, words)) for question in questions]
    columns = (*about, *(column for _id, some in filled for column in some.columns))
    return Table(words["responses"], columns, _lines(filled, rows), filtered=True)


def _lines(filled: list[tuple[str, Columns]], rows: Iterable[Answers]) -> Iterator[Line]:
    empty = {question_id: (None,) * len(some.columns) for question_id, some in filled}
    declined = {question_id: (DECLINED_WORD, *cells[1:]) for question_id, cells in empty.items()}
    for row in rows:
        values = list(row.about)
        for question_id, some in filled:
            value = row.document.get(question_id)
            if value is None or question_id in row.not_applicable:
                values += empty[question_id]
            elif is_declined(value):
                values += declined[question_id]
            else:
                values += some.cells(value)
        yield Line(tuple(values))


def _number(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.WHOLE, width=14, code=question.code)
    return Columns((column,), lambda value: (value,))


def _decimal(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.DECIMAL, width=14, code=question.code)
    return Columns((column,), lambda value: (value,))


def _date(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.DATE, width=14, code=question.code)
    return Columns((column,), lambda value: (date.fromisoformat(value),))


def _yes_no(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.WHOLE, width=14, code=question.code)
    return Columns((column,), lambda value: (int(value),))


def _text(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, width=40, code=question.code)
    return Columns((column,), lambda value: (value,))


def _single(question: AskedQuestion, words: Words) -> Columns:
    codes = _Codes(question.categories)
    column = Column(question.label, width=18, code=question.code)
    if OTHER not in codes:
        return Columns((column,), lambda value: (codes[value["choice"]],))
    return Columns(
        (column, _other_text(question, words)),
        lambda value: (codes[value["choice"]], value.get("other")),
    )


class _Codes(dict[str, str]):
    """The code of a choice by its id; of a choice that no version explains, its id."""

    def __init__(self, categories: Iterable[Category]) -> None:
        super().__init__({category.id: category.code for category in categories})

    def __missing__(self, choice_id: str) -> str:
        return choice_id


def _multiple(question: AskedQuestion, words: Words) -> Columns:
    codes = _Codes(question.categories)
    columns = [Column(question.label, width=24, code=question.code)]
    for category in question.categories:
        label = f"{question.label} – {category.label}"
        code = f"{question.code}/{category.code}"
        columns.append(Column(label, Format.WHOLE, width=12, code=code))
    has_other = OTHER in codes
    if has_other:
        columns.append(_other_text(question, words))

    def cells(value: dict[str, Any]) -> tuple[Value, ...]:
        chosen = set(value["choices"])
        known = [code for choice, code in codes.items() if choice in chosen]
        together = " ".join([*known, *sorted(chosen - codes.keys())])
        flags = (int(choice in chosen) for choice in codes)
        return (together, *flags, *((value.get("other"),) if has_other else ()))

    return Columns(tuple(columns), cells)


def _other_text(question: AskedQuestion, words: Words) -> Column:
    label = f"{question.label} – {words['other_text']}"
    return Column(label, width=30, code=f"{question.code}/other_text")


def _ranking(question: AskedQuestion, words: Words) -> Columns:
    codes = _Codes(question.categories)
    column = Column(question.label, width=30, code=question.code)
    return Columns((column,), lambda value: (" ".join(codes[one] for one in value["ranking"]),))


def _matrix(question: AskedQuestion, words: Words) -> Columns:
    found = _matrix_of_several(question) if question.several else _matrix_of_single(question)
    if not question.may_decline:
        return found
    # Rows have columns of their own: who declined the whole question says so in this one.
    column = Column(question.label, width=18, code=question.code)
    return Columns((column, *found.columns), lambda value: (None, *found.cells(value)))


def _matrix_of_single(question: AskedQuestion) -> Columns:
    codes = _Codes(question.categories)
    columns = [
        Column(f"{question.label} – {row.label}", width=18, code=f"{question.code}/{row.code}")
        for row in question.rows
    ]

    def cells(value: dict[str, Any]) -> tuple[Value, ...]:
        chosen = value["rows"]
        return tuple(codes[chosen[row.id]] if row.id in chosen else None for row in question.rows)

    return Columns(tuple(columns), cells)


def _matrix_of_several(question: AskedQuestion) -> Columns:
    columns = [
        Column(
            f"{question.label} – {row.label} – {category.label}",
            Format.WHOLE,
            code=f"{question.code}/{row.code}/{category.code}",
        )
        for row in question.rows
        for category in question.categories
    ]

    def cells(value: dict[str, Any]) -> tuple[Value, ...]:
        made: list[Value] = []
        for row in question.rows:
            chosen = value["rows"].get(row.id)
            chosen = [chosen] if isinstance(chosen, str) else chosen
            made += [
                None if chosen is None else int(category.id in chosen)
                for category in question.categories
            ]
        return tuple(made)

    return Columns(tuple(columns), cells)


def _place(question: AskedQuestion, words: Words) -> Columns:
    parts = ("latitude", "longitude")
    columns = [Column(question.label, width=30, code=question.code)]
    for part in parts:
        label, code = f"{question.label} – {words[part]}", f"{question.code}/{part}"
        columns.append(Column(label, Format.DECIMAL, code=code))
    names = ("label", *parts)
    return Columns(tuple(columns), lambda value: tuple(value.get(name) for name in names))


def _file(question: AskedQuestion, words: Words) -> Columns:
    label, code = f"{question.label} – {words['link']}", f"{question.code}/link"
    columns = (
        Column(question.label, width=30, code=question.code),
        Column(label, width=40, code=code),
    )
    return Columns(columns, lambda value: (value["name"], words["file_address"] % value))


def _computed(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.DECIMAL, width=18, code=question.code)
    return Columns((column,), lambda value: (value,))


COLUMNS: dict[str, Callable[[AskedQuestion, Words], Columns]] = {
    "single": _single,
    "multiple": _multiple,
    "boolean": _yes_no,
    "scale": _single,
    "rating": _number,
    "ranking": _ranking,
    "matrix": _matrix,
    "integer": _number,
    "decimal": _decimal,
    "date": _date,
    "time": _text,
    "text": _text,
    "long_text": _text,
    "email": _text,
    "phone": _text,
    "territory": _text,
    "place": _place,
    "file": _file,
    "computed": _computed,
}
"""The columns of each kind of question."""
