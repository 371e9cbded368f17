"""The answers, one response a line: which columns each kind of question takes.

Plain Python. Columns bear the question's code, as every file the product reads or writes;
those that begin with `_` say something of the response and answer nothing. A single choice
is its code; several choices are their codes separated by spaces, then one 0/1 column each
(`code/choice`); what was specified beside "other" is in `code/other_text`. Yes is 1, no is 0.
An empty cell is a question that was not answered, or not asked.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from surveys.exports.tables import Column, Format, Line, Table, Value, Words
from surveys.questionnaires.definition import OTHER
from surveys.results.questions import AskedQuestion


@dataclass(frozen=True)
class Answers:
    """One response: what is known of it (`_name`: value), and its document."""

    about: tuple[Value, ...]
    document: dict[str, Any]


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
    for row in rows:
        values = list(row.about)
        for question_id, some in filled:
            value = row.document.get(question_id)
            values += empty[question_id] if value is None else some.cells(value)
        yield Line(tuple(values))


def _number(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.WHOLE, width=14, code=question.code)
    return Columns((column,), lambda value: (value,))


def _yes_no(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, Format.WHOLE, width=14, code=question.code)
    return Columns((column,), lambda value: (int(value),))


def _text(question: AskedQuestion, words: Words) -> Columns:
    column = Column(question.label, width=40, code=question.code)
    return Columns((column,), lambda value: (value,))


def _single(question: AskedQuestion, words: Words) -> Columns:
    codes = {category.id: category.code for category in question.categories}
    column = Column(question.label, width=18, code=question.code)
    if OTHER not in codes:
        return Columns((column,), lambda value: (codes[value["choice"]],))
    return Columns(
        (column, _other_text(question, words)),
        lambda value: (codes[value["choice"]], value.get("other")),
    )


def _multiple(question: AskedQuestion, words: Words) -> Columns:
    codes = {category.id: category.code for category in question.categories}
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
        together = " ".join(code for choice, code in codes.items() if choice in chosen)
        flags = (int(choice in chosen) for choice in codes)
        return (together, *flags, *((value.get("other"),) if has_other else ()))

    return Columns(tuple(columns), cells)


def _other_text(question: AskedQuestion, words: Words) -> Column:
    label = f"{question.label} – {words['other_text']}"
    return Column(label, width=30, code=f"{question.code}/other_text")


COLUMNS: dict[str, Callable[[AskedQuestion, Words], Columns]] = {
    "single": _single,
    "multiple": _multiple,
    "boolean": _yes_no,
    "scale": _single,
    "rating": _number,
    "integer": _number,
    "text": _text,
    "long_text": _text,
}
"""The columns of each kind of question."""
