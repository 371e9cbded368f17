"""The answers to a form as a table that leaves: text stays text, whatever it begins with."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
STARTS_LIKE_A_FORMULA: Final = re.compile(r"^'*\s*[=+\-@＝＋－＠\t\r]")
IS_A_NUMBER: Final = re.compile(r"^[+-]?\d+([.,]\d+)?$")
LONGEST_CELL: Final = 32_767
WIDTH: Final = 28

Rows = Iterable[list[str]]


def as_csv(headings: list[str], rows: Rows) -> bytes:
    """UTF-8 with its mark and semicolons, which French spreadsheets open by a click."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([_guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    text = UNWRITABLE.sub("", text)
    if STARTS_LIKE_A_FORMULA.match(text) and not IS_A_NUMBER.match(text):
        return f"'{text}"
    return text


def as_workbook(title: str, headings: list[str], rows: Rows) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip("' ") or "1")
    sheet.freeze_panes = "A2"
    for position in range(len(headings)):
        sheet.column_dimensions[chr(65 + position) if position < 26 else "AA"].width = WIDTH
    head = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="43194B")}
    sheet.append([_cell(sheet, heading, **head) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _cell(sheet, text: str, **look) -> WriteOnlyCell:
    kept = LOOKS_ESCAPED.sub("_x005F_", UNWRITABLE.sub("", text)[:LONGEST_CELL])
    cell = WriteOnlyCell(sheet, kept)
    if kept:
        # openpyxl takes what begins with an equals sign for a formula.
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    for name, value in look.items():
        setattr(cell, name, value)
    return cell
