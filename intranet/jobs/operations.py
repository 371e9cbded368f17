"""Ask for a job in one's own transaction; take back those that lost their worker; forget."""

import json
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_q.models import Task

from intranet.jobs import claims, processes, runner
from intranet.jobs.models import Job, WorkerPool
from intranet.jobs.queries import LEASE, running_jobs

KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)
# Longer than any period, or a purged occasion would be asked for a second time.
KEEP_OCCASIONS = timedelta(days=60)


def enqueue(name: str, *arguments) -> Job:
    """Have `name` (dotted path of a function in a `tasks.py`) run after the commit.

    The arguments travel as JSON: identifiers, not objects. The job may be started several
    times (its worker was killed, it raised), so its function has to bear running twice.
    """
    return enqueue_at(timezone.now(), name, *arguments)


def enqueue_at(at: datetime, name: str, *arguments, occasion: str | None = None) -> Job:
    """As `enqueue`, but not before `at`.

    The row is all there is to it: a job exists if its transaction was committed. The
    supervisor reads the rows that are due and gives the queue as many tickets.
    """
    runner.resolve(name)
    job = Job.objects.create(
        name=name,
        arguments=json.loads(json.dumps(arguments, cls=DjangoJSONEncoder)),
        due_at=at,
        occasion=occasion,
    )
    if settings.JOBS_RUN_INLINE and at <= timezone.now():
        transaction.on_commit(partial(runner.run_inline, job.pk))
    return job


def enqueue_periodic(*, at: datetime) -> None:
    """Ask for the jobs of settings.PERIODIC_JOBS, each once a period."""
    for name, period in settings.PERIODIC_JOBS.items():
        occasion = f"{name} {int(at.timestamp() // period.total_seconds())}"
        if Job.objects.filter(occasion=occasion).exists():
            continue
        try:
            with transaction.atomic():
                enqueue_at(at, name, occasion=occasion)
        except IntegrityError:
            # Another supervisor asked at the same moment.
            continue


def lost_jobs(*, at: datetime, pool: WorkerPool) -> list[Job]:
    """The running jobs whose worker is dead, and that this pool's supervisor may take back."""
    return [job for job in running_jobs() if _is_lost(job, at) and _is_ours(job, pool)]


def release_jobs(jobs: list[Job], *, at: datetime) -> None:
    """Have lost jobs started again, or given up if they keep killing their worker."""
    for job in jobs:
        if is_innocent(job):
            claims.note_interruption(job, at=at)
        else:
            claims.note_death(job, at=at)


def _is_lost(job: Job, at: datetime) -> bool:
    if processes.is_here(job.worker):
        return processes.is_dead(job.worker)
    return job.alive_at is None or job.alive_at < at - LEASE


def _is_ours(job: Job, pool: WorkerPool) -> bool:
    """The neighbour on this machine, while it lives, knows better why its worker died."""
    if job.pool is None or job.pool == pool or job.pool.ended_at is not None:
        return True
    return not processes.is_here(job.pool.supervisor) or processes.is_dead(job.pool.supervisor)


def is_innocent(job: Job) -> bool:
    """Whether the job's worker died for a reason that is not this job.

    The machine went away, the supervisor was killed, or the pool ended because another
    worker died or because it was told to.
    """
    pool = job.pool
    if pool is None:
        return False
    if pool.ended_at is not None:
        return pool.culprit != job.worker
    return not processes.is_here(job.worker) or processes.is_dead(pool.supervisor)


def purge_jobs(*, at: datetime) -> int:
    """Forget what ended long ago; how many jobs were forgotten."""
    old = Q(state=Job.State.DONE, ended_at__lt=at - KEEP_DONE)
    old |= Q(state=Job.State.FAILED, ended_at__lt=at - KEEP_FAILED)
    forgettable = Q(occasion=None) | Q(created_at__lt=at - KEEP_OCCASIONS)
    _, deleted = Job.objects.filter(old & forgettable).delete()
    WorkerPool.objects.filter(
        Q(ended_at__lt=at - KEEP_DONE) | Q(ended_at=None, started_at__lt=at - KEEP_DONE),
        Q(beat_at=None) | Q(beat_at__lt=at - timedelta(days=1)),
    ).delete()
    Task.objects.filter(stopped__lt=at - KEEP_DONE).delete()
    return deleted.get(Job._meta.label, 0)
