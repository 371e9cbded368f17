from datetime import timedelta

import pytest
from django.core import mail

from intranet.digest import operations as digest
from intranet.digest.models import DigestEntry, DigestLetter
from intranet.notifications.models import Letter
from surveys.campaigns import operations
from tests.letters import send_letters
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answers_only(settings):
    settings.DIGEST_SOURCES = ["surveys.campaigns.digest.awaited_answers"]


def write(days: int = 0) -> int:
    at = NOW + timedelta(days=days)
    return digest.write_weekly_letters(on=at.date(), at=at).letters


def test_who_acts_for_the_association_is_told_what_it_has_to_answer(
    aminata, benoit, denis, association, questionnaire
):
    make_campaign(questionnaire, associations=[association], message="Prenez une heure.")

    assert write() == 2
    assert {letter.person for letter in DigestLetter.objects.all()} == {aminata, benoit}
    entry = DigestEntry.objects.get()
    assert entry.text == "La réponse de Les Tisserands est attendue.\n\nPrenez une heure."
    assert entry.path == "/campagnes/bilan-2026/repondre/les-tisserands/"


def test_it_is_told_again_when_the_last_day_comes_near(aminata, participation):
    # The last day is 15 April, 34 days later.
    told = [days for days in range(0, 42, 7) if write(days)]

    assert told == [0, 28]
    assert write(33) == 1


def test_what_was_answered_is_not_told(aminata, participation):
    operations.mark_submitted(participation=participation, at=NOW)

    assert write() == 0


def test_what_was_answered_between_the_writing_and_the_leaving_does_not_leave(
    aminata, participation
):
    write()
    operations.mark_submitted(participation=participation, at=NOW)

    send_letters(at=NOW)

    assert mail.outbox == []
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.NOT_NEEDED}


def test_a_campaign_that_is_over_awaits_nothing(aminata, campaign):
    operations.close_campaign(campaign=campaign, on=TODAY)

    assert write() == 0
