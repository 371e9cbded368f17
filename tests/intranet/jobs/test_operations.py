import uuid

import pytest
from django.db import transaction

from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue
from intranet.jobs.runner import UnknownJob
from intranet.network.models import Association

FOUND = "tests.intranet.jobs.tasks.found"


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
def test_identifiers_travel_as_text():
    key = uuid.uuid4()

    assert enqueue(FOUND, key).arguments == [str(key)]


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "intranet.jobs.operations.enqueue",
        "tests.intranet.jobs.tasks.nothing",
        "nowhere.tasks.run",
        "tests.intranet.jobs.tasks.Association",
        "tasks",
        "",
    ],
)
def test_only_functions_of_a_tasks_module_can_be_named(name):
    with pytest.raises(UnknownJob):
        enqueue(name)
