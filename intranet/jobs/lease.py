"""A running job's signs of life, written by a thread beside it.

Two safeguards keep a job from running twice at once when the database or the machine hangs.
A worker that could not renew for `FENCE` seconds is ended by the C library (no Python code
can delay that) before another machine believes it dead. And a lease that somebody else took
ends the process at once.

On SQLite there is no other machine, and a job in a long transaction keeps its own lease
thread from writing: no fence there.
"""

import faulthandler
import logging
import os
import threading
import time

from django.db import DatabaseError, connection
from django.utils import timezone

from intranet.jobs.models import Job
from intranet.jobs.progress import Progress, current_progress

RENEW_EVERY = 5.0
PROGRESS_EVERY = 1.0
FENCE = 40.0
LEASE_LOST = 75

logger = logging.getLogger(__name__)


class Lease:
    """Held while a job runs: `with Lease(job): …`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.progress = Progress()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        self._fenced = connection.vendor != "sqlite"

    def __enter__(self) -> None:
        self._arm()
        self._token = current_progress.set(self.progress)
        self._thread.start()

    def __exit__(self, *exception) -> None:
        current_progress.reset(self._token)
        self._over.set()
        self._thread.join()
        if self._fenced:
            faulthandler.cancel_dump_traceback_later()

    def _arm(self) -> None:
        if self._fenced:
            faulthandler.dump_traceback_later(FENCE, exit=True)

    def _keep(self) -> None:
        renewed, told = time.monotonic(), 0
        try:
            while not self._over.wait(PROGRESS_EVERY):
                late = time.monotonic() - renewed >= RENEW_EVERY
                if late or self.progress.percent != told:
                    told = self.progress.percent
                    renewed = self._renew(told) or renewed
        finally:
            connection.close()

    def _renew(self, percent: int) -> float | None:
        claim = Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, starts=self.job.starts)
        try:
            held = claim.update(alive_at=timezone.now(), progress=percent)
        except DatabaseError:
            logger.warning("The lease of job %s could not be renewed", self.job.pk, exc_info=True)
            connection.close()
            return None
        if not held:
            logger.critical("Job %s was given to another worker: this one stops", self.job.pk)
            os._exit(LEASE_LOST)
        self._arm()
        return time.monotonic()
