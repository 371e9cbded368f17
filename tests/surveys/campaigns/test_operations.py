from datetime import date, timedelta
from smtplib import SMTPException
from unittest import mock

import pytest
from django.core import mail

from intranet.jobs.models import Job
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.models import Questionnaire
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign

LATER = NOW + timedelta(hours=1)


def queued_ids() -> list[int]:
    jobs = Job.objects.filter(name="surveys.campaigns.tasks.send_invitation")
    return sorted(job.arguments[0] for job in jobs)


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


def test_a_letter_whose_job_gave_up_is_queued_again_the_next_day(participation):
    assert operations.open_due_campaigns(at=NOW + timedelta(hours=23)) == 0
    assert operations.open_due_campaigns(at=NOW + timedelta(hours=25)) == 1
    assert operations.open_due_campaigns(at=NOW + timedelta(hours=26)) == 0


def test_a_letter_is_sent_once_however_often_its_job_runs(participation, aminata):
    sent = [
        operations.send_invitation(participation_id=participation.pk, at=LATER) for _ in range(3)
    ]

    assert sent == [True, False, False]
    assert [message.to for message in mail.outbox] == [["aminata@example.org"]]
    participation.refresh_from_db()
    assert participation.invited_at == LATER


def test_a_letter_goes_to_the_association_when_nobody_represents_it(participation, benoit):
    operations.send_invitation(participation_id=participation.pk, at=LATER)

    assert [message.to for message in mail.outbox] == [["bonjour@tisserands.example"]]


def test_a_representative_whose_account_is_closed_receives_nothing(participation, aminata):
    aminata.is_active = False
    aminata.save()

    operations.send_invitation(participation_id=participation.pk, at=LATER)

    assert [message.to for message in mail.outbox] == [["bonjour@tisserands.example"]]


def test_an_invitation_sent_again_is_one_more_letter(participation):
    operations.send_invitation(participation_id=participation.pk, at=LATER)
    operations.invite(participations=[participation], at=LATER + timedelta(days=1))

    operations.send_invitation(participation_id=participation.pk, at=LATER + timedelta(days=2))
    operations.send_invitation(participation_id=participation.pk, at=LATER + timedelta(days=2))

    assert len(mail.outbox) == 2
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first != second


def test_who_has_answered_is_not_invited_again(participation):
    operations.mark_submitted(participation=participation, at=NOW)

    assert operations.invite(participations=[participation], at=LATER) == 0
    assert not operations.send_invitation(participation_id=participation.pk, at=LATER)
    assert mail.outbox == []


def test_a_letter_that_did_not_leave_is_not_counted_as_sent(participation):
    with (
        mock.patch("django.core.mail.EmailMessage.send", side_effect=SMTPException("down")),
        pytest.raises(SMTPException),
    ):
        operations.send_invitation(participation_id=participation.pk, at=LATER)

    participation.refresh_from_db()
    assert participation.invited_at is None
    assert operations.send_invitation(participation_id=participation.pk, at=LATER)


def test_a_letter_does_not_leave_after_the_campaign_is_closed(campaign, participation):
    operations.close_campaign(campaign=campaign, on=TODAY)

    assert not operations.send_invitation(participation_id=participation.pk, at=LATER)
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
