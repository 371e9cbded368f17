"""Why a workbook cannot be read, as a sentence that says what to do."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from intranet.spreadsheets.sheets import UnreadableWorkbook

UNREADABLE = {
    "empty": _("This file is empty: choose the one that holds your table."),
    "too_large": _("This file has more than %(maximum)s MB: cut it in several files."),
    "unknown_encoding": _(
        "The characters of this file cannot be read: save it again as CSV, in UTF-8."
    ),
    "broken_csv": _(
        "This file cannot be read from line %(line)s on: a quotation mark is never closed there."
    ),
    "not_a_workbook": _(
        "This file is not a spreadsheet, whatever its name says: save it as .xlsx, .ods or .csv."
    ),
    "web_page": _(
        "This file is a web page under the name of a spreadsheet: open it in a spreadsheet "
        "program and save it as .xlsx."
    ),
    "binary_workbook": _("This is a binary Excel workbook (.xlsb): open it and save it as .xlsx."),
    "damaged": _(
        "This file is damaged: open it in a spreadsheet program and save it again, or ask for "
        "it to be sent again."
    ),
    "encrypted": _("This file is locked with a password: save it without one."),
    "macros": _("This workbook contains macros, which are never run: save it as .xlsx."),
    "external_links": _(
        "This workbook fetches data from other files: replace its links with their values, "
        "then save it again."
    ),
    "xml_bomb": _(
        "This file contains what no spreadsheet program writes, and is not read: copy its "
        "content into a new workbook."
    ),
    "zip_bomb": _(
        "This file holds far more than its size says, and is not read: copy its content into "
        "a new workbook."
    ),
    "too_heavy": _(
        "This file takes too much memory to read: a cell is filled very far from the others, "
        "or it holds too much. Copy what is useful into a new workbook."
    ),
    "too_long": _("This file takes too long to read: copy what is useful into a new workbook."),
    "too_much_text": _("This file holds too much text: cut it in several files."),
    "too_many_sheets": _(
        "This workbook has more than %(maximum)s sheets: keep those that are useful."
    ),
    "too_many_rows": _(
        "This file has more than %(maximum)s rows: delete the empty rows at the end, or cut it "
        "in several files."
    ),
    "too_many_columns": _(
        "This file has more than %(maximum)s columns: delete what is far to the right."
    ),
    "too_many_cells": _("This file has more than %(maximum)s cells: cut it in several files."),
}

IN_SHEET = _("Sheet “%(sheet)s”: %(reason)s")


def unreadable_in_words(error: UnreadableWorkbook) -> str:
    """Why a whole file cannot be read, where, and what to do."""
    params = {
        name: number_format(value, force_grouping=True) if isinstance(value, int) else value
        for name, value in error.params.items()
    }
    reason = UNREADABLE[error.reason] % params
    if sheet := params.get("sheet"):
        return IN_SHEET % {"sheet": sheet, "reason": reason}
    return str(reason)
