import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from intranet.jobs.models import WorkerPool
from intranet.management.commands.health import Command


@pytest.fixture(autouse=True)
def room_for_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_a_healthy_installation_is_said_so():
    WorkerPool.objects.create(supervisor="here", beat_at=timezone.now())
    out, err = StringIO(), StringIO()

    call_command("health", "--json", stdout=out, stderr=err)

    report = json.loads(out.getvalue())
    assert report.pop("well") is True
    assert report == {
        part: {"well": True, "message": ""} for part in ["database", "jobs", "storage", "mail"]
    }
    assert "vont bien" in err.getvalue()


@pytest.mark.django_db
def test_an_unhealthy_one_ends_with_one_and_says_which_part(capsys):
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "health", "--json"])

    assert end.value.code == 1
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [part for part in report if part != "well" and not report[part]["well"]] == ["jobs"]
    assert captured.err == report["jobs"]["message"] + "\n"
