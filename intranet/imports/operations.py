"""Taking a file into the directory, or saying what would be taken."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.results import RowResult

from intranet.imports.kinds import Kind
from intranet.imports.resources import LINE, RESOURCES, Double, LineResource
from intranet.imports.tables import Table


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass(frozen=True)
class Change:
    """One field of what is there already: what it says, and what the file says."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Written:
    """A line that goes in: what it is about, and what changes if it is there already."""

    line: int
    name: str
    changes: list[Change] = field(default_factory=list)


@dataclass
class Report:
    """What became of each line of a file. `line` is the number beside the row in the file."""

    new: list[Written] = field(default_factory=list)
    changed: list[Written] = field(default_factory=list)
    unchanged: int = 0
    doubles: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def counted(self) -> dict[str, Any]:
        """As commands tell it: figures, and the lines that did not go in."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "doubles": [asdict(one) for one in self.doubles],
            "refused": [asdict(one) for one in self.refused],
        }


@transaction.atomic
def import_table(*, kind: Kind, table: Table, check: bool = False) -> Report:
    """Take the lines of a table into the directory; with `check`, undo every write.

    A line that is refused is named with its reason, and the others go in. Doing it twice
    changes nothing the second time.
    """
    resource = RESOURCES[kind]()
    dataset = tablib.Dataset(headers=[LINE, *table.columns])
    for line in table.lines:
        dataset.append([str(line.number), *(line.values[name] for name in table.columns)])
    result = resource.import_data(dataset, dry_run=check)
    for failed in result.row_errors():
        # Not the line's fault: nothing was written, and the traceback is for those who build.
        raise failed[1][0].error
    report = Report()
    for line, row in zip(table.lines, _every_row(result), strict=True):
        _tell(report, resource, line.number, row)
    return report


def _every_row(result: Any) -> Iterable[RowResult]:
    return result.rows


def _tell(report: Report, resource: LineResource, line: int, row: RowResult) -> None:
    if row.validation_error is not None:
        reason = in_words(row.validation_error, resource.get_queryset().model)
        kept = report.doubles if isinstance(row.validation_error, Double) else report.refused
        kept.append(Refusal(line, reason))
    elif row.import_type == RowResult.IMPORT_TYPE_NEW:
        report.new.append(Written(line, str(row.instance)))
    elif row.import_type == RowResult.IMPORT_TYPE_UPDATE:
        changes = _changes(resource, row.original, row.instance)
        report.changed.append(Written(line, str(row.instance), changes))
    else:
        report.unchanged += 1


def _changes(resource: LineResource, before: models.Model, after: models.Model) -> list[Change]:
    shown = (one.attribute for one in resource.fields.values() if one.attribute != "territories")
    told = [(name, _shown(before, name), _shown(after, name)) for name in shown]
    return [Change(_label(after, name), was, is_now) for name, was, is_now in told if was != is_now]


def _label(model: models.Model | type[models.Model], name: str) -> str:
    return capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name)))


def _shown(instance: models.Model, name: str) -> str:
    display = getattr(instance, f"get_{name}_display", None)
    value = display() if display else getattr(instance, name)
    return "" if value is None else str(value)


def in_words(error: ValidationError, model: type[models.Model]) -> str:
    """All that is wrong with a line, each fault after the name of its column."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    columns = {one.name for one in model._meta.get_fields()}
    sentences = []
    for name, messages in error.message_dict.items():
        reason = " ".join(messages)
        if name in columns:
            label = _label(model, name)
            reason = _("%(column)s: %(reason)s") % {"column": label, "reason": reason}
        sentences.append(reason)
    return " ".join(sentences)
