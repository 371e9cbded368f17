"""What an import kept for the export: cells, and whole rows, that have no effect here."""

import json
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import COMPUTED, Carried, Definition
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.names import Names
from surveys.questionnaires.xlsform.tables import column_of, header_of, is_of
from surveys.questionnaires.xlsform.vocabulary import (
    CALCULATION,
    DEFAULT,
    DISABLED,
    LABEL,
    NAME,
    OWN,
    TYPE,
    Tokens,
)

ABOUT_THE_ROW = frozenset({"type", "name", "list_name", "choices", "row", "after"})
"""Keys that say how the row is written, and are no columns."""

COMPOUND = frozenset({"bind", "control", "media", "instance"})
PLAIN = frozenset(
    {"choice_filter", "trigger", "guidance_hint", "default", "parameters", "hint", "sms_field"}
)
NEVER = (TYPE, NAME, LABEL, OWN, DISABLED)


@dataclass(frozen=True)
class RowBrought:
    """A row of the file that is no question here, and where it stood: in which group, after
    which question or group."""

    cells: dict[Tokens, str]
    holder: str
    after: str

    @property
    def name(self) -> str:
        return self.cells.get(NAME, "")

    @property
    def texts(self) -> list[str]:
        return [text for column, text in self.cells.items() if column not in {NAME, TYPE}]


def objects_in(text: str, kind: type) -> list[Any]:
    """The items of this kind of a list in JSON; none in what is no such list."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [item for item in items if isinstance(item, kind)] if isinstance(items, list) else []


def cells_in(item: Any, role: str = "survey") -> dict[Tokens, str]:
    if not isinstance(item, dict):
        return {}
    return {column_of(header, role): text for header, text in item.items() if isinstance(text, str)}


def rows_brought(definition: Definition) -> list[RowBrought]:
    """The rows that an import did not take, those that a form can still have."""
    rows: list[RowBrought] = []
    seen: set[tuple[str, str]] = set()
    for item in objects_in(definition.carried.get("survey", "[]"), dict):
        row = RowBrought(
            cells_in(item.get("cells")), str(item.get("in", "")), str(item.get("after", ""))
        )
        if _may_be_written(row) and (row.holder, row.name) not in seen:
            seen.add((row.holder, row.name))
            rows.append(row)
    return rows


def _may_be_written(row: RowBrought) -> bool:
    kind = vocabulary.row_type(row.cells.get(TYPE, ""))
    if kind is None or kind.control or kind.ends or kind.reason == vocabulary.NO_OPEN_STREET_MAP:
        return False
    if kind.kind == COMPUTED:
        return bool(row.cells.get(CALCULATION) or row.cells.get(DEFAULT))
    return kind.written == "audit" or vocabulary.XML_NAME.fullmatch(row.name) is not None


def columns_of(carried: Carried, names: Names) -> dict[Tokens, str]:
    """The cells that an element brought along and that the form can still have."""
    found: dict[Tokens, str] = {}
    for header, text in carried.items():
        column = column_of(header)
        is_column = header not in ABOUT_THE_ROW and header == header_of(column)
        if is_column and _may_be_column(column) and text.strip() and names.knows(text):
            found[column] = text
    if not any(column[:2] == ("media", "image") for column in found):
        found = {one: text for one, text in found.items() if one[:2] != ("media", "big-image")}
    return found


def _may_be_column(column: Tokens) -> bool:
    if not all(part.strip() == part and part for part in column):
        return False
    if any(is_of(column, one) for one in NEVER):
        return False
    if column[0] in COMPOUND:
        return len(column) >= 2 and column[:2] != ("control", "appearance")
    if column[0] in PLAIN:
        return True
    return column[0] not in vocabulary.SURVEY_COLUMNS and not column[0].startswith("_")
