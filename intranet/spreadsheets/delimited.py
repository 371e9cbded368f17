"""Delimited text: the encodings and the delimiters that French spreadsheets write. Plain Python."""

import codecs
import csv
import io
from collections.abc import Iterator

from intranet.spreadsheets.sheets import UnreadableWorkbook

LARGEST_CELL = 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")


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
        raise UnreadableWorkbook("unknown_encoding") from None


def delimited_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on, empty lines included.

    Excel's first line `sep=;` says what the delimiter is, and is no row.
    """
    csv.field_size_limit(LARGEST_CELL)
    first, _, rest = text.partition("\n")
    declared = first.strip().lower().removeprefix('"').removesuffix('"')
    skipped = 0
    if declared.startswith("sep=") and len(declared) <= 5:
        delimiter = declared[4:] or "\t"
        text, skipped = rest, 1
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped
    try:
        for cells in reader:
            begins, line = line + 1, skipped + reader.line_num
            yield begins, cells
    except csv.Error:
        raise UnreadableWorkbook("broken_csv", line=line + 1) from None


def _delimiter(text: str) -> str:
    """What separates most columns in the first line; French files mostly use the semicolon."""
    first = next(iter(text.splitlines()), "")
    return max(DELIMITERS, key=lambda sign: len(_cells(first, sign)))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
