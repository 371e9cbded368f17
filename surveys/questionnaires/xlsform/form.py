"""The sheets that make a form, found in a workbook."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.lists import Lists, lists_of
from surveys.questionnaires.xlsform.tables import (
    Line,
    RawSheet,
    Table,
    table_of,
    text_of,
    without_double_spaces,
)
from surveys.questionnaires.xlsform.tree import read_own
from surveys.questionnaires.xlsform.vocabulary import NAME, NO, OWN, SHEETS


@dataclass
class Form:
    survey: Table
    lists: Lists
    settings: Table
    others: list[RawSheet]
    noted: dict

    @property
    def setting(self) -> Line:
        return self.settings.lines[0] if self.settings.lines else Line(0, {})


def form_of(sheets: Sequence[RawSheet], problems: list[Remark]) -> Form | None:
    named = {sheet.name.lower(): sheet for sheet in sheets if sheet.name.lower() in SHEETS}
    if len(sheets) == 1 and "survey" not in named:
        named = {"survey": sheets[0]}
    if "survey" not in named:
        problems.append(_no_survey(sheets))
        return None
    _refuse_other_case(named, problems)
    survey = table_of(named["survey"], "survey", problems)
    settings = _table(named, "settings", problems)
    choices = _table(named, "choices", problems)
    first = settings.lines[0] if settings.lines else None
    if first is None or first[("clean_text_values",)] not in NO:
        survey = without_double_spaces(survey)
    lists = lists_of(choices, first, problems)
    lists.exists = "choices" in named
    used = {id(named[role]) for role in ("survey", "choices", "settings") if role in named}
    own_sheet = next((one for one in sheets if one.name == vocabulary.OWN_SHEET), None)
    noted = "".join(text_of(row[0]) for _number, row in own_sheet.rows if row) if own_sheet else ""
    others = [one for one in sheets if id(one) not in used and one is not own_sheet and one.rows]
    notes = read_own(noted)
    survey = _with_notes_put_aside(survey, notes.get("beside"))
    return Form(survey, lists, settings, others, notes)


def _with_notes_put_aside(survey: Table, aside: object) -> Table:
    """The survey with the notes that were too long for a cell."""
    if not isinstance(aside, dict):
        return survey
    lines = (
        Line(line.number, {**line.cells, OWN: json.dumps(aside[line[NAME]])})
        if line[NAME] in aside
        else line
        for line in survey.lines
    )
    return Table(survey.name, survey.headers, tuple(lines))


def _table(named: dict[str, RawSheet], role: str, problems: list[Remark]) -> Table:
    return table_of(named[role], role, problems) if role in named else Table(role)


def _no_survey(sheets: Sequence[RawSheet]) -> Remark:
    names = ", ".join(sheet.name for sheet in sheets)
    reason = _(
        "No sheet is called “survey”, with the questions in it: rename the one that has them. "
        "This file has: %(names)s."
    )
    return Remark(sheets[0].name if sheets else "", None, "", names, reason, {"names": names})


def _refuse_other_case(named: dict[str, RawSheet], problems: list[Remark]) -> None:
    # "Survey" and "Choices" are read; "survey" and "Choices" was a slip, which older tools
    # answer by reading no choices at all.
    choices = named.get("choices")
    if choices is None or named["survey"].name != "survey" or choices.name == "choices":
        return
    reason = _("The sheet “%(name)s” is misnamed: call it “choices”, as “survey” is written.")
    problems.append(Remark(choices.name, 1, "", choices.name, reason, {"name": choices.name}))
