"""Files that somebody brings into the directory: what was read, what was found, what was done."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.imports.kinds import Kind
from intranet.imports.tables import Line, Table
from intranet.jobs.models import Job


class ImportRun(models.Model):
    """One file, from its reading to its result. It holds personal data, and is kept some days."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        READY = "ready", _("awaiting your confirmation")
        IMPORTING = "importing", _("going in")
        DONE = "done", _("done")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    file_name = models.CharField(_("file"), max_length=200)
    # {"columns": [names], "lines": [[number, {name: text}]]}
    table = models.JSONField(default=dict)
    # As operations.Report, with lists of objects; empty until the file was checked.
    report = models.JSONField(default=dict)
    # What the report counts, and stays in the history when what the file held is forgotten.
    counts = models.JSONField(default=dict)
    # The possible doubles that somebody ticked: lines that go in all the same.
    kept = models.JSONField(default=list)
    # How many lines went in, or were refused: a job that is started again goes on from there.
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.CHECKING
    )
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    done_at = models.DateTimeField(_("done at"), null=True)
    forgotten_at = models.DateTimeField(_("forgotten at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self._waits and not self.has_failed

    @property
    def has_failed(self) -> bool:
        return self._waits and (self.job is None or self.job.state == Job.State.FAILED)

    @property
    def was_given_up(self) -> bool:
        """Its file was forgotten before its lines went in."""
        return self.forgotten_at is not None and self.state != self.State.DONE

    @property
    def _waits(self) -> bool:
        waiting = {self.State.CHECKING, self.State.IMPORTING}
        return self.forgotten_at is None and self.state in waiting

    @property
    def percent(self) -> int:
        return self.job.progress if self.job else 0

    def as_table(self) -> Table:
        lines = [Line(number, values) for number, values in self.table["lines"]]
        return Table(tuple(self.table["columns"]), lines)

    def kind_of(self) -> Kind:
        return Kind(self.kind)
