"""Run a job: find its function, claim its row, note how it ended."""

import logging
import traceback
from collections.abc import Callable
from importlib import import_module
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from intranet.jobs.models import Job

logger = logging.getLogger(__name__)


class UnknownJob(Exception):
    """The name is not that of a function in a `tasks.py`."""


def resolve(name: str) -> Callable[..., object]:
    """The function a job's name stands for; only those of a `tasks.py` can be named."""
    module, _, function = name.rpartition(".")
    if module.rpartition(".")[2] != "tasks" or function.startswith("_"):
        raise UnknownJob(name)
    try:
        found = getattr(import_module(module), function, None)
    except ModuleNotFoundError as error:
        raise UnknownJob(name) from error
    if not callable(found) or getattr(found, "__module__", "") != module:
        raise UnknownJob(name)
    return found


def run(job_id: UUID) -> None:
    """Run a waiting job and note how it ended; a job already started is left alone."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, starts=F("starts") + 1, alive_at=timezone.now()
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        resolve(job.name)(*job.arguments)
    except Exception:
        logger.exception("Job %s failed", job.name)
        job.state, job.error = Job.State.FAILED, traceback.format_exc()
    else:
        job.state, job.progress, job.error = Job.State.DONE, 100, ""
    job.ended_at = timezone.now()
    job.save(update_fields=["state", "progress", "error", "ended_at"])
