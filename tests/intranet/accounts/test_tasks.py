from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from intranet.accounts.tasks import forget_expired_sessions


@pytest.mark.django_db
def test_sessions_are_forgotten_when_they_expire_and_not_before():
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC)):
        SessionStore().create()
    with time_machine.travel(datetime(2026, 3, 10, tzinfo=UTC)):
        kept = SessionStore()
        kept.create()

    with time_machine.travel(datetime(2026, 3, 20, tzinfo=UTC)):
        forget_expired_sessions()
        forget_expired_sessions()

    assert [session.session_key for session in Session.objects.all()] == [kept.session_key]
