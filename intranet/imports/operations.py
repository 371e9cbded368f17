"""Taking a file into the directory, or saying what would be taken."""

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import tablib
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.results import RowResult

from intranet.accounts.models import User
from intranet.imports.kinds import Kind
from intranet.imports.models import ImportRun
from intranet.imports.resources import LINE, RESOURCES, Double, LineResource, PossibleDouble
from intranet.imports.tables import Line, Table
from intranet.jobs.operations import enqueue
from intranet.jobs.progress import tell_progress
from intranet.network.operations import AlreadyMember

AT_A_TIME: Final = 100
KEPT_FOR: Final = timedelta(days=7)
"""How long what a file held is kept: it names people."""
PAUSE_SECONDS: Final = 0.1
TRIES: Final = 5
"""How often lines are taken again when somebody writes the same at the same moment."""
CONFLICTS: Final = (IntegrityError, OperationalError, AlreadyMember)


class StillWritten(Exception):
    """Others keep on writing the same lines: later, nothing stands in the way."""


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass(frozen=True)
class Likeness(Refusal):
    """A line that looks like what is there, and goes in only if somebody says that it is not."""

    name: str


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
    possible: list[Likeness] = field(default_factory=list)
    doubles: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.possible += other.possible
        self.doubles += other.doubles
        self.refused += other.refused

    def counted(self) -> dict[str, Any]:
        """As commands tell it: figures, and the lines that did not go in."""
        alike = [Refusal(one.line, one.reason) for one in self.possible]
        doubles = sorted([*self.doubles, *alike], key=lambda one: one.line)
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "doubles": [asdict(one) for one in doubles],
            "refused": [asdict(one) for one in self.refused],
        }

    def counts(self) -> dict[str, int]:
        """The same, without a word of what the file says."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "doubles": len(self.possible) + len(self.doubles),
            "refused": len(self.refused),
        }


class Importer:
    """Takes the lines of a table into the directory, some at a time, in their order.

    `kept` are the lines that look like what is there, and that somebody wants all the same.
    """

    def __init__(self, *, kind: Kind, table: Table, kept: Collection[int] = ()) -> None:
        self.table = table
        self.resource = RESOURCES[kind]()
        self.resource.kept = frozenset(map(str, kept))
        self.resource.prepare()

    def batches(self) -> Iterator[list[Line]]:
        """As many lines as one transaction may hold without making others wait."""
        lines = self.table.lines
        for start in range(0, len(lines), AT_A_TIME):
            yield lines[start : start + AT_A_TIME]
            tell_progress(start + AT_A_TIME, len(lines))

    def put_in(self, lines: list[Line], *, tell: Callable[[Report], None] | None = None) -> Report:
        """Have lines go in together; what `tell` writes goes with them.

        Two imports wait for each other, and read what the other wrote. When a person writes the
        same on a screen, the lines are taken again; `StillWritten` when that does not help.
        """
        for attempt in range(TRIES):
            time.sleep(attempt * PAUSE_SECONDS)
            seen = dict(self.resource.seen)
            try:
                with transaction.atomic():
                    _wait_for_one_another()
                    self.resource.prepare()
                    report = self.take(lines)
                    if tell:
                        tell(report)
            except CONFLICTS as error:
                conflict = error
                self.resource.seen = seen
            else:
                return report
        raise StillWritten from conflict

    def take(self, lines: list[Line], *, check: bool = False) -> Report:
        """What became of these lines; with `check`, nothing is written."""
        dataset = tablib.Dataset(headers=[LINE, *self.table.columns])
        for line in lines:
            values = (line.values[name] for name in self.table.columns)
            dataset.append([str(line.number), *values])
        result = self.resource.bring(dataset, check=check)
        for _row, errors in result.row_errors():
            # Not the line's fault: it is for those who build.
            raise errors[0].error
        report = Report()
        for line, row in zip(lines, result.rows, strict=True):
            _tell(report, self.resource, line.number, row)
        return report


def _wait_for_one_another() -> None:
    """Until the end of the transaction, no other import writes."""
    key = ContentType.objects.get_for_model(ImportRun).pk
    ContentType.objects.select_for_update(no_key=True).get(pk=key)


def import_table(
    *, kind: Kind, table: Table, check: bool = False, kept: Collection[int] = ()
) -> Report:
    """Take the lines of a table into the directory; with `check`, only say what would be.

    A line that is refused is named with its reason, and the others go in. Doing it twice
    changes nothing the second time.
    """
    importer, report = Importer(kind=kind, table=table, kept=kept), Report()
    for lines in importer.batches():
        report.add(importer.take(lines, check=True) if check else importer.put_in(lines))
    return report


def _tell(report: Report, resource: LineResource, line: int, row: RowResult) -> None:
    if row.validation_error is not None:
        reason = in_words(row.validation_error, resource.get_queryset().model)
        if isinstance(row.validation_error, PossibleDouble):
            report.possible.append(Likeness(line, reason, row.validation_error.name))
        elif isinstance(row.validation_error, Double):
            report.doubles.append(Refusal(line, reason))
        else:
            report.refused.append(Refusal(line, reason))
    elif row.import_type == RowResult.IMPORT_TYPE_NEW:
        report.new.append(Written(line, str(row.instance)))
    elif row.import_type == RowResult.IMPORT_TYPE_UPDATE:
        changes = _changes(resource, row.original, row.instance, resource.several.get(line, {}))
        report.changed.append(Written(line, str(row.instance), changes))
    else:
        report.unchanged += 1


def _changes(
    resource: LineResource,
    before: models.Model,
    after: models.Model,
    several: dict[str, tuple[str, str]],
) -> list[Change]:
    """Field by field; `several` are the fields of several values, before and after."""
    names = [one.attribute for one in resource.fields.values()]
    told = [
        (name, *several.get(name, ("", "")))
        if after._meta.get_field(name).many_to_many
        else (name, _shown(before, name), _shown(after, name))
        for name in names
    ]
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
    """Somebody confirmed this import a moment ago, or its file is forgotten."""


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
def keep_lines(*, run: ImportRun, kept: Collection[int], among: Collection[int]) -> None:
    """Of the possible doubles `among` these lines, have those that are `kept` go in."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportRun.State.READY and run.forgotten_at is None:
        shown = {one["line"] for one in run.report["possible"]} & set(among)
        run.kept = sorted(set(run.kept) - shown | shown & set(kept))
        run.save(update_fields=["kept"])


@transaction.atomic
def confirm_import(*, run: ImportRun) -> None:
    """Have the lines of a checked file go in. Raises `AlreadyConfirmed`."""
    ready = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.READY, forgotten_at=None)
    nothing = asdict(Report())
    if not ready.update(state=ImportRun.State.IMPORTING, report=nothing, position=0):
        raise AlreadyConfirmed
    run.refresh_from_db()
    _ask(run, "intranet.imports.tasks.carry_out_import")


@transaction.atomic
def retry_import(*, run: ImportRun) -> None:
    """Ask again for what failed. Raises `AlreadyConfirmed` when its file is forgotten."""
    if ImportRun.objects.filter(pk=run.pk, forgotten_at=None).first() is None:
        raise AlreadyConfirmed
    is_checking = run.state == ImportRun.State.CHECKING
    _ask(run, f"intranet.imports.tasks.{'check' if is_checking else 'carry_out'}_import")


def check_import(*, run_id: UUID) -> None:
    """Say what a file would change, and write nothing else. Doing it twice does no harm."""
    run = _remembered(run_id, ImportRun.State.CHECKING).first()
    if run is not None:
        found = import_table(kind=run.kind_of(), table=run.as_table(), check=True)
        _remembered(run_id, ImportRun.State.CHECKING).update(
            report=asdict(found), counts=found.counts(), state=ImportRun.State.READY
        )


def carry_out_import(*, run_id: UUID, at: datetime) -> None:
    """Have the lines go in; what is said is what happened, whatever the preview said.

    Lines go in together with their part of the report. A job that is started again passes over
    those that went in before: their second time changes nothing, and is not told.
    """
    run = _remembered(run_id, ImportRun.State.IMPORTING).first()
    if run is None:
        return
    importer = Importer(kind=run.kind_of(), table=run.as_table(), kept=run.kept)
    passed = 0
    for lines in importer.batches():
        passed += len(lines)
        importer.put_in(lines, tell=partial(_add_to_report, run_id, passed))
    _remembered(run_id, ImportRun.State.IMPORTING).update(
        state=ImportRun.State.DONE, done_at=at, table={}
    )


def _add_to_report(run_id: UUID, passed: int, done: Report) -> None:
    run = _remembered(run_id, ImportRun.State.IMPORTING).select_for_update().first()
    if run is not None and passed > run.position:
        report = Report(**run.report)
        report.add(done)
        run.report, run.counts, run.position = asdict(report), report.counts(), passed
        run.save(update_fields=["report", "counts", "position"])


def _remembered(run_id: UUID, state: ImportRun.State) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(pk=run_id, state=state, forgotten_at=None)


def purge_imports(*, at: datetime) -> None:
    """Forget what older files held; who imported what, when, and the figures stay."""
    for run in ImportRun.objects.filter(asked_at__lt=at - KEPT_FOR, forgotten_at=None):
        forget_file(run=run, at=at)


def forget_file(*, run: ImportRun, at: datetime) -> None:
    run.table, run.report, run.kept, run.forgotten_at = {}, {}, [], at
    run.save(update_fields=["table", "report", "kept", "forgotten_at"])


def _ask(run: ImportRun, task: str) -> None:
    run.job = enqueue(task, run.pk)
    run.save(update_fields=["job"])
