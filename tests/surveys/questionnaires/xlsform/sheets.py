"""Workbooks written in the tests, and what the reference reader, pyxform, makes of them."""

import io
import json
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from pyxform.builder import create_survey_element_from_dict
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from surveys.questionnaires.definition import Definition
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire
from surveys.questionnaires.xlsform import read_xlsform, workbook_of, xlsform_of

Rows = list[list[Any]]


@dataclass(frozen=True)
class Sheet:
    """A sheet in memory, as a reader gives it."""

    name: str
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)


def in_memory(**sheets: Rows) -> list[Sheet]:
    return [
        Sheet(
            name,
            [
                (number, ["" if cell is None else cell for cell in row])
                for number, row in enumerate(rows, start=1)
                if any(cell not in {None, ""} for cell in row)
            ],
        )
        for name, rows in sheets.items()
    ]


def workbook(**sheets: Rows) -> bytes:
    """The bytes of a workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def imported(**sheets: Rows) -> Imported:
    return read_xlsform(in_memory(**sheets), name="enquete")


def read(**sheets: Rows) -> Definition:
    return imported(**sheets).definition


def refused(**sheets: Rows) -> list[tuple[str, int | None, str]]:
    """Where the workbook is refused."""
    try:
        imported(**sheets)
    except MalformedQuestionnaire as error:
        return [(problem.sheet, problem.row, problem.column) for problem in error.problems]
    return []


def named(**sheets: Rows) -> list[tuple[str, int | None, str]]:
    """Where something is that is not taken."""
    return [(one.sheet, one.row, one.column) for one in imported(**sheets).unsupported]


def exported(definition: Definition) -> bytes:
    return workbook_of(xlsform_of(definition, form_id="enquete"))


def read_file(content: bytes) -> Definition:
    """What a file says, read in this process: the guarded reader takes its time."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }
    return read(**sheets)


def pyxform_json(content: bytes) -> dict[str, Any]:
    """What pyxform reads in the sheets, row by row."""
    return workbook_to_json(get_xlsform(content), fallback_form_name="enquete")


def pyxform_form(content: bytes) -> str:
    """The form that pyxform makes of a workbook, or its refusal."""
    survey = create_survey_element_from_dict(json.loads(json.dumps(pyxform_json(content))))
    return survey.to_xml(validate=False)


def without_identities(definition: Definition) -> Any:
    """What a definition says, identities aside: groups and parents are named by their code."""
    data = definition.to_json()
    for section in data.get("sections", []):
        codes = {group["id"]: group["code"] for group in section.get("groups", [])}
        for item in [*section.get("groups", []), *section.get("questions", [])]:
            for link in {"group", "parent"} & item.keys():
                item[link] = codes[item[link]]
    return _without_ids(data)


def _without_ids(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_ids(value) for key, value in data.items() if key != "id"}
    if isinstance(data, list):
        return [_without_ids(item) for item in data]
    return data
