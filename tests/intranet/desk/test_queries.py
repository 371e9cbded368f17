"""The administrator's figures against the database."""

from html import unescape

import pytest
from django.utils import timezone

from intranet.accounts.models import User
from intranet.desk import queries
from intranet.desk.contract import Line, Matter
from intranet.desk.sources import silent_addresses
from intranet.health import views as health
from intranet.health.operations import Finding
from intranet.jobs.models import Job
from intranet.notifications.models import Letter, Reason, SilentAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def gaelle(db) -> User:
    return User.objects.create_superuser(email="gaelle@example.org", password="x")


@pytest.fixture(autouse=True)
def _asked_anew():
    health.health_during.cache_clear()
    yield
    health.health_during.cache_clear()


def add_letter(state: str, number: int) -> None:
    settled = None if state in {"waiting", "sending"} else timezone.now()
    Letter.objects.bulk_create(
        [
            Letter(
                kind="test",
                occasion=f"{state} {number}",
                to="a@example.org",
                state=state,
                asked_at=timezone.now(),
                due_at=timezone.now(),
                settled_at=settled,
            )
        ]
    )


def test_the_installation_counts_jobs_and_letters():
    now = timezone.now()
    for number, state in enumerate(["queued", "queued", "failed", "done"]):
        Job.objects.create(name=f"job {number}", state=state, due_at=now)
    for number in range(3):
        add_letter("waiting", number)
    add_letter("refused", 0)
    add_letter("sent", 0)

    found = queries.installation()

    assert (found.jobs_waiting, found.jobs_failed) == (2, 1)
    assert (found.letters_waiting, found.letters_refused) == (3, 1)
    assert found.oldest_job == Job.objects.earliest("created_at").created_at


def test_what_is_ill_is_said_in_words_to_the_administrator(client, gaelle, claire, monkeypatch):
    ill = (Finding("database"), Finding("jobs", "Relancez les tâches."))
    monkeypatch.setattr(queries, "remembered_health", lambda: ill)

    client.force_login(gaelle)
    page = unescape(client.get("/mon-espace/").text)
    client.force_login(claire)
    others = unescape(client.get("/mon-espace/").text)

    assert "Relancez les tâches." in page
    assert "À regarder" in page
    assert "Relancez les tâches." not in others
    assert "L'installation" not in others


def test_addresses_that_letters_came_back_from_are_listed():
    SilentAddress.objects.create(
        address="b@example.org", since=timezone.now(), reason=Reason.MAILBOX_FULL
    )

    matter = silent_addresses(at=timezone.now())

    assert matter.number == SilentAddress.objects.count() == 1
    assert matter.lines == [Line("b@example.org", note="La boîte de réception est pleine.")]


def test_a_matter_shows_five_lines_and_says_how_many_are_left():
    matter = Matter(
        key="k", title="t", counted="c", empty="e", lines=[Line(str(n)) for n in range(7)]
    )

    assert (matter.number, len(matter.shown), matter.more) == (7, 5, 2)
