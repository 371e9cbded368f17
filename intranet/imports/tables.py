"""A spreadsheet as lines of named values, whatever its layout. Plain Python."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intranet.spreadsheets import Limits, Sheet, read_workbook, text_of

LIMITS: Final = Limits(
    size=10 * 1024 * 1024, rows=20_000, columns=200, cells=400_000, text=8 * 1024 * 1024
)
# A title or a date may stand above the names of the columns.
ABOVE: Final = 10
# What spreadsheets write so that "01053" keeps its zero.
WRAPPED: Final = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One row: the number that a person sees beside it, and what it says in each column."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """`columns` are those that the file has, in our names and in its order."""

    columns: tuple[str, ...]
    lines: list[Line]


class ColumnsMissing(Exception):
    """The file lacks columns that it cannot do without; `is_one_column` says that it reads as one.

    `missing` are our names, `found` the titles that the file has.
    """

    def __init__(self, missing: list[str], found: list[str]) -> None:
        super().__init__(missing, found)
        self.missing = missing
        self.found = found

    @property
    def is_one_column(self) -> bool:
        return len(self.found) < 2


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of file: our name, and the titles that people give to it."""

    titles: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def named(self, title: str) -> str | None:
        wanted = plain(title)
        names = (name for name, known in self.titles.items() if wanted in (name, *known))
        return next(names, None)


def read_table(source: Path | bytes, columns: Columns) -> Table:
    """The lines of the first sheet that has the required columns.

    Raises `ColumnsMissing`, or `UnreadableWorkbook` as `read_workbook` does.
    """
    nearest: ColumnsMissing | None = None
    for sheet in read_workbook(source, limits=LIMITS, keeps_zeros=True).sheets:
        try:
            return _table(sheet, columns)
        except ColumnsMissing as error:
            if nearest is None or len(error.missing) < len(nearest.missing):
                nearest = error
    raise nearest or ColumnsMissing(list(columns.required), [])


def plain(text: str) -> str:
    """Without case, accents nor the signs between words: "Nom de l'Asso." is "nom de l asso"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (one if one.isalnum() else " " for one in letters if unicodedata.category(one) != "Mn")
    return " ".join("".join(kept).split())


def _table(sheet: Sheet, columns: Columns) -> Table:
    rows = [(number, [_said(text_of(cell)) for cell in cells]) for number, cells in sheet.rows]
    position, places = _header(rows, columns)
    lines = [Line(number, values) for number, values in _lines(rows[position + 1 :], places)]
    return Table(tuple(places), lines)


def _header(rows: list[tuple[int, list[str]]], columns: Columns) -> tuple[int, dict[str, int]]:
    """Where the titles are, and the place of each of our columns."""
    nearest = ColumnsMissing(list(columns.required), list((rows or [(0, [])])[0][1]))
    for position, (_number, cells) in enumerate(rows[:ABOVE]):
        places: dict[str, int] = {}
        for place, title in enumerate(cells):
            if name := columns.named(title):
                places.setdefault(name, place)
        missing = [name for name in columns.required if name not in places]
        if not missing:
            return position, places
        if len(missing) < len(nearest.missing):
            nearest = ColumnsMissing(missing, [title for title in cells if title])
    raise nearest


def _lines(
    rows: list[tuple[int, list[str]]], places: dict[str, int]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in rows:
        values = {
            name: cells[place] if place < len(cells) else "" for name, place in places.items()
        }
        if any(values.values()):
            yield number, values


def _said(text: str) -> str:
    text = text.strip()
    wrapped = WRAPPED.match(text)
    return wrapped.group(1).strip() if wrapped else text
