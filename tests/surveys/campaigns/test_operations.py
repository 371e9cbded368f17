from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail

from intranet.accounts.models import User
from intranet.network.models import Membership
from intranet.network.operations import join
from intranet.notifications.models import Letter
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.models import Questionnaire
from tests.letters import send_letters
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign

LATER = NOW + timedelta(hours=1)


def queued_ids() -> list[int]:
    return sorted(letter.context["participation"] for letter in Letter.objects.all())


def test_an_open_campaign_asks_and_invites_each_association_once(questionnaire):
    associations = make_associations(3)

    campaign = make_campaign(questionnaire, associations=associations)

    assert campaign.threshold == 3
    assert campaign.participations.count() == 3
    assert queued_ids() == sorted(campaign.participations.values_list("pk", flat=True))


def test_a_needs_survey_shows_no_group_smaller_than_five(questionnaire):
    campaign = make_campaign(questionnaire, kind=Campaign.Kind.NEEDS_SURVEY, closes_date=None)

    assert campaign.threshold == 5


def test_a_questionnaire_that_was_never_published_cannot_be_asked(db):
    with pytest.raises(operations.NothingPublished):
        make_campaign(Questionnaire.objects.create(slug="brouillon", title="Brouillon"))

    assert not Campaign.objects.exists()


def test_a_campaign_does_not_close_before_it_opens(questionnaire):
    with pytest.raises(operations.ClosesTooEarly):
        make_campaign(questionnaire, closes_date=TODAY - timedelta(days=4))


def test_two_campaigns_never_share_an_address(questionnaire, campaign):
    with pytest.raises(operations.AddressTaken):
        make_campaign(questionnaire, slug=campaign.slug)

    assert Campaign.objects.count() == 1


def test_a_campaign_of_later_invites_nobody_before_its_first_day(questionnaire):
    opens_date = TODAY + timedelta(days=2)
    make_campaign(questionnaire, opens_date=opens_date, associations=make_associations(2))
    assert queued_ids() == []

    assert operations.open_due_campaigns(at=NOW + timedelta(days=1)) == 0
    assert operations.open_due_campaigns(at=NOW + timedelta(days=2)) == 2
    assert operations.open_due_campaigns(at=NOW + timedelta(days=2, hours=1)) == 0
    assert len(queued_ids()) == 2


def test_a_campaign_that_is_over_invites_nobody(questionnaire):
    make_campaign(
        questionnaire,
        opens_date=date(2025, 3, 1),
        closes_date=date(2025, 4, 1),
        associations=make_associations(2),
    )

    assert operations.open_due_campaigns(at=NOW) == 0
    assert queued_ids() == []


def test_an_association_asked_twice_participates_once(campaign, association):
    others = make_associations(2)

    assert operations.ask(campaign=campaign, associations=[association, *others], at=LATER) == 2
    assert campaign.participations.count() == 3
    assert len(queued_ids()) == 3


def test_an_association_without_address_is_invited_once_it_has_one(questionnaire):
    [association] = make_associations(1)
    association.email = ""
    association.save()
    make_campaign(questionnaire, associations=[association])
    assert queued_ids() == []

    association.email = "enfin@example.org"
    association.save()

    assert operations.open_due_campaigns(at=LATER) == 1


def test_a_letter_that_nobody_received_is_asked_for_again_after_three_days(participation):
    assert operations.open_due_campaigns(at=NOW + timedelta(days=2)) == 0
    assert operations.open_due_campaigns(at=NOW + timedelta(days=4)) == 1
    assert operations.open_due_campaigns(at=NOW + timedelta(days=5)) == 0


def test_a_letter_is_sent_once_however_often_its_job_runs(aminata, participation):
    for _ in range(3):
        send_letters(at=LATER)

    assert [message.to for message in mail.outbox] == [["aminata@example.org"]]
    participation.refresh_from_db()
    assert participation.invited_at == LATER


def test_two_representatives_are_both_written_to(aminata, association, questionnaire):
    nadia = User.objects.create_user("nadia@example.org", "un-long-mot-de-passe")
    join(user=nadia, association=association, role=Membership.Role.REPRESENTATIVE)
    make_campaign(questionnaire, associations=[association])

    send_letters(at=LATER)

    assert sorted(message.to[0] for message in mail.outbox) == [
        "aminata@example.org",
        "nadia@example.org",
    ]


def test_a_letter_goes_to_the_association_when_nobody_represents_it(benoit, participation):
    send_letters(at=LATER)

    assert [message.to for message in mail.outbox] == [["bonjour@tisserands.example"]]


def test_a_representative_whose_account_is_closed_is_not_written_to(
    aminata, association, questionnaire
):
    aminata.is_active = False
    aminata.save()
    make_campaign(questionnaire, associations=[association])

    send_letters(at=LATER)

    assert [message.to for message in mail.outbox] == [["bonjour@tisserands.example"]]


def test_a_letter_on_its_way_to_an_account_that_was_closed_meanwhile_stays(aminata, participation):
    aminata.is_active = False
    aminata.save()

    send_letters(at=LATER)

    assert mail.outbox == []
    assert Letter.objects.get().state == Letter.State.NOT_NEEDED


def test_an_invitation_sent_again_is_one_more_letter(participation):
    send_letters(at=LATER)
    operations.invite(participations=[participation], at=LATER + timedelta(days=1))
    send_letters(at=LATER + timedelta(days=2))
    send_letters(at=LATER + timedelta(days=2))

    assert len(mail.outbox) == 2
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first != second


def test_of_two_letters_that_wait_for_one_association_the_last_leaves(participation):
    operations.invite(participations=[participation], at=LATER)

    send_letters(at=LATER + timedelta(hours=1))

    assert len(mail.outbox) == 1
    assert Letter.objects.filter(state=Letter.State.NOT_NEEDED).count() == 1


def test_who_has_answered_meanwhile_receives_no_letter(participation):
    operations.mark_submitted(participation=participation, at=NOW)

    assert operations.invite(participations=[participation], at=LATER) == 0
    send_letters(at=LATER)
    assert mail.outbox == []
    assert Letter.objects.get().state == Letter.State.NOT_NEEDED


def test_a_letter_that_did_not_leave_is_not_counted_as_sent(participation):
    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        side_effect=SMTPServerDisconnected("down"),
    ):
        send_letters(at=LATER)

    participation.refresh_from_db()
    assert participation.invited_at is None
    assert participation.awaits_its_letter
    send_letters(at=LATER + timedelta(hours=1))
    participation.refresh_from_db()
    assert not participation.awaits_its_letter


def test_a_letter_does_not_leave_after_the_campaign_is_closed(campaign, participation):
    operations.close_campaign(campaign=campaign, on=TODAY)

    send_letters(at=LATER)

    assert mail.outbox == []


def test_a_participation_only_moves_forward(participation):
    operations.mark_started(participation=participation, at=NOW)
    assert participation.state == Participation.State.STARTED

    operations.mark_submitted(participation=participation, at=LATER)
    operations.mark_submitted(participation=participation, at=LATER + timedelta(days=1))
    operations.mark_started(participation=participation, at=LATER + timedelta(days=1))

    assert participation.state == Participation.State.SUBMITTED
    assert participation.started_at == NOW
    assert participation.submitted_at == LATER


def test_a_campaign_closed_by_hand_is_closed_from_that_day_on(campaign):
    operations.close_campaign(campaign=campaign, on=TODAY)

    assert campaign.is_closed(TODAY)
    assert not campaign.is_open(TODAY)
    assert list(Campaign.objects.closed(TODAY)) == [campaign]
    assert not Campaign.objects.open(TODAY).exists()


def test_prolonging_a_closed_campaign_opens_it_again(campaign):
    operations.close_campaign(campaign=campaign, on=TODAY)

    operations.prolong_campaign(campaign=campaign, closes_date=date(2026, 5, 1), on=TODAY)

    assert campaign.is_open(date(2026, 5, 1))
    assert list(Campaign.objects.open(TODAY)) == [campaign]


def test_a_campaign_is_not_prolonged_into_the_past(campaign):
    with pytest.raises(operations.ClosesTooEarly):
        operations.prolong_campaign(
            campaign=campaign, closes_date=TODAY - timedelta(days=1), on=TODAY
        )
