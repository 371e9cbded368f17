"""One table in every layout that French spreadsheets and databases write."""

import csv
import io
from collections.abc import Callable

import openpyxl

from tests.hostile_workbooks import ods, ods_cell, ods_row

Rows = list[list[str]]


def text(rows: Rows, *, encoding: str, delimiter: str = ";", head: str = "", end: str = "\r\n"):
    written = io.StringIO(newline="")
    written.write(head)
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerows(rows)
    return written.getvalue().encode(encoding)


def wrapped(rows: Rows) -> Rows:
    """As exports write codes so that spreadsheets leave their zeros."""
    return [[f'="{cell}"' if cell.isdigit() else cell for cell in row] for row in rows]


def xlsx(rows: Rows, *, numbers: bool = False) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if numbers and cell.isdigit() else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def opendocument(rows: Rows) -> bytes:
    return ods("".join(ods_row("".join(ods_cell(cell) for cell in row)) for row in rows))


LAYOUTS: dict[str, Callable[[Rows], bytes]] = {
    "UTF-8, semicolons": lambda rows: text(rows, encoding="utf-8"),
    "UTF-8 with a mark": lambda rows: text(rows, encoding="utf-8-sig"),
    "cp1252": lambda rows: text(rows, encoding="cp1252"),
    "Latin-9": lambda rows: text(rows, encoding="iso8859-15"),
    "UTF-16": lambda rows: text(rows, encoding="utf-16"),
    "UTF-16, tabs": lambda rows: text(rows, encoding="utf-16", delimiter="\t"),
    "commas": lambda rows: text(rows, encoding="utf-8", delimiter=","),
    "tabs": lambda rows: text(rows, encoding="utf-8", delimiter="\t"),
    "sep=;": lambda rows: text(rows, encoding="cp1252", head="sep=;\r\n"),
    "sep=,": lambda rows: text(rows, encoding="utf-8", delimiter=",", head="sep=,\r\n"),
    "one line feed": lambda rows: text(rows, encoding="utf-8", end="\n"),
    "codes kept from Excel": lambda rows: text(wrapped(rows), encoding="utf-8"),
    "empty columns and lines after": lambda rows: text(
        [[*row, "", ""] for row in rows] + [[""] * (len(rows[0]) + 2)] * 3, encoding="utf-8"
    ),
    "a title above": lambda rows: xlsx([["Export du 3 mars"], [], *rows]),
    "Excel": xlsx,
    "Excel, codes as numbers": lambda rows: xlsx(rows, numbers=True),
    "LibreOffice": opendocument,
}
