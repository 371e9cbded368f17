"""The file of written sheets."""

import io
import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from surveys.questionnaires.xlsform.writing import WrittenSheet

LONGEST_CELL = 32_767
WIDTH = 28


def workbook_of(sheets: Iterable[WrittenSheet]) -> bytes:
    """An `.xlsx` in which every cell is a text, whatever it begins with."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        written = workbook.create_sheet(sheet.name)
        for number, cells in sheet.rows:
            for at, text in enumerate(cells, start=1):
                if text:
                    cell = written.cell(number, at)
                    cell.value = _writable(text)
                    # A text that begins with "=" would be a formula.
                    cell.data_type = "s"
                    cell.alignment = Alignment(vertical="top", wrap_text=True)
                    if number == 1:
                        cell.font = Font(bold=True)
                    written.column_dimensions[cell.column_letter].width = WIDTH
        written.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _writable(text: str) -> str:
    """A text as a cell holds it: "_x0041_" would be read as the letter A."""
    legal = ILLEGAL_CHARACTERS_RE.sub("", text)
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", legal)[:LONGEST_CELL]
