import pytest
from django.db import OperationalError
from django.utils import timezone

from intranet.accounts.models import User
from intranet.health import views
from intranet.health.operations import Finding
from intranet.jobs.models import WorkerPool


@pytest.fixture(autouse=True)
def nothing_remembered(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    views.health_during.cache_clear()
    yield
    views.health_during.cache_clear()


def test_a_healthy_installation_answers_well(client, db):
    WorkerPool.objects.create(supervisor="here", beat_at=timezone.now())

    answer = client.get("/sante/")

    assert (answer.status_code, answer.json()) == (200, {"well": True})
    assert "no-store" in answer["Cache-Control"]


def test_an_unhealthy_one_answers_503_without_detail(client, claire):
    client.force_login(claire)

    answer = client.get("/sante/")

    assert (answer.status_code, answer.json()) == (503, {"well": False})


def test_the_administrator_is_told_what_to_do(client, db):
    client.force_login(User.objects.create_superuser("admin@example.org", "un-long-mot-de-passe"))

    report = client.get("/sante/").json()

    assert "manage.py run_jobs" in report["jobs"]
    assert report["storage"] == ""


def test_without_a_database_nobody_is_looked_up(client, monkeypatch):
    monkeypatch.setattr(views, "check_health", lambda at: [Finding("database", "Elle dort.")])

    def refuse(*arguments) -> None:
        raise OperationalError

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", refuse)

    assert client.get("/sante/").status_code == 503


def test_the_parts_are_not_tried_at_every_call(client, db, monkeypatch):
    tried = []
    monkeypatch.setattr(views, "check_health", lambda at: tried.append(at) or [Finding("database")])

    monkeypatch.setattr(views.time, "monotonic", lambda: 1000.0)
    client.get("/sante/")
    client.get("/sante/")
    assert len(tried) == 1

    monkeypatch.setattr(views.time, "monotonic", lambda: 1020.0)
    client.get("/sante/")
    assert len(tried) == 2
