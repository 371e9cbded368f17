"""What waits, what runs, and whether anything is alive to run it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from intranet.jobs.models import Job, WorkerPool

# A worker of another machine that has given no sign for that long is dead: it stops itself
# before (see lease.py).
LEASE = timedelta(seconds=60)


def due_jobs(*, at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=Job.State.QUEUED, due_at__lte=at).order_by(
        "due_at", "created_at"
    )


def running_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state=Job.State.RUNNING).select_related("pool")


def last_heartbeat() -> datetime | None:
    """The last proof that a worker works: it took something from the queue, or runs a job."""
    pools = WorkerPool.objects.filter(ended_at=None, beat_at__isnull=False)
    jobs = Job.objects.filter(state=Job.State.RUNNING, alive_at__isnull=False)
    signs = [
        *pools.order_by("-beat_at").values_list("beat_at", flat=True)[:1],
        *jobs.order_by("-alive_at").values_list("alive_at", flat=True)[:1],
    ]
    return max((sign for sign in signs if sign is not None), default=None)
