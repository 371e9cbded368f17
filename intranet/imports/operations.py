"""Taking a file into the directory, or saying what would be taken."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import tablib
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.results import RowResult

from intranet.accounts.models import User
from intranet.imports.kinds import Kind
from intranet.imports.models import ImportRun
from intranet.imports.resources import LINE, RESOURCES, Double, LineResource
from intranet.imports.tables import Line, Table
from intranet.jobs.operations import enqueue
from intranet.jobs.progress import tell_progress

AT_A_TIME: Final = 100
KEPT_FOR: Final = timedelta(days=7)
"""How long what a file held is kept: it names people."""


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

    def add(self, other: "Report") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.doubles += other.doubles
        self.refused += other.refused

    def counted(self) -> dict[str, Any]:
        """As commands tell it: figures, and the lines that did not go in."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "doubles": [asdict(one) for one in self.doubles],
            "refused": [asdict(one) for one in self.refused],
        }


class Importer:
    """Takes the lines of a table into the directory, some at a time, in their order."""

    def __init__(self, *, kind: Kind, table: Table) -> None:
        self.table = table
        self.resource = RESOURCES[kind]()
        self.resource.prepare()

    def batches(self) -> Iterator[list[Line]]:
        """As many lines as one transaction may hold without making others wait."""
        lines = self.table.lines
        for start in range(0, len(lines), AT_A_TIME):
            yield lines[start : start + AT_A_TIME]
            tell_progress(start + AT_A_TIME, len(lines))

    def take(self, lines: list[Line], *, check: bool = False) -> Report:
        """What became of these lines; with `check`, nothing is written."""
        dataset = tablib.Dataset(headers=[LINE, *self.table.columns])
        for line in lines:
            values = (line.values[name] for name in self.table.columns)
            dataset.append([str(line.number), *values])
        result = self.resource.import_data(dataset, dry_run=check)
        for _row, errors in result.row_errors():
            # Not the line's fault: it is for those who build.
            raise errors[0].error
        report = Report()
        for line, row in zip(lines, result.rows, strict=True):
            _tell(report, self.resource, line.number, row)
        return report


def import_table(*, kind: Kind, table: Table, check: bool = False) -> Report:
    """Take the lines of a table into the directory; with `check`, only say what would be.

    A line that is refused is named with its reason, and the others go in. Doing it twice
    changes nothing the second time.
    """
    importer, report = Importer(kind=kind, table=table), Report()
    for lines in importer.batches():
        with transaction.atomic():
            report.add(importer.take(lines, check=check))
    return report


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


# -- In the background -------------------------------------------------------------------


class AlreadyConfirmed(Exception):
    """Somebody confirmed this import a moment ago."""


@transaction.atomic
def begin_import(*, kind: Kind, file_name: str, table: Table, by: User, at: datetime) -> ImportRun:
    """Keep what a file holds, and have it checked. Nothing is written to the directory."""
    run = ImportRun.objects.create(
        kind=kind,
        file_name=file_name[:200],
        table={
            "columns": list(table.columns),
            "lines": [[line.number, line.values] for line in table.lines],
        },
        asked_by=by,
        asked_at=at,
    )
    _ask(run, "intranet.imports.tasks.check_import")
    return run


@transaction.atomic
def confirm_import(*, run: ImportRun) -> None:
    """Have the lines of a checked file go in. Raises `AlreadyConfirmed`."""
    ready = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.READY)
    nothing = asdict(Report())
    if not ready.update(state=ImportRun.State.IMPORTING, report=nothing, position=0):
        raise AlreadyConfirmed
    run.refresh_from_db()
    _ask(run, "intranet.imports.tasks.carry_out_import")


@transaction.atomic
def retry_import(*, run: ImportRun) -> None:
    """Ask again for what failed."""
    is_checking = run.state == ImportRun.State.CHECKING
    _ask(run, f"intranet.imports.tasks.{'check' if is_checking else 'carry_out'}_import")


def check_import(*, run_id: UUID) -> None:
    """Say what a file would change, and write nothing else. Doing it twice does no harm."""
    run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.CHECKING).first()
    if run is not None:
        found = import_table(kind=run.kind_of(), table=run.as_table(), check=True)
        run.report, run.state = asdict(found), ImportRun.State.READY
        run.save(update_fields=["report", "state"])


def carry_out_import(*, run_id: UUID, at: datetime) -> None:
    """Have the lines go in; what is said is what happened, whatever the preview said.

    Lines go in together with their part of the report. A job that is started again passes over
    those that went in before: their second time changes nothing, and is not told.
    """
    run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.IMPORTING).first()
    if run is None:
        return
    importer, passed = Importer(kind=run.kind_of(), table=run.as_table()), 0
    for lines in importer.batches():
        passed += len(lines)
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=run_id)
            done = importer.take(lines)
            if passed > run.position:
                report = Report(**run.report)
                report.add(done)
                run.report, run.position = asdict(report), passed
                run.save(update_fields=["report", "position"])
    ImportRun.objects.filter(pk=run_id, state=ImportRun.State.IMPORTING).update(
        state=ImportRun.State.DONE, done_at=at, table={}
    )


def purge_imports(*, at: datetime) -> None:
    ImportRun.objects.filter(asked_at__lt=at - KEPT_FOR).delete()


def _ask(run: ImportRun, task: str) -> None:
    run.job = enqueue(task, run.pk)
    run.save(update_fields=["job"])
