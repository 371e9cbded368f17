from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intranet.accounts.models import User
from intranet.jobs.models import Job


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("admin@example.org", "un-long-mot-de-passe")


def make_jobs(count: int) -> None:
    for number in range(count):
        Job.objects.create(
            name=f"surveys.exports.tasks.build_{number}",
            state=Job.State.FAILED,
            starts=5,
            error="Traceback\n  secret line\nValueError: plus de place",
            started_at=timezone.now() - timedelta(hours=2),
        )


def test_the_administrator_sees_states_starts_and_reasons(client, administrator):
    make_jobs(1)
    client.force_login(administrator)

    page = client.get(reverse("jobs")).content.decode()

    for text in ["Tâches de fond", "build_0", "échouée", "ValueError: plus de place"]:
        assert text in page
    assert "secret line" not in page


def test_a_running_job_says_how_far_it_is(client, administrator):
    Job.objects.create(name="a.tasks.build", state=Job.State.RUNNING, progress=40)
    client.force_login(administrator)

    assert "en cours (40 %)" in client.get(reverse("jobs")).content.decode()


def test_jobs_can_be_chosen_by_state(client, administrator):
    make_jobs(1)
    client.force_login(administrator)

    assert "build_0" in client.get(reverse("jobs"), {"state": "failed"}).content.decode()
    assert "build_0" not in client.get(reverse("jobs"), {"state": "done"}).content.decode()


def test_nobody_else_sees_the_jobs(client, claire):
    make_jobs(1)
    client.force_login(claire)

    answer = client.get(reverse("jobs"), follow=True)

    assert "build_0" not in answer.content.decode()


def test_the_number_of_queries_does_not_grow(client, administrator):
    client.force_login(administrator)
    client.get(reverse("jobs"))

    asked = []
    for count in (1, 2):
        make_jobs(count)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("jobs"))
        asked.append(len(queries))

    assert Job.objects.count() == 3
    assert asked[0] == asked[1]
