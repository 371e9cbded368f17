"""Sheets as tables: rows by column, whatever the columns are called, and where each stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.vocabulary import Tokens

STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})

FORM_ID: Tokens = ("id_string",)
LONGEST_GAP = 60
"""After so many empty rows, what follows is no longer read as part of the form."""


class RawSheet(Protocol):
    """A sheet that was read: its rows with their numbers, each a list of cells from column A."""

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> Sequence[tuple[int, Sequence[Any]]]: ...


@dataclass(frozen=True)
class Line:
    """A row: its number in the spreadsheet, and what it says by column."""

    number: int
    cells: dict[Tokens, str]

    def __getitem__(self, column: Tokens) -> str:
        return self.cells.get(column, "")

    def beginning(self, column: Tokens) -> dict[Tokens, str]:
        """The column and its languages: `label`, `label::English`."""
        return {tokens: text for tokens, text in self.cells.items() if is_of(tokens, column)}


def is_of(tokens: Tokens, column: Tokens) -> bool:
    return tokens[: len(column)] == column and len(tokens) <= len(column) + 1


@dataclass(frozen=True)
class Table:
    """`headers` says how the file calls each column."""

    name: str
    headers: dict[Tokens, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def header(self, column: Tokens) -> str:
        """How the file calls a column, or one of its languages."""
        given = self.headers.get(column)
        if given is None:
            given = next((h for tokens, h in self.headers.items() if is_of(tokens, column)), None)
        return given or header_of(column)

    def remark(self, row: int | None, column: Tokens, what: str, reason: str, **params: object):
        return Remark(self.name, row, self.header(column) if column else "", what, reason, params)


@dataclass(frozen=True)
class Columns:
    known: frozenset[str]
    aliases: dict[str, Tokens]


COLUMNS = {
    "survey": Columns(vocabulary.SURVEY_COLUMNS, vocabulary.SURVEY_ALIASES),
    "choices": Columns(vocabulary.CHOICES_COLUMNS, vocabulary.CHOICES_ALIASES),
    "settings": Columns(vocabulary.SETTINGS_COLUMNS, vocabulary.SETTINGS_ALIASES),
}


def table_of(sheet: RawSheet, role: str, problems: list[Remark]) -> Table:
    """A sheet as a table; what makes it unreadable is added to the problems."""
    rows = list(sheet.rows)
    if not rows or rows[0][0] != 1:
        return Table(sheet.name)
    headers = [" ".join(text_of(cell).split(" ")).strip() for cell in rows[0][1]]
    columns = _columns(sheet.name, headers, role, problems)
    lines = []
    before = 1
    for number, cells in rows[1:]:
        said = {
            columns[at]: _said(text_of(cell), columns[at])
            for at, cell in enumerate(cells)
            if at in columns and text_of(cell).strip()
        }
        if not said:
            continue
        if number - before > LONGEST_GAP:
            break
        before = number
        lines.append(Line(number, said))
    named = {column: headers[at] for at, column in columns.items()}
    return Table(sheet.name, named, tuple(lines))


def _columns(
    sheet: str, headers: list[str], role: str, problems: list[Remark]
) -> dict[int, Tokens]:
    columns: dict[int, Tokens] = {}
    found: dict[Tokens, str] = {}
    double = any("::" in header for header in headers)
    for at, header in enumerate(headers):
        if not header:
            continue
        tokens = vocabulary.column_named(
            header, double=double, aliases=COLUMNS[role].aliases, known=COLUMNS[role].known
        )
        if tokens in found and header != found[tokens] and tokens == FORM_ID:
            # Forms of some tools have both: the one that people write prevails.
            if header == "id_string":
                continue
            columns = {other: column for other, column in columns.items() if column != FORM_ID}
        elif tokens in found:
            problems.append(_twice(sheet, header, found[tokens]))
            continue
        found[tokens] = header
        columns[at] = tokens
    return columns


def _twice(sheet: str, header: str, other: str) -> Remark:
    if header == other:
        reason = _("Two columns are called “%(column)s”: rename or remove one.")
        return Remark(sheet, 1, header, header, reason, {"column": header})
    reason = _("“%(column)s” and “%(other)s” name the same column: remove one.")
    return Remark(sheet, 1, header, header, reason, {"column": header, "other": other})


def text_of(cell: Any) -> str:
    """A cell as a form has it: 1.0 is "1", a date "2026-12-31 00:00:00"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell} 00:00:00"
    return str(cell)


def _said(text: str, column: Tokens) -> str:
    return text.strip() if column == vocabulary.OWN else cleaned(text)


def cleaned(text: str) -> str:
    """Trimmed, with straight quotation marks, as every tool of XLSForm reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip().translate(STRAIGHT)


def spaced(text: str) -> str:
    """With single spaces, as the survey's cells are read unless the form asks otherwise."""
    return re.sub(" +", " ", text)


def without_double_spaces(table: Table) -> Table:
    lines = (
        Line(
            line.number,
            {
                column: text if column == vocabulary.OWN else spaced(text)
                for column, text in line.cells.items()
            },
        )
        for line in table.lines
    )
    return Table(table.name, table.headers, tuple(lines))


def header_of(column: Tokens) -> str:
    """How an export, and a remark, call a column."""
    usual = vocabulary.USUAL_HEADERS.get(column[:2])
    return "::".join([usual, *column[2:]] if usual else column)


def column_of(header: str, role: str = "survey") -> Tokens:
    """The column that such a header names."""
    columns = COLUMNS[role]
    return vocabulary.column_named(
        header, double=True, aliases=columns.aliases, known=columns.known
    )


def ranked(
    columns: Iterable[Tokens], first: Sequence[Tokens], languages: Sequence[str]
) -> list[Tokens]:
    """Columns as an export orders them: the usual ones, each with its languages, then others."""

    def rank(column: Tokens) -> tuple[int, int, str]:
        at = next((at for at, one in enumerate(first) if column[: len(one)] == one), len(first))
        language = languages.index(column[-1]) if column[-1] in languages else -1
        return at, language, header_of(column)

    return sorted(columns, key=rank)


FIRST_COLUMNS: dict[str, tuple[Tokens, ...]] = {
    "survey": (
        *(vocabulary.TYPE, vocabulary.NAME, vocabulary.LABEL, vocabulary.HINT),
        *(vocabulary.REQUIRED, vocabulary.REQUIRED_MESSAGE, vocabulary.RELEVANT),
        *(vocabulary.CONSTRAINT, vocabulary.CONSTRAINT_MESSAGE, vocabulary.CALCULATION),
        *(vocabulary.DEFAULT, vocabulary.APPEARANCE, vocabulary.PARAMETERS),
        vocabulary.CHOICE_FILTER,
    ),
    "choices": (vocabulary.LIST_NAME, vocabulary.NAME, vocabulary.LABEL),
    "settings": (("form_title",), ("form_id",)),
}
