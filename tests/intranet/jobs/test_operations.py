import os
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from intranet.jobs import processes
from intranet.jobs.models import Job, WorkerPool
from intranet.jobs.operations import (
    enqueue,
    enqueue_at,
    enqueue_periodic,
    lost_jobs,
    purge_jobs,
    release_jobs,
)
from intranet.jobs.runner import UnknownJob, run_inline
from intranet.network.models import Association

NOW = timezone.now()
FOUND = "tests.intranet.jobs.tasks.found"
ELSEWHERE = "another-boot/pid:[1]/1/1"


def here(*, alive: bool) -> str:
    """The name of a process of this machine."""
    name = processes.identity(os.getpid())
    return name if alive else f"{name}1"


@pytest.fixture
def pool(db) -> WorkerPool:
    return WorkerPool.objects.create(supervisor=here(alive=True))


def running_job(pool: WorkerPool, worker: str, **fields) -> Job:
    return Job.objects.create(
        name=FOUND, state=Job.State.RUNNING, starts=1, pool=pool, worker=worker, **fields
    )


def taken_back(job: Job, pool: WorkerPool) -> tuple[str, int]:
    """What becomes of a job when this pool's supervisor looks for lost ones."""
    release_jobs(lost_jobs(at=NOW, pool=pool), at=NOW)
    job.refresh_from_db()
    return job.state, job.interruptions


# -- Asking ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_runs_once_its_transaction_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(FOUND, "a")
        assert not Association.objects.exists()

    job.refresh_from_db()
    assert (job.state, job.starts, job.progress) == (Job.State.DONE, 1, 100)
    assert Association.objects.get().slug == "a"


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_is_undone_never_was():
    with transaction.atomic():
        enqueue(FOUND, "a")
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not Association.objects.exists()


@pytest.mark.django_db
def test_a_job_already_done_is_not_run_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(FOUND, "a")

    run_inline(job.pk)

    job.refresh_from_db()
    assert (job.state, job.starts) == (Job.State.DONE, 1)


@pytest.mark.django_db
def test_a_job_for_later_waits(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue_at(timezone.now() + timedelta(hours=1), FOUND, "a")

    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "argument", "reason"),
    [("fail", ["no money"], "ValueError: no money"), ("leave", [], "SystemExit: too long")],
)
def test_a_job_that_raises_says_why_and_waits(
    name, argument, reason, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(f"tests.intranet.jobs.tasks.{name}", *argument)

    job.refresh_from_db()
    assert (job.state, job.reason) == (Job.State.QUEUED, reason)
    assert "Traceback" in job.error


@pytest.mark.django_db
def test_a_job_that_the_database_refuses_spoils_nothing_else(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("tests.intranet.jobs.tasks.found_twice", "a")
        enqueue("tests.intranet.jobs.tasks.found_slowly", "b")

    assert Association.objects.get().slug == "b"


@pytest.mark.django_db
def test_identifiers_travel_as_text():
    key = uuid.uuid4()

    assert enqueue(FOUND, key).arguments == [str(key)]


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "intranet.jobs.operations.enqueue",
        "tests.intranet.jobs.tasks.nothing",
        "tests.intranet.jobs.tasks.Association",
        "nowhere.tasks.run",
        "tasks",
        "",
    ],
)
def test_only_functions_of_a_tasks_module_can_be_named(name):
    with pytest.raises(UnknownJob):
        enqueue(name)


@pytest.mark.django_db
def test_a_periodic_job_is_asked_for_once_a_period(settings):
    settings.PERIODIC_JOBS = {"intranet.jobs.tasks.purge": timedelta(days=1)}

    for hours in (0, 24, 24, 48):
        enqueue_periodic(at=NOW + timedelta(hours=hours))

    assert Job.objects.count() == 3


# -- Taking back -------------------------------------------------------------------------


def test_a_job_whose_worker_lives_is_left_to_it(pool):
    job = running_job(pool, here(alive=True), alive_at=NOW - timedelta(hours=1))

    assert taken_back(job, pool) == (Job.State.RUNNING, 0)


def test_a_job_that_lost_its_worker_pays_for_the_start(pool):
    job = running_job(pool, here(alive=False))

    assert taken_back(job, pool) == (Job.State.QUEUED, 0)


def test_a_job_whose_pool_ended_because_of_another_does_not_pay(pool):
    pool.ended_at, pool.culprit = NOW, "the neighbour"
    pool.save()
    job = running_job(pool, here(alive=False))

    assert taken_back(job, pool) == (Job.State.QUEUED, 1)


def test_the_job_whose_worker_ended_the_pool_pays(pool):
    pool.ended_at, pool.culprit = NOW, here(alive=False)
    pool.save()
    job = running_job(pool, here(alive=False))

    assert taken_back(job, pool) == (Job.State.QUEUED, 0)


def test_a_job_whose_supervisor_was_killed_does_not_pay(pool):
    orphan = WorkerPool.objects.create(supervisor=here(alive=False))
    job = running_job(orphan, here(alive=False))

    assert taken_back(job, pool) == (Job.State.QUEUED, 1)


def test_a_living_neighbour_looks_after_its_own_jobs(pool):
    neighbour = WorkerPool.objects.create(supervisor=here(alive=True))
    job = running_job(neighbour, here(alive=False))

    assert taken_back(job, pool) == (Job.State.RUNNING, 0)


def test_the_jobs_of_another_machine_are_taken_back_when_their_lease_is_over(pool):
    far = WorkerPool.objects.create(supervisor=ELSEWHERE)
    job = running_job(far, ELSEWHERE, alive_at=NOW - timedelta(seconds=50))
    assert taken_back(job, pool) == (Job.State.RUNNING, 0)

    Job.objects.update(alive_at=NOW - timedelta(seconds=70))
    assert taken_back(job, pool) == (Job.State.QUEUED, 1)


# -- Forgetting --------------------------------------------------------------------------


def test_what_ended_long_ago_is_forgotten(pool):
    def ended(state: str, *, days: int, **fields) -> Job:
        return Job.objects.create(
            name=FOUND, state=state, ended_at=NOW - timedelta(days=days), **fields
        )

    kept = {
        ended(Job.State.DONE, days=13),
        ended(Job.State.FAILED, days=80),
        ended(Job.State.DONE, days=20, occasion="that month"),
        Job.objects.create(name=FOUND, due_at=NOW - timedelta(days=400)),
    }
    ended(Job.State.DONE, days=15)
    ended(Job.State.FAILED, days=100)
    WorkerPool.objects.create(supervisor="old", ended_at=NOW - timedelta(days=30))

    assert purge_jobs(at=NOW) == 2
    assert set(Job.objects.all()) == kept
    assert list(WorkerPool.objects.all()) == [pool]
