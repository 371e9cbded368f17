"""What the queue calls."""

from uuid import UUID

from django.utils import timezone

from intranet.jobs import operations, runner


def work(pool_id: str) -> None:
    """A ticket: some worker of this pool is to look at what is due."""
    runner.run_due_jobs(UUID(pool_id))


def purge() -> None:
    operations.purge_jobs(at=timezone.now())
