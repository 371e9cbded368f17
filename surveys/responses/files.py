"""Files of responses as rows of cells: spreadsheets, delimited text, JSON lines. Plain Python."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intranet.spreadsheets import (
    Cell,
    UnreadableWorkbook,
    decoded,
    delimited_rows,
    read_workbook,
    text_of,
)

LARGEST_FILE = 100 * 1024 * 1024
DELIMITED = frozenset({".csv", ".tsv"})
WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})
GUARDED = re.compile(r"'+\s*[=+\-@＝＋－＠\t\r]")
JSON_LINES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True)
class Row:
    """What stands on a line, by column. `problem` says why a line could not be read."""

    line: int
    cells: dict[str, Any]
    problem: str = ""


def has_header(path: Path) -> bool:
    """Whether the first line names the columns of all the others."""
    return path.suffix.lower() not in JSON_LINES


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file, or `UnreadableWorkbook`.

    A workbook is refused when several of its sheets say something: nobody can tell which one
    holds the responses.
    """
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return _rows_below_header(_only_sheet(path))
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableWorkbook("too_large", maximum=LARGEST_FILE // 1024 // 1024)
    if suffix in DELIMITED:
        return _rows_below_header(_unguarded(delimited_rows(decoded(path.read_bytes()))))
    if suffix in JSON_LINES:
        return json_rows(decoded(path.read_bytes()))
    raise UnreadableWorkbook("unknown_format", suffix=path.suffix)


def _unguarded(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Without the apostrophe that keeps spreadsheets from taking a text for a formula."""
    for number, cells in rows:
        yield number, [cell[1:] if GUARDED.match(cell) else cell for cell in cells]


def _only_sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    sheets = [one for one in read_workbook(path).sheets if one.rows]
    if len(sheets) > 1:
        raise UnreadableWorkbook("several_sheets", names=", ".join(one.name for one in sheets))
    for sheet in sheets:
        if sheet.uncalculated:
            raise UnreadableWorkbook("never_calculated", cell=sheet.uncalculated[0])
        yield from ((number, [_text(cell) for cell in cells]) for number, cells in sheet.rows)


def _text(cell: Cell) -> str:
    return text_of(cell).lower() if isinstance(cell, bool) else text_of(cell)


def _rows_below_header(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    header: list[str] | None = None
    empty: list[Row] = []
    for number, cells in rows:
        if header is None:
            header = _header(cells)
        elif cells:
            row = _row(number, header, cells)
            # Spreadsheets end with empty rows; in the middle, somebody answered nothing.
            if row.problem or any(row.cells.values()):
                yield from empty
                empty = []
                yield row
            else:
                empty.append(row)
    if header is None:
        raise UnreadableWorkbook("no_columns")


def _header(cells: list[str]) -> list[str]:
    names = [name.strip() for name in cells]
    for name in names:
        if name and names.count(name) > 1:
            raise UnreadableWorkbook("column_twice", column=name)
    if not any(names):
        raise UnreadableWorkbook("no_columns")
    return names


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    named = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    surplus = [
        cell
        for position, cell in enumerate(cells)
        if cell.strip() and (position >= len(header) or not header[position])
    ]
    return Row(line, named, "too_many_cells" if surplus else "")


# -- JSON lines --------------------------------------------------------------------------


def json_rows(text: str) -> Iterator[Row]:
    # Not splitlines(): a text may hold the separators that Unicode adds to line ends.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        cells = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Row(number, {}, "not_json")
    if not isinstance(cells, dict):
        return Row(number, {}, "not_an_object")
    return Row(number, cells)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
