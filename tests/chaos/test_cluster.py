"""A real cluster, its processes stopped and killed. `make chaos` kills twenty times."""

import os
import signal

import pytest
from django.utils import timezone

from intranet.jobs.models import MAX_STARTS, Job, WorkerPool
from intranet.jobs.operations import enqueue
from tests.chaos.cluster import is_alive, wait_until
from tests.chaos.story import JOB, Story

pytestmark = [pytest.mark.slow, pytest.mark.processes]

LONG_TRANSACTION = "tests.chaos.tasks.hold_the_database"
POISON = "tests.chaos.tasks.kill_my_worker"


def ask(folder, *seconds: float) -> list[Job]:
    return [
        enqueue(JOB, str(folder), f"{number}", duration) for number, duration in enumerate(seconds)
    ]


def wait_for(state: str, *, jobs: list[Job], seconds: float = 30) -> None:
    rows = Job.objects.filter(pk__in=[job.pk for job in jobs], state=state)
    wait_until(lambda: rows.count() == len(jobs), seconds=seconds, what=f"{state} jobs")


def all_dead(tree: dict[str, int]) -> bool:
    return not any(is_alive(pid) for pid in tree.values())


def test_every_job_is_done_once_whoever_is_killed(start_cluster, tmp_path):
    story = Story(str(tmp_path), start_cluster())

    story.tell([(True, "worker"), (False, "other worker"), (True, "supervisor"), (False, "guard")])

    assert story.problems == []


def test_a_frozen_cluster_is_started_again(start_cluster, tmp_path):
    cluster = start_cluster(JOB_STUCK_SECONDS="7")
    tree = cluster.tree()
    beating = WorkerPool.objects.filter(beat_at__isnull=False)
    wait_until(beating.exists, seconds=20, what="a heartbeat")
    os.kill(tree["pusher"], signal.SIGSTOP)

    # The tickets already on their way may still be taken: only then does silence begin.
    wait_until(lambda: not is_alive(tree["guard"]), seconds=60, what="the end of the frozen one")

    wait_for(Job.State.DONE, jobs=ask(tmp_path, 0), seconds=40)
    assert is_alive(tree["supervisor"])


def test_long_jobs_on_every_worker_are_not_taken_for_a_frozen_cluster(start_cluster, tmp_path):
    start_cluster(JOB_STUCK_SECONDS="7")

    wait_for(Job.State.DONE, jobs=ask(tmp_path, 12, 12), seconds=40)

    assert WorkerPool.objects.count() == 1
    assert set(Job.objects.filter(name=JOB).values_list("starts", flat=True)) == {1}


def test_a_job_that_keeps_the_database_to_itself_is_left_alone(start_cluster):
    start_cluster(JOB_STUCK_SECONDS="7")

    job = enqueue(LONG_TRANSACTION, 24)
    wait_for(Job.State.DONE, jobs=[job], seconds=60)

    job.refresh_from_db()
    assert job.starts == 1
    assert WorkerPool.objects.count() == 1


def test_told_to_stop_short_jobs_end_and_long_ones_are_given_back(start_cluster, tmp_path):
    cluster = start_cluster(JOB_STOP_SECONDS="3")
    short, long = jobs = ask(tmp_path, 1, 60)
    wait_for(Job.State.RUNNING, jobs=jobs)
    tree = cluster.tree()

    assert cluster.stop() == 0

    short.refresh_from_db()
    long.refresh_from_db()
    assert all_dead(tree)
    assert (short.state, long.state) == (Job.State.DONE, Job.State.QUEUED)
    assert (long.starts, long.interruptions) == (1, 1)


def test_a_job_that_kills_its_workers_is_given_up_and_its_neighbour_ends(start_cluster, tmp_path):
    start_cluster()
    [neighbour] = ask(tmp_path, 6)
    wait_for(Job.State.RUNNING, jobs=[neighbour])
    poison = enqueue(POISON)

    def is_given_up() -> bool:
        # The pauses between starts are for real life.
        Job.objects.filter(pk=poison.pk, state=Job.State.QUEUED).update(due_at=timezone.now())
        return Job.objects.filter(pk=poison.pk, state=Job.State.FAILED).exists()

    wait_until(is_given_up, seconds=60, what="the end of the poison")
    wait_for(Job.State.DONE, jobs=[neighbour])

    poison.refresh_from_db()
    neighbour.refresh_from_db()
    assert poison.failures == MAX_STARTS
    assert "a été démarrée 5 fois" in poison.error
    assert neighbour.interruptions >= 1
    assert neighbour.failures == 1


def test_two_supervisors_share_the_jobs_and_one_carries_on_alone(start_cluster, tmp_path):
    first = start_cluster()
    start_cluster()
    jobs = ask(tmp_path, *[1.0] * 12)
    wait_until(
        lambda: Job.objects.filter(state=Job.State.RUNNING, name=JOB).count() == 4,
        seconds=20,
        what="both clusters at work",
    )

    first.kill(first.process.pid)

    wait_for(Job.State.DONE, jobs=jobs, seconds=60)
    assert not (tmp_path / "overlaps").exists()
