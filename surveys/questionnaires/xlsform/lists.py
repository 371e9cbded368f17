"""The lists of choices of a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform.tables import Line, Table
from surveys.questionnaires.xlsform.vocabulary import LABEL, LIST_NAME, NAME, YES, Tokens


@dataclass
class Lists:
    """`lines` are the rows of each list; `unread` what of them has no use, once per column."""

    table: Table
    lines: dict[str, list[Line]] = field(default_factory=dict)
    exists: bool = True

    def choices(self, name: str) -> list[Line]:
        """The rows of a list, without those that say again a choice that was said."""
        kept: dict[str, Line] = {}
        for line in self.lines.get(name, []):
            kept.setdefault(line[NAME], line)
        return list(kept.values())

    @property
    def other_columns(self) -> list[Tokens]:
        """The columns that say neither a list, nor a code, nor a label."""
        return [
            column
            for column in self.table.headers
            if column not in {LIST_NAME, NAME} and column[:1] != LABEL
        ]


def lists_of(table: Table, settings: Line | None, problems: list[Remark]) -> Lists:
    """The lists of the choices' sheet; what is wrong in them is added to the problems."""
    if table.lines and NAME not in table.headers:
        reason = _("The codes of the choices are missing: add a column “name”.")
        problems.append(table.remark(1, NAME, "", reason))
    elif table.lines and LIST_NAME not in table.headers:
        reason = _("The names of the lists are missing: add a column “list_name”.")
        problems.append(table.remark(1, LIST_NAME, "", reason))
    by_list: dict[str, list[Line]] = defaultdict(list)
    for line in table.lines:
        if line[LIST_NAME]:
            by_list[line[LIST_NAME]].append(line)
    may_repeat = settings is not None and settings[("allow_choice_duplicates",)] in YES
    for lines in by_list.values():
        problems += _faults(table, lines, may_repeat)
    return Lists(table, dict(by_list))


def _faults(table: Table, lines: Iterable[Line], may_repeat: bool) -> Iterable[Remark]:
    if NAME not in table.headers:
        return
    seen: dict[str, int] = {}
    for line in lines:
        name = line[NAME]
        if not name:
            reason = _("This choice has no code: fill in “name”.")
            yield table.remark(line.number, NAME, line[LABEL], reason)
        elif name in seen and not may_repeat:
            reason = _(
                "The choice “%(code)s” is already in this list, on row %(first)s: remove one, or "
                "change its code."
            )
            yield table.remark(line.number, NAME, name, reason, code=name, first=seen[name])
        seen.setdefault(name, line.number)
