"""Work to be done later: our own row for every job, which the queue only helps to run.

The row is the truth. The queue (django-q2) forgets a task whose worker was killed, or starts
it again for ever; the row counts its starts, so that a job that kills its worker is given up.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_STARTS = 5
# Past that many, an interruption is no longer believed to be innocent.
MAX_INTERRUPTIONS = 20


class WorkerPool(models.Model):
    """One supervised set of workers, from its start to its end; a restart makes another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supervisor = models.CharField(max_length=120)
    started_at = models.DateTimeField(default=timezone.now)
    # Written by a worker that took a ticket from the queue, by nobody else.
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The worker whose sudden death ended the pool, if that was the reason.
    culprit = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.supervisor} ({self.started_at:%Y-%m-%d %H:%M:%S})"


class Job(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("job", "waiting")
        RUNNING = "running", pgettext_lazy("job", "running")
        DONE = "done", pgettext_lazy("job", "done")
        FAILED = "failed", pgettext_lazy("job", "failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(pgettext_lazy("job", "job"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=list)
    # What a periodic job is for ("that job, that day"): asked for once, whoever asks.
    occasion = models.CharField(max_length=250, null=True, blank=True, unique=True)
    state = models.CharField(
        pgettext_lazy("job", "state"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    # Counts every start, and is the proof of who holds the claim: only the last start may end it.
    starts = models.PositiveSmallIntegerField(_("starts"), default=0)
    # Starts that were stopped for no fault of the job: a restart of the machine, a neighbour.
    interruptions = models.PositiveSmallIntegerField(_("interruptions"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress, in percent"), default=0)
    error = models.TextField(_("error"), blank=True)
    pool = models.ForeignKey(WorkerPool, null=True, on_delete=models.SET_NULL, related_name="jobs")
    worker = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True)
    alive_at = models.DateTimeField(_("last sign of life"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = pgettext_lazy("job", "background job")
        verbose_name_plural = pgettext_lazy("job", "background jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "due_at"], name="jobs_by_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    @property
    def failures(self) -> int:
        """The starts that count against the job."""
        return self.starts - min(self.interruptions, MAX_INTERRUPTIONS)

    @property
    def reason(self) -> str:
        """The error in a line: what a traceback ends with."""
        return (self.error.strip().splitlines() or [""])[-1]
