"""What the queue calls."""

from uuid import UUID

from intranet.jobs import runner


def run(job_id: str) -> None:
    runner.run(UUID(job_id))
