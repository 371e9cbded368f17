from datetime import UTC, datetime

import pytest
import time_machine

from intranet.digest import tasks
from intranet.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        # A Thursday, in Paris: 6:30 then 7:30.
        (datetime(2026, 3, 12, 5, 30, tzinfo=UTC), set()),
        (
            datetime(2026, 3, 12, 6, 30, tzinfo=UTC),
            {"write_weekly_letters", "write_deadline_letters"},
        ),
        # The machine was off on Thursday; then too late.
        (
            datetime(2026, 3, 13, 8, tzinfo=UTC),
            {"write_weekly_letters", "write_deadline_letters"},
        ),
        (datetime(2026, 3, 15, 8, tzinfo=UTC), {"write_deadline_letters"}),
    ],
)
def test_letters_are_written_on_their_morning(moment, asked):
    with time_machine.travel(moment, tick=False):
        tasks.write_due_letters()
        tasks.write_due_letters()

    names = [job.name.rpartition(".")[2] for job in Job.objects.filter(occasion__isnull=False)]
    assert sorted(names) == sorted(asked)
