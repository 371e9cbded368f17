import socket
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils import timezone

from intranet.health.operations import (
    check_database,
    check_health,
    check_jobs,
    check_mail,
    check_storage,
)
from intranet.jobs.models import Job, WorkerPool
from intranet.notifications.models import Letter

NOW = timezone.now()


@pytest.fixture
def healthy(db, settings, tmp_path):
    """An installation whose workers work."""
    settings.MEDIA_ROOT = tmp_path
    return WorkerPool.objects.create(supervisor="here", beat_at=timezone.now())


def complaints() -> dict[str, str]:
    findings = check_health(at=timezone.now())
    return {finding.part: finding.complaint for finding in findings if not finding.is_well}


def test_all_is_well_when_everything_answers(healthy, tmp_path):
    assert complaints() == {}
    assert list(tmp_path.iterdir()) == []


def test_without_a_heartbeat_ever_one_is_told_to_start_the_jobs(db):
    assert "lancez «\u202fmanage.py run_jobs\u202f»" in check_jobs(at=NOW).complaint


@pytest.mark.django_db
def test_an_old_heartbeat_is_told_with_its_moment():
    beat = NOW - timedelta(minutes=10)
    WorkerPool.objects.create(supervisor="here", beat_at=beat)
    WorkerPool.objects.create(supervisor="there", beat_at=NOW, ended_at=NOW)

    complaint = check_jobs(at=NOW).complaint

    assert timezone.localtime(beat).strftime("%H:%M") in complaint
    assert "relancez" in complaint


@pytest.mark.django_db
def test_workers_that_are_all_busy_are_well():
    WorkerPool.objects.create(supervisor="here", beat_at=NOW - timedelta(minutes=10))
    Job.objects.create(name="a.tasks.b", state=Job.State.RUNNING, starts=1, alive_at=NOW)

    assert check_jobs(at=NOW).is_well


def test_a_folder_that_cannot_be_written_is_told(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"

    assert "vérifiez MEDIA_ROOT" in check_storage().complaint


def test_a_file_read_back_otherwise_is_told(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    empty = tmp_path / "empty"
    empty.touch()
    monkeypatch.setattr(type(default_storage._wrapped), "_open", lambda *_: empty.open("rb"))

    assert "vérifiez le disque" in check_storage().complaint


def test_a_database_that_does_not_answer_is_told(monkeypatch):
    def refuse(self) -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(
        "django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", refuse
    )

    assert "ne répond pas (connection refused)" in check_database().complaint
    assert complaints().keys() >= {"database", "jobs"}


def test_a_mail_server_that_is_not_there_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()

    assert "Vérifiez EMAIL_URL" in check_mail().complaint


def test_a_mail_server_that_greets_is_well(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        threading.Thread(target=greet, args=[server], daemon=True).start()

        assert check_mail().is_well


def greet(server: socket.socket) -> None:
    caller, _ = server.accept()
    with caller, caller.makefile("rw", newline="\r\n") as talk:
        for answer in ["220 hello", "250 well", "221 bye"]:
            talk.write(answer + "\n")
            talk.flush()
            talk.readline()


@pytest.mark.parametrize("backend", ["console", "locmem", "filebased", "dummy"])
def test_other_ways_of_sending_are_well(settings, tmp_path, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    assert check_mail().is_well


def test_a_way_of_sending_that_does_not_exist_is_told(settings):
    settings.EMAIL_BACKEND = "nowhere.EmailBackend"

    assert "Vérifiez EMAIL_URL" in check_mail().complaint


def test_letters_that_do_not_leave_are_told(healthy):
    Letter.objects.create(
        kind="hello",
        occasion="1",
        to="aminata@example.org",
        asked_at=NOW - timedelta(hours=2),
        due_at=NOW - timedelta(hours=2),
    )

    assert "1 courriel attend depuis plus d'une heure" in complaints()["mail"]
