"""A letter to Aminata, and a mail server that answers what the test wants."""

from collections.abc import Callable
from datetime import datetime
from unittest import mock

import pytest

from intranet.notifications import operations
from intranet.notifications.models import Letter
from tests.people import NOW

ANSWER = "django.core.mail.backends.locmem.EmailBackend.send_messages"


@pytest.fixture(autouse=True)
def words(settings, tmp_path):
    (tmp_path / "letter.txt").write_text(
        "{{ who }} : {{ base_url }}{% url 'account_login' %}", encoding="utf-8"
    )
    (tmp_path / "letter.html").write_text("<p>{{ who }}</p>", encoding="utf-8")
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
    settings.BASE_URL = "https://maillage.example"


def queue(number: int = 1, at: datetime = NOW, **fields) -> Letter | None:
    return operations.queue_letter(
        **{
            "kind": "hello",
            "occasion": f"{number}",
            "to": "aminata@example.org",
            "person": None,
            "subject": "Bonjour",
            "template": "letter",
            "context": {"who": "L'<Envol>"},
            "at": at,
            **fields,
        }
    )


@pytest.fixture
def letter(db) -> Letter:
    return queue()


@pytest.fixture
def server_answers() -> Callable[..., mock._patch]:
    def answer(*errors: Exception | None) -> mock._patch:
        return mock.patch(ANSWER, side_effect=[error or 1 for error in errors])

    return answer
