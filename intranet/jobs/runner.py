"""Run a job: find its function, hold its lease, note how it ended."""

import logging
import os
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from intranet.jobs import claims, processes
from intranet.jobs.lease import Lease
from intranet.jobs.models import Job, WorkerPool

# Short jobs follow one another without going back to the queue, for that long.
STREAK = 5.0
# Seconds between the attempts to write down how a job ended.
PATIENCE = (1, 2, 4, 8, 16)
CANNOT_NOTE = 76

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


def run_inline(job_id: UUID) -> None:
    """Run a waiting job here and now, in the process that asked for it."""
    job = Job.objects.get(pk=job_id)
    if claims.claim(job, at=timezone.now(), worker=processes.identity(os.getpid())):
        # A test's transaction survives what the job does to the database.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            error = _error_of(job)
        _note(job, error)


def run_due_jobs(pool_id: UUID) -> None:
    """What a worker does with a ticket: show that it lives, then take what is due."""
    worker = processes.identity(os.getpid())
    began = time.monotonic()
    while time.monotonic() - began < STREAK and (pool := _beat(pool_id)):
        job = claims.claim_next(at=timezone.now(), worker=worker, pool=pool)
        if job is None:
            return
        with Lease(job):
            error = _error_of(job)
        _note_patiently(job, error)


def _beat(pool_id: UUID) -> WorkerPool | None:
    """Write the pool's heartbeat; a pool that is being stopped takes nothing more."""
    living = WorkerPool.objects.filter(pk=pool_id, ended_at=None)
    return living.get() if living.update(beat_at=timezone.now()) else None


def _error_of(job: Job) -> str | None:
    """Run the job's function; its traceback if it failed."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            resolve(job.name)(*job.arguments)
    # django-q ends a job that lasts too long with a kind of SystemExit.
    except (Exception, SystemExit):
        logger.exception("Job %s failed (start %d)", job.name, job.starts)
        return traceback.format_exc()
    return None


def _note(job: Job, error: str | None) -> None:
    if error is None:
        claims.note_done(job, at=timezone.now())
    else:
        claims.note_failure(job, at=timezone.now(), error=error)


def _note_patiently(job: Job, error: str | None) -> None:
    """Write down how the job ended, even if the database is away for a while.

    A worker that cannot dies: its job, whose end nobody knows, is then started again.
    """
    for pause in PATIENCE:
        try:
            return _note(job, error)
        except DatabaseError:
            logger.warning("The end of job %s could not be written", job.pk, exc_info=True)
            connection.close()
            time.sleep(pause)
    os._exit(CANNOT_NOTE)
