"""Who holds a job, and how a start of it ended.

Every change is one conditional update, so that of several workers and supervisors one wins.
`starts` is the proof of the claim: the end of a start that is no longer the last is ignored.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from intranet.jobs.models import MAX_STARTS, Job, WorkerPool
from intranet.jobs.queries import due_jobs

# Before the second start, the third…
RETRY_DELAYS = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 600)]
LONGEST_ERROR = 8000


def claim(job: Job, *, at: datetime, worker: str, pool: WorkerPool | None = None) -> bool:
    """Take a waiting job; of those who try at the same moment, one succeeds."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED, starts=job.starts)
    claimed = waiting.update(
        state=Job.State.RUNNING,
        starts=F("starts") + 1,
        pool=pool,
        worker=worker,
        started_at=at,
        alive_at=at,
    )
    if claimed:
        job.refresh_from_db()
    return bool(claimed)


def claim_next(*, at: datetime, worker: str, pool: WorkerPool) -> Job | None:
    while job := due_jobs(at=at).first():
        if claim(job, at=at, worker=worker, pool=pool):
            return job
    return None


def note_done(job: Job, *, at: datetime) -> None:
    _end(job, state=Job.State.DONE, progress=100, error="", ended_at=at)


def note_failure(job: Job, *, at: datetime, error: str) -> None:
    """Have a job that raised tried again later, or give it up after its last start."""
    if job.failures >= MAX_STARTS:
        _end(job, state=Job.State.FAILED, error=_storable(error), ended_at=at)
    else:
        delay = RETRY_DELAYS[job.failures - 1]
        _end(job, state=Job.State.QUEUED, error=_storable(error), due_at=at + delay)


def note_death(job: Job, *, at: datetime) -> None:
    """The job's worker died under it: start again at once, then ever later, then give up."""
    if job.failures >= MAX_STARTS:
        error = _(
            "This job was started %(starts)d times and its worker was killed each time: it will "
            "not be started again. It may be asking for more memory than the machine has."
        ) % {"starts": job.failures}
        _end(job, state=Job.State.FAILED, error=error, ended_at=at)
    else:
        delay = RETRY_DELAYS[job.failures - 2] if job.failures > 1 else timedelta(0)
        _end(job, state=Job.State.QUEUED, error=_("Its worker was killed."), due_at=at + delay)


def note_interruption(job: Job, *, at: datetime) -> None:
    """The start was stopped for no fault of the job: it waits again, and does not pay for it."""
    job.interruptions += 1
    if job.failures >= MAX_STARTS:
        note_death(job, at=at)
    else:
        _end(job, state=Job.State.QUEUED, due_at=at, interruptions=job.interruptions)


def _end(job: Job, **changes) -> None:
    start = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, starts=job.starts)
    start.update(**changes)


def _storable(error: str) -> str:
    """The end of a traceback, without the characters that a database refuses."""
    clean = error.replace("\x00", "").encode("utf-8", "replace").decode()
    return clean[-LONGEST_ERROR:]
