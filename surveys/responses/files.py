"""Files of responses as rows of cells: encodings, delimiters and JSON lines. Plain Python."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_CELL = 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")


class UnreadableFile(Exception):
    """The file as a whole cannot be read: why, as a code, and what the sentence needs."""

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class Row:
    """What stands on a line, by column. `problem` says why a line could not be read."""

    line: int
    cells: dict[str, Any]
    problem: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFile("too_large", maximum=LARGEST_FILE // 1024 // 1024)
    if path.suffix.lower() == ".csv":
        return csv_rows(decoded(path.read_bytes()))
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        return json_rows(decoded(path.read_bytes()))
    raise UnreadableFile("unknown_format", suffix=path.suffix)


def decoded(content: bytes) -> str:
    """The text of a file as French spreadsheets and editors write it.

    A byte order mark decides; then UTF-8 if it is valid. What remains is Windows' cp1252, or
    Latin-9 when its euro or its œ stand where cp1252 has signs that nobody writes.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16")
    if content[1:2] == b"\0" or content[:1] == b"\0":
        return _strictly(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_latin9 = any(byte in content for byte in b"\xa4\xbc\xbd") and not any(
            byte in content for byte in range(0x80, 0xA0)
        )
        return _strictly(content, "iso8859-15" if is_latin9 else "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile("unknown_encoding") from None


# -- CSV ---------------------------------------------------------------------------------


def csv_rows(text: str) -> Iterator[Row]:
    first, _, rest = text.partition("\n")
    declared = first.strip().lower().removeprefix('"').removesuffix('"')
    skipped = 0
    if declared.startswith("sep=") and len(declared) <= 5:
        delimiter = declared[4:] or "\t"
        text, skipped = rest, 1
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    yield from _rows_below_header(reader, skipped)


def _delimiter(text: str) -> str:
    """What separates most columns in the first line; French files mostly use the semicolon."""
    first = next(iter(text.splitlines()), "")
    return max(DELIMITERS, key=lambda sign: len(_cells(first, sign)))


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _rows_below_header(reader: Any, skipped: int) -> Iterator[Row]:
    header: list[str] | None = None
    empty: list[Row] = []
    line = skipped
    try:
        for cells in reader:
            line, begins = skipped + reader.line_num, line + 1
            if header is None:
                header = _header(cells)
            elif cells:
                row = _row(begins, header, cells)
                # Spreadsheets end with empty rows; in the middle, somebody answered nothing.
                if row.problem or any(row.cells.values()):
                    yield from empty
                    empty = []
                    yield row
                else:
                    empty.append(row)
    except csv.Error:
        raise UnreadableFile("broken_csv", line=line + 1) from None
    if header is None:
        raise UnreadableFile("empty")


def _header(cells: list[str]) -> list[str]:
    names = [name.strip() for name in cells]
    for name in names:
        if name and names.count(name) > 1:
            raise UnreadableFile("column_twice", column=name)
    if not any(names):
        raise UnreadableFile("empty")
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
