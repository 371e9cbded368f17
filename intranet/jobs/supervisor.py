"""What `run_jobs` does all day: give the queue its tickets, watch over those who take them."""

import logging
import os
import signal
import time
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import OrmQ
from django_q.tasks import async_task

from intranet.jobs import operations, processes
from intranet.jobs.guard import ProcessTree
from intranet.jobs.models import Job, WorkerPool
from intranet.jobs.queries import due_jobs

TICK = 0.5
HEARTBEAT_EVERY = 5.0
PERIODIC_EVERY = 60.0
# The guard goes round twice a second.
GUARD_SILENCE = 15.0
# A ticket is taken at once, unless something is the matter.
UNUSUAL_SILENCE = 1.0
# A tree that dies younger than that is not started again at once.
INFANCY = 3.0
LONGEST_PAUSE = 3.0
LONGEST_AGONY = 5.0

logger = logging.getLogger(__name__)


class Supervisor:
    """One machine's workers. Several supervisors may share a PostgreSQL database.

    The queue of each pool is its own and holds anonymous tickets: "look at what is due".
    A lost or doubled ticket costs nothing, and a ticket taken is the pool's heartbeat.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.workers = settings.Q_CLUSTER["workers"]
        self.early_deaths = 0
        self.asked_periodic = 0.0

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self._start_tree()
        while not self.stopping:
            self._tick()
            time.sleep(TICK)
        try:
            self._finish()
        except (DatabaseError, InterfaceError):
            # The next supervisor takes the jobs back.
            logger.warning("The database does not answer at the end", exc_info=True)
            self.tree.kill()

    def _stop(self, number: int, frame: object) -> None:
        logger.info("Told to stop by %s", signal.Signals(number).name)
        self.stopping = True

    # -- A tree's life -------------------------------------------------------------------

    def _start_tree(self) -> None:
        self.pool = WorkerPool.objects.create(
            supervisor=processes.identity(os.getpid()), started_at=timezone.now()
        )
        self.queue = queue_of(self.pool)
        self._expect_a_first_ticket()
        self._retire_dead_pools()
        self.tree = ProcessTree(queue=self.queue)

    def _expect_a_first_ticket(self) -> None:
        self.born = self.proof = time.monotonic()
        self.last_ticket = 0.0
        self.is_answered = True
        self.last_beat: datetime | None = None

    def _end_tree(self) -> None:
        self.tree.kill()
        self._wait_for_the_dead()
        now = timezone.now()
        lost = operations.lost_jobs(at=now, pool=self.pool)
        pid = self.tree.pulse.culprit
        culprits = [job.worker for job in lost if f"/{pid}/" in job.worker]
        self.pool.culprit = "".join(culprits[:1])
        self.pool.ended_at = self.pool.ended_at or now
        self.pool.save(update_fields=["culprit", "ended_at"])
        OrmQ.objects.filter(key=self.queue).delete()
        operations.release_jobs(operations.lost_jobs(at=now, pool=self.pool), at=now)

    def _wait_for_the_dead(self) -> None:
        """A process that was killed takes a moment to be gone, and its job to be given back."""
        running = self.pool.jobs.filter(state=Job.State.RUNNING)
        workers = list(running.values_list("worker", flat=True))
        until = time.monotonic() + LONGEST_AGONY
        while time.monotonic() < until and not all(map(processes.is_dead, workers)):
            time.sleep(0.02)

    def _replace_tree(self, reason: str) -> None:
        logger.warning("The job cluster %s: starting it again", reason)
        self._end_tree()
        young = time.monotonic() - self.born < INFANCY
        self.early_deaths = self.early_deaths + 1 if young else 0
        if self.early_deaths > 2:
            self._pause(min(LONGEST_PAUSE, self.early_deaths - 2.0))
        self._start_tree()

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.stopping:
            time.sleep(0.1)

    def _retire_dead_pools(self) -> None:
        """Take over from supervisors of this machine that were killed."""
        now = timezone.now()
        operations.release_jobs(operations.lost_jobs(at=now, pool=self.pool), at=now)
        for pool in WorkerPool.objects.filter(ended_at=None):
            if processes.is_dead(pool.supervisor):
                OrmQ.objects.filter(key=queue_of(pool)).delete()
                WorkerPool.objects.filter(pk=pool.pk).update(ended_at=now)

    def _finish(self) -> None:
        """Let running jobs end for a while, then give back those that did not."""
        self.pool.ended_at = timezone.now()
        self.pool.save(update_fields=["ended_at"])
        self.tree.ask_to_stop()
        until = time.monotonic() + settings.JOB_STOP_SECONDS
        while time.monotonic() < until and not self.tree.has_ended():
            time.sleep(0.1)
        self._end_tree()

    # -- A tick --------------------------------------------------------------------------

    def _tick(self) -> None:
        began = time.monotonic()
        try:
            close_old_connections()
            self._look_after(timezone.now())
        except (DatabaseError, InterfaceError):
            logger.warning("The database does not answer the job supervisor", exc_info=True)
            connection.close()
            self.proof = time.monotonic()
        if time.monotonic() - began > 2 * TICK:
            # A slow database is no proof of a stuck cluster.
            self.proof = time.monotonic()

    def _look_after(self, now: datetime) -> None:
        lost = operations.lost_jobs(at=now, pool=self.pool)
        if self.tree.has_ended():
            return self._replace_tree("ended")
        operations.release_jobs(lost, at=now)
        if time.monotonic() - self.asked_periodic > PERIODIC_EVERY:
            self.asked_periodic = time.monotonic()
            operations.enqueue_periodic(at=now)
        self._offer_tickets(now)
        if reason := self._stuck():
            return self._replace_tree(reason)
        return None

    def _offer_tickets(self, now: datetime) -> None:
        """As many tickets as workers could use; and one now and then, to hear a heartbeat."""
        wanted = due_jobs(at=now)[: self.workers].count()
        if time.monotonic() - self.last_ticket > HEARTBEAT_EVERY:
            wanted = max(wanted, 1)
        if not wanted:
            return
        self.is_answered = False
        waiting = OrmQ.objects.filter(key=self.queue, lock__lte=now).count()
        for _ in range(wanted - waiting):
            options = {"broker": ORM(list_key=self.queue), "save": False}
            async_task("intranet.jobs.tasks.work", str(self.pool.pk), q_options=options)
            self.last_ticket = time.monotonic()

    def _stuck(self) -> str:
        """Why the cluster is believed to be stuck; empty while it is not.

        Its silence begins with a ticket that nobody takes. Workers that are all busy with jobs
        take none, and that is well: their processes are alive, or the jobs would have been
        taken back.
        """
        if self.tree.pulse.silence > GUARD_SILENCE:
            return "does not go round any more"
        beat = WorkerPool.objects.values_list("beat_at", flat=True).get(pk=self.pool.pk)
        busy = self.pool.jobs.filter(state=Job.State.RUNNING).count()
        if beat != self.last_beat or busy >= self.workers:
            self.last_beat = beat
            self.is_answered = True
        if self.is_answered:
            self.proof = time.monotonic()
        silence = time.monotonic() - self.proof
        # Asked at every tick: a database that was held a moment ago made them silent until then.
        if silence > UNUSUAL_SILENCE and not self._database_takes_writes():
            self.proof = time.monotonic()
        elif silence > settings.JOB_STUCK_SECONDS:
            return "takes no work any more"
        return ""

    def _database_takes_writes(self) -> bool:
        """On SQLite, a long transaction makes everybody else silent, and is no fault of theirs."""
        began = time.monotonic()
        WorkerPool.objects.filter(pk=self.pool.pk).update(ended_at=None)
        return time.monotonic() - began < TICK


def queue_of(pool: WorkerPool) -> str:
    return f"pool-{pool.pk.hex}"
