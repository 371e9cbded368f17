"""What a workbook is once it has been read. Plain Python."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

Cell = str | int | float | bool | date | datetime | time
"""What a cell says; the empty text when it is empty. A formula is what it last gave."""


class UnreadableWorkbook(Exception):
    """The file as a whole cannot be read: why, as a code, and what the sentence needs.

    `wording.unreadable_in_words` tells it to a person.
    """

    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


@dataclass(frozen=True)
class Limits:
    """How much is read. Sizes are in bytes, `text` counts what all the cells say together."""

    size: int = 20 * 1024 * 1024
    unpacked: int = 150 * 1024 * 1024
    members: int = 2_000
    sheets: int = 100
    rows: int = 100_000
    columns: int = 2_000
    cells: int = 2_000_000
    text: int = 32 * 1024 * 1024
    memory: int = 256 * 1024 * 1024
    seconds: int = 8


@dataclass(frozen=True)
class Sheet:
    """`rows` are those that say something, each with the number that a person sees beside it.

    The cells of a row begin in column A and end with the last that is filled. `uncalculated`
    names the cells (`C12`) whose formula was never worked out, so that they look empty.
    """

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    uncalculated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbook:
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, whatever its case."""
        wanted = name.strip().casefold()
        return next((one for one in self.sheets if one.name.strip().casefold() == wanted), None)


def text_of(cell: Cell) -> str:
    """A cell as a person would type it: whole numbers without decimals, dates as in ISO 8601."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def cell_name(row: int, column: int) -> str:
    """`C12` for the third column (counted from 1) of row 12."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
