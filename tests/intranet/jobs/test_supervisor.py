"""When the supervisor believes that its workers are stuck, on a clock that the test moves."""

import os
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from intranet.jobs import processes, supervisor
from intranet.jobs.models import Job, WorkerPool
from intranet.jobs.supervisor import HEARTBEAT_EVERY, Supervisor, queue_of

LONGEST_SILENCE = 7


class Watched(Supervisor):
    """A supervisor whose workers are what the test says they are."""

    seconds = 1000.0
    held_until = 0.0

    def __init__(self) -> None:
        super().__init__()
        self.replaced: list[str] = []
        self._start_tree()

    def _start_tree(self) -> None:
        here = processes.identity(os.getpid())
        self.pool = WorkerPool.objects.create(supervisor=here, started_at=timezone.now())
        self.queue = queue_of(self.pool)
        self.tree = SimpleNamespace(pulse=SimpleNamespace(silence=0.0), has_ended=lambda: False)
        self._expect_a_first_ticket()

    def _replace_tree(self, reason: str) -> None:
        self.replaced.append(reason)

    def pass_by(self, seconds: float) -> None:
        """Ticks, one after the other, for that long."""
        for _tick in range(round(seconds / supervisor.TICK)):
            Watched.seconds += supervisor.TICK
            self._tick()

    def hold_the_database(self, seconds: float) -> None:
        self.held_until = Watched.seconds + seconds

    def _database_takes_writes(self) -> bool:
        is_held = Watched.seconds < self.held_until
        Watched.seconds = max(Watched.seconds, self.held_until)
        return not is_held

    def take_a_ticket(self) -> None:
        OrmQ.objects.filter(key=self.queue).delete()
        WorkerPool.objects.filter(pk=self.pool.pk).update(beat_at=timezone.now())
        self._tick()


@pytest.fixture
def watched(db, settings, monkeypatch) -> Watched:
    settings.JOB_STUCK_SECONDS = LONGEST_SILENCE
    settings.PERIODIC_JOBS = {}
    monkeypatch.setattr(Watched, "seconds", 1000.0)
    clock = SimpleNamespace(monotonic=lambda: Watched.seconds)
    monkeypatch.setattr(supervisor, "time", clock)
    monkeypatch.setattr(supervisor, "close_old_connections", lambda: None)
    found = Watched()
    found.pass_by(1)
    found.take_a_ticket()
    return found


def test_a_ticket_that_nobody_takes_is_waited_for_as_long_as_was_said(watched):
    watched.pass_by(HEARTBEAT_EVERY + LONGEST_SILENCE - 1)

    assert watched.replaced == []

    watched.pass_by(2)

    assert watched.replaced[0] == "takes no work any more"


def test_workers_that_take_their_tickets_late_are_left_alone(watched):
    for _ticket in range(5):
        watched.pass_by(LONGEST_SILENCE - 1)
        watched.take_a_ticket()

    assert watched.replaced == []


def test_workers_that_are_all_busy_take_no_ticket_and_that_is_well(watched):
    for _worker in range(watched.workers):
        Job.objects.create(
            name="long",
            state=Job.State.RUNNING,
            pool=watched.pool,
            worker=processes.identity(os.getpid()),
        )

    watched.pass_by(10 * LONGEST_SILENCE)

    assert watched.replaced == []


def test_workers_that_waited_for_the_database_are_given_the_whole_time_again(watched):
    watched.pass_by(HEARTBEAT_EVERY + 1)

    # Released before half of the longest silence: nobody would have asked by then.
    watched.hold_the_database(2)
    watched.pass_by(LONGEST_SILENCE - 0.5)

    assert watched.replaced == []
