from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from intranet.jobs.models import Job
from surveys.campaigns import tasks
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(("hour", "letters"), [(3, 0), (9, 2)])
def test_invitations_of_the_first_day_leave_in_the_morning(
    questionnaire, hour, letters, django_capture_on_commit_callbacks
):
    make_campaign(questionnaire, opens_date=TOMORROW, associations=make_associations(2))

    with (
        time_machine.travel(datetime(2026, 3, 13, hour, tzinfo=UTC), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        tasks.send_due_invitations()
        tasks.send_due_invitations()

    assert len(mail.outbox) == letters


def test_one_job_sends_the_letters_of_a_campaign(questionnaire, django_capture_on_commit_callbacks):
    with time_machine.travel(NOW), django_capture_on_commit_callbacks(execute=True):
        make_campaign(questionnaire, associations=make_associations(2))

    assert Job.objects.get(name="intranet.notifications.tasks.send_letters").state == Job.State.DONE
    assert len(mail.outbox) == 2
