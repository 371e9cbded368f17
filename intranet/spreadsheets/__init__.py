"""Workbooks that people bring, read without trusting them. Plain Python.

`read_workbook` reads `.xlsx`, `.xls`, `.ods` and delimited text (`.csv`, `.tsv`), told apart by
what they hold, not by their name. Workbooks are read in a process of their own with little
memory and little time (see `child`), because the libraries that read them can be made to
abort; delimited text is read here (see `delimited`).
"""

from intranet.spreadsheets.delimited import decoded, delimited_rows
from intranet.spreadsheets.guarded import read_workbook
from intranet.spreadsheets.sheets import (
    Cell,
    Limits,
    Sheet,
    UnreadableWorkbook,
    Workbook,
    cell_name,
    text_of,
)

__all__ = [
    "Cell",
    "Limits",
    "Sheet",
    "UnreadableWorkbook",
    "Workbook",
    "cell_name",
    "decoded",
    "delimited_rows",
    "read_workbook",
    "text_of",
]
