from datetime import timedelta

import pytest

from intranet.digest import operations as digest
from intranet.digest.models import DigestEntry, DigestLetter
from intranet.notifications.models import Letter
from pages.signatures import operations
from tests.letters import send_letters
from tests.pages.signatures.conftest import DECISION
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signatures_only(settings):
    settings.DIGEST_SOURCES = ["pages.signatures.digest.to_confirm"]


@pytest.fixture(autouse=True)
def on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def to_confirm(first, association, aminata, claire, publish_next):
    operations.sign(association=association, version=first, decision=DECISION, by=aminata, at=NOW)
    operations.validate(association=association, by=claire, at=NOW)
    return publish_next(reason="Les passe-droits sont nommés.")


def write(days: int = 0) -> int:
    at = NOW + timedelta(days=days)
    return digest.write_weekly_letters(on=at.date(), at=at).letters


def test_the_representative_is_told_once_what_there_is_to_confirm(to_confirm, aminata, benoit):
    assert [write(), write(7), write(14)] == [1, 0, 0]
    assert DigestLetter.objects.get().person == aminata
    entry = DigestEntry.objects.get()
    assert entry.title == "Les Tisserands\xa0: confirmer la signature de la charte"
    assert entry.text == "Les passe-droits sont nommés."


def test_what_was_confirmed_before_the_letter_left_does_not_leave(to_confirm, association, aminata):
    write()
    operations.confirm(
        association=association, version=to_confirm, decision=DECISION, by=aminata, at=NOW
    )

    send_letters(at=NOW)

    [weekly] = Letter.objects.filter(occasion__startswith="weekly")
    assert weekly.state == Letter.State.NOT_NEEDED
