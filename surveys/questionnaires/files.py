"""Files that describe a questionnaire, told apart by what they hold. Plain Python."""

from pathlib import PurePath

from intranet.spreadsheets import Workbook, read_workbook
from surveys.questionnaires import limesurvey
from surveys.questionnaires.interchange import Imported, Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import read_xlsform


def read_questionnaire(content: bytes, *, name: str) -> Imported:
    """The questionnaire of an XLSForm or of a file of LimeSurvey, and what is not taken of it.

    `name` is the file's. Raises `MalformedQuestionnaire`, or `UnreadableWorkbook` when it is not
    even a file to read.
    """
    if limesurvey.is_limesurvey(content):
        return limesurvey.read(content)
    workbook = read_workbook(content)
    imported = read_xlsform(workbook.sheets, name=PurePath(name).stem)
    return Imported(imported.definition, (*imported.unsupported, *_uncalculated(workbook)))


def _uncalculated(workbook: Workbook) -> list[Remark]:
    reason = _("This formula was never calculated: open the file, save it, import it again.")
    found = []
    for sheet in workbook.sheets:
        for cell in sheet.uncalculated:
            column = cell.rstrip("0123456789")
            found.append(Remark(sheet.name, int(cell[len(column) :]), column, cell, reason))
    return found
