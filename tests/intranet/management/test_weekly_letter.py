import json
from io import StringIO

import pytest
from django.core.management import call_command

from intranet.notifications.models import Letter
from tests.intranet.digest.conftest import sources, tell  # noqa: F401 - a fixture
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


def run(*options: str) -> dict:
    printed = StringIO()
    call_command("weekly_letter", "--json", *options, stdout=printed, stderr=StringIO())
    return json.loads(printed.getvalue())


def test_a_second_run_queues_nothing(aminata, denis):
    tell("one", to=frozenset([aminata.pk]))

    assert run() == {"letters": 1, "empty": 1, "already": 0}
    assert run() == {"letters": 0, "empty": 1, "already": 1}
    assert Letter.objects.count() == 1


def test_a_check_writes_nothing(aminata):
    tell("one")

    assert run("--check") == {"letters": 1, "empty": 0, "already": 0}
    assert not Letter.objects.exists()


def test_another_day_may_be_named(aminata):
    tell("one")

    assert run("--on", "2026-03-19")["letters"] == 1
    assert run("--on", "2026-03-20")["letters"] == 0
