from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.jobs import claims
from intranet.jobs.models import MAX_INTERRUPTIONS, MAX_STARTS, Job, WorkerPool

NOW = timezone.now()
FOUND = "tests.intranet.jobs.tasks.found"


@pytest.fixture
def pool(db) -> WorkerPool:
    return WorkerPool.objects.create(supervisor="elsewhere/1/1")


@pytest.fixture
def job(db) -> Job:
    return Job.objects.create(name=FOUND, arguments=["a"], due_at=NOW)


def running(job: Job, *, starts: int = 1, interruptions: int = 0) -> Job:
    job.state, job.starts, job.interruptions = Job.State.RUNNING, starts, interruptions
    job.save()
    return job


def test_of_two_workers_one_claims(job):
    rival = Job.objects.get()

    assert claims.claim(job, at=NOW, worker="one")
    assert not claims.claim(rival, at=NOW, worker="two")
    assert (job.state, job.starts, job.worker, job.alive_at) == (Job.State.RUNNING, 1, "one", NOW)


def test_the_job_that_is_due_first_is_claimed_first(job, pool):
    Job.objects.create(name=FOUND, due_at=NOW + timedelta(hours=1))
    earlier = Job.objects.create(name=FOUND, due_at=NOW - timedelta(hours=1))

    claimed = [claims.claim_next(at=NOW, worker="one", pool=pool) for _ in range(3)]

    assert claimed == [earlier, job, None]


def test_the_end_of_a_start_that_is_not_the_last_is_ignored(job):
    late = running(job)
    Job.objects.update(starts=2)

    claims.note_done(late, at=NOW)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_a_job_that_raised_is_tried_again_ever_later(job):
    delays = []
    for starts in range(1, MAX_STARTS):
        claims.note_failure(running(job, starts=starts), at=NOW, error="Traceback\nValueError: no")
        job.refresh_from_db()
        assert job.state == Job.State.QUEUED
        assert job.reason == "ValueError: no"
        delays.append((job.due_at - NOW).total_seconds())

    assert delays == [5, 30, 120, 600]


def test_a_job_that_raised_five_times_is_given_up(job):
    claims.note_failure(running(job, starts=MAX_STARTS), at=NOW, error="nul \x00 \ud800")

    job.refresh_from_db()
    assert (job.state, job.error, job.ended_at) == (Job.State.FAILED, "nul  ?", NOW)


def test_a_job_whose_worker_died_starts_again_at_once_then_later(job):
    delays = []
    for starts in range(1, MAX_STARTS):
        claims.note_death(running(job, starts=starts), at=NOW)
        job.refresh_from_db()
        delays.append((job.due_at - NOW).total_seconds())

    assert delays == [0, 5, 30, 120]


def test_a_job_that_kills_its_workers_is_given_up_with_a_sentence(job):
    claims.note_death(running(job, starts=MAX_STARTS), at=NOW)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "a été démarrée 5 fois" in job.error


def test_an_interruption_does_not_count_against_the_job(job):
    claims.note_interruption(running(job, starts=MAX_STARTS, interruptions=2), at=NOW)

    job.refresh_from_db()
    assert (job.state, job.interruptions, job.failures) == (Job.State.QUEUED, 3, 2)


def test_interruptions_without_end_are_not_believed(job):
    starts = MAX_INTERRUPTIONS + MAX_STARTS
    claims.note_interruption(running(job, starts=starts, interruptions=starts - 1), at=NOW)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
