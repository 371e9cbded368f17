"""A workbook read at arm's length: by a child process that may be killed or abort. Plain Python."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from intranet.spreadsheets.arms_length import END, TookTooLong, lines_of_child
from intranet.spreadsheets.delimited import decoded, delimited_rows
from intranet.spreadsheets.sheets import Cell, Limits, Sheet, UnreadableWorkbook, Workbook

CHILD = Path(__file__).with_name("child.py")
MEGABYTE = 1024 * 1024

# Past one sign in so many, it is no text.
ZERO_IN = 100

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PAGES = ("<!doctype", "<html", "<head", "<body", "<table", "<meta", "<style", "<script", "<?xml")

_MOMENTS: dict[str, Callable[[str], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def read_workbook(
    source: Path | str | bytes, *, limits: Limits | None = None, keeps_zeros: bool = False
) -> Workbook:
    """Every sheet of a workbook or of a delimited text, or `UnreadableWorkbook` and why.

    Holds for any bytes: it ends within the time and the memory of the limits, and what it
    refuses leaves nothing behind. With `keeps_zeros`, a zero byte astray in a text stays in its
    cell, for who names the line; otherwise it refuses the file.
    """
    limits = limits or Limits()
    content = _content(source, limits)
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableWorkbook("empty")
    if content.startswith((ZIP, EMPTY_ZIP, COMPOUND)):
        return _workbook(_read_in_child(content, limits), limits)
    if content.startswith(OTHER_FILES):
        raise UnreadableWorkbook("not_a_workbook")
    return Workbook([Sheet("", _delimited(content, limits, keeps_zeros=keeps_zeros))])


def _content(source: Path | str | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        path = Path(source)
        size = path.stat().st_size
        content = path.read_bytes() if size <= limits.size else b""
    if size > limits.size:
        raise UnreadableWorkbook("too_large", maximum=limits.size // MEGABYTE)
    return content


def _delimited(
    content: bytes, limits: Limits, *, keeps_zeros: bool
) -> list[tuple[int, list[Cell]]]:
    text = decoded(content)
    if text.lstrip()[:20].lower().startswith(PAGES):
        raise UnreadableWorkbook("web_page")
    if text.count("\0") > (1 + len(text) // ZERO_IN if keeps_zeros else 0):
        raise UnreadableWorkbook("not_a_workbook")
    rows: list[tuple[int, list[Cell]]] = []
    cells = 0
    for number, texts in delimited_rows(text):
        # An empty line counts too, or ten million of them would take their time.
        cells += len(texts) or 1
        if len(texts) > limits.columns:
            raise UnreadableWorkbook("too_many_columns", sheet="", maximum=limits.columns)
        if len(rows) >= limits.rows:
            raise UnreadableWorkbook("too_many_rows", sheet="", maximum=limits.rows)
        if cells > limits.cells:
            raise UnreadableWorkbook("too_many_cells", sheet="", maximum=limits.cells)
        if any(texts):
            rows.append((number, list(texts)))
    return rows


# -- The child process -------------------------------------------------------------------


def _read_in_child(content: bytes, limits: Limits) -> Iterable[Any]:
    """What the child said, one JSON value a line; the last one is `{"end": true}`."""
    try:
        lines = lines_of_child(CHILD, content, asdict(limits), seconds=limits.seconds)
    except TookTooLong:
        raise UnreadableWorkbook("too_long") from None
    if lines[-2:-1] != [END]:
        _refuse_for_what_was_said(lines)
    return map(json.loads, lines[:-2])


def _refuse_for_what_was_said(lines: list[bytes]) -> None:
    """The child stopped before its end: for a reason it told, or because it was ended."""
    last = next((line for line in reversed(lines[:-1]) if line.startswith(b'{"refused"')), b"")
    if last:
        told = json.loads(last)
        raise UnreadableWorkbook(told["refused"], **told["params"])
    begun = [line for line in lines[:-1] if line.startswith(b'{"sheet"')]
    raise UnreadableWorkbook("too_heavy", sheet=json.loads(begun[-1])["sheet"] if begun else "")


def _workbook(said: Iterable[Any], limits: Limits) -> Workbook:
    sheets: list[Sheet] = []
    for one in said:
        if isinstance(one, dict):
            sheets.append(Sheet(one["sheet"], [], tuple(one["uncalculated"])))
        else:
            number, cells = one
            sheets[-1].rows.append((number, [_cell(cell) for cell in cells]))
    return Workbook(sheets)


def _cell(told: Any) -> Cell:
    if isinstance(told, list):
        kind, text = told
        return _MOMENTS[kind](text)
    if isinstance(told, float) and told.is_integer() and abs(told) < 2**53:
        return int(told)
    return told
