"""Work to be done later: our own row for every job, beside the queue's.

The queue (django-q2) forgets how often it started a task whose worker was killed. The row
remembers, so that a job that kills its worker is given up after a few starts.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    starts = models.PositiveSmallIntegerField(_("starts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress, in percent"), default=0)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    alive_at = models.DateTimeField(_("last sign of life"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "alive_at"], name="jobs_by_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"
