"""What of a form has no effect here: one sentence each, where it stands."""

from collections.abc import Iterator

from surveys.questionnaires.expressions import ExpressionProblem
from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.form import Form
from surveys.questionnaires.xlsform.lists import Lists
from surveys.questionnaires.xlsform.tables import Line, is_of, text_of
from surveys.questionnaires.xlsform.tree import Node, Tree, is_answered
from surveys.questionnaires.xlsform.vocabulary import (
    APPEARANCE,
    CALCULATION,
    CHOICE_FILTER,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    DEFAULT,
    DISABLED,
    HINT,
    LABEL,
    LIST_NAME,
    NAME,
    NO,
    OWN,
    PARAMETERS,
    RELEVANT,
    REQUIRED,
    REQUIRED_MESSAGE,
    TYPE,
    YES,
    Tokens,
)

KEPT = _("Kept for the export, without effect here.")
COLUMN_REASONS: dict[Tokens, str] = {
    CHOICE_FILTER: _("All the choices are offered; the filter is kept for the export."),
    ("media",): _("Pictures, sounds and videos are not shown here; kept for the export."),
    ("guidance_hint",): _("This advice for interviewers is not shown; kept for the export."),
    ("bind", "readonly"): _("The answer can be changed here; kept for the export."),
    ("control", "jr:count"): _("The group is asked once; the number is kept for the export."),
    ("trigger",): _("A value is not worked out anew when another changes; kept for the export."),
}
USED_APPEARANCES = frozenset(
    {"minimal", "likert", "multiline", "table-list", "field-list", "autocomplete"}
)
USED_SETTINGS = frozenset(
    {
        *("title", "id_string", "version", "name", "default_language"),
        *("allow_choice_duplicates", "clean_text_values"),
    }
)
USED_COLUMNS: tuple[Tokens, ...] = (
    *(NAME, TYPE, LABEL, HINT, RELEVANT, CONSTRAINT, CALCULATION, REQUIRED, DEFAULT),
    *(REQUIRED_MESSAGE, CONSTRAINT_MESSAGE, APPEARANCE, DISABLED, OWN, PARAMETERS),
)


def about(form: Form, tree: Tree, taken: list[Node]) -> Iterator[Remark]:
    """Everything that is kept but does nothing, or is left out; `taken` is what is asked."""
    yield from _about_columns(form, taken)
    for node in taken:
        yield from _about_row(form, node)
    yield from _about_appearances(form, taken)
    yield from _about_choices(form.lists, {node.type.list_name for node in tree.nodes})
    yield from _about_settings(form)
    yield from _about_sheets(form)


# -- The survey ------------------------------------------------------------------------------


def _about_columns(form: Form, taken: list[Node]) -> Iterator[Remark]:
    """Once per column, at the first row that uses it."""
    table = form.survey
    seen = set()
    for node in taken:
        for column, text in node.line.cells.items():
            if column in seen or any(is_of(column, one) for one in USED_COLUMNS):
                continue
            seen.add(column)
            yield table.remark(node.line.number, column, text[:200], _reason_of_column(column))


def _reason_of_column(column: Tokens) -> str:
    for beginning, reason in COLUMN_REASONS.items():
        if column[: len(beginning)] == beginning:
            return reason
    return KEPT


def _about_row(form: Form, node: Node) -> Iterator[Remark]:
    line = node.line
    for column, reason in _reasons_of_row(node):
        yield form.survey.remark(line.number, column, line[column][:200], reason)
    for column, text in line.cells.items():
        if (is_of(column, LABEL) or is_of(column, HINT)) and "${" in text:
            reason = _("Answers are not put into texts: this one is shown as it is written.")
            yield form.survey.remark(line.number, column, text[:200], reason)
    if not node.is_group and node.code != node.name:
        reason = _("This name is taken or has other characters: the code is “%(code)s” here.")
        yield form.survey.remark(line.number, NAME, node.name, reason, code=node.code)


def _reasons_of_row(node: Node) -> Iterator[tuple[Tokens, str]]:
    line = node.line
    if node.type.control in {"repeat", "loop"}:
        yield TYPE, _("What repeats is asked once; the repetition is kept for the export.")
    if node.is_group:
        if line[REQUIRED] or line[CONSTRAINT]:
            yield (REQUIRED if line[REQUIRED] else CONSTRAINT), KEPT
        if line[HINT]:
            yield HINT, KEPT
        return
    if node.type.kind == "ranking" and node.type.or_other:
        yield TYPE, _("A ranking has no “other, specify” here; kept for the export.")
    if is_answered(node) and line[REQUIRED] not in {"", *YES, *NO}:
        yield REQUIRED, _("A question is required always or never: this one is not.")
    if not is_answered(node) and line[CONSTRAINT]:
        yield CONSTRAINT, _("Only answers are checked: this check is kept for the export.")
    if node.type.kind != "computed" and line[CALCULATION]:
        yield CALCULATION, _("The answer is not worked out; kept for the export.")
    if node.type.kind == "rating" and _has_other_parameters(line):
        yield PARAMETERS, _("Marks and their labels are not shown; kept for the export.")
    if node.type.kind != "rating" and line[PARAMETERS]:
        yield PARAMETERS, KEPT


def _has_other_parameters(line: Line) -> bool:
    return bool(set(vocabulary.parameters_in(line[PARAMETERS]) or ()) - {"start", "end", "step"})


def _about_appearances(form: Form, taken: list[Node]) -> Iterator[Remark]:
    seen = set(USED_APPEARANCES)
    for node in taken:
        for word in node.line[APPEARANCE].split():
            if word not in seen:
                seen.add(word)
                yield form.survey.remark(node.line.number, APPEARANCE, word, KEPT)


# -- The other sheets ------------------------------------------------------------------------


def _about_choices(lists: Lists, used: set[str]) -> Iterator[Remark]:
    for column in lists.other_columns:
        first = next((line for line in lists.table.lines if line[column]), None)
        if first is not None:
            reason = _reason_of_column(column)
            yield lists.table.remark(first.number, column, first[column][:200], reason)
    for line in lists.table.lines:
        if not line[LIST_NAME]:
            reason = _("This choice belongs to no list: it is left out.")
            yield lists.table.remark(line.number, LIST_NAME, line[NAME], reason)
    for name, lines in lists.lines.items():
        if name not in used:
            reason = _("No question uses this list: it is kept for the export.")
            yield lists.table.remark(lines[0].number, LIST_NAME, name, reason)
            continue
        kept = {id(line) for line in lists.choices(name)}
        for line in lines:
            if id(line) not in kept:
                reason = _(
                    "Another choice of this list has the same code: this one is not offered, but "
                    "kept for the export."
                )
                yield lists.table.remark(line.number, NAME, line[NAME], reason)
            elif " " in line[NAME]:
                reason = _("This code has a space: give it another before publishing.")
                yield lists.table.remark(line.number, NAME, line[NAME], reason)
            elif "${" in "".join(line.beginning(LABEL).values()):
                reason = _("Answers are not put into texts: this one is shown as it is written.")
                yield lists.table.remark(line.number, LABEL, line[NAME], reason)


def _about_settings(form: Form) -> Iterator[Remark]:
    table = form.settings
    for column, text in form.setting.cells.items():
        if column[0] not in USED_SETTINGS:
            yield table.remark(form.setting.number, column, text[:200], KEPT)


def _about_sheets(form: Form) -> Iterator[Remark]:
    for sheet in form.others:
        number, cells = sheet.rows[0]
        what = next((text_of(cell) for cell in cells if text_of(cell)), "")
        known = sheet.name.lower() in vocabulary.SHEETS
        reason = KEPT if known else _("This sheet is no part of the form: it is left out.")
        yield Remark(sheet.name, number, "", what[:200], reason)


# -- Expressions -----------------------------------------------------------------------------

NOT_UNDERSTOOD = _("This expression cannot be followed here; it is kept for the export.")
REASONS_OF_FAULTS = {
    "unknown_function": _(
        "The function “%(name)s” is not understood here; the expression is kept for the export."
    ),
    "unknown_question": _(
        "This expression names “%(code)s”, which is not taken; it is kept for the export."
    ),
    "unknown_choice": _("“%(choice)s” is not among the choices of “%(code)s”: correct one."),
    "unknown_row": _(
        "This expression names “%(code)s”, which is not taken; it is kept for the export."
    ),
    "self_reference": _(
        "This expression depends on its own question: it cannot be followed, but is kept for the "
        "export."
    ),
    "own_value_elsewhere": _(
        "The dot stands for an answer in a check only: this expression is kept for the export."
    ),
    "cycle": _(
        "These expressions depend on one another in a circle: they are kept for the export."
    ),
    "pattern_not_written": _(
        "A pattern is read where it is written, not worked out: this is kept for the export."
    ),
    "bad_pattern": _("This pattern cannot be read; the expression is kept for the export."),
}


def reason_of(fault: ExpressionProblem) -> tuple[str, dict]:
    params = fault.params if fault.reason in REASONS_OF_FAULTS else {}
    return REASONS_OF_FAULTS.get(fault.reason, NOT_UNDERSTOOD), params
