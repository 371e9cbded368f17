from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from intranet.network.models import Association, Membership
from surveys.campaigns import operations, permissions, queries
from surveys.campaigns.models import Campaign, Participation
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_associations, make_campaign


def test_members_see_a_campaign_from_its_first_day_and_animators_before(
    questionnaire, aminata, claire
):
    campaign = make_campaign(questionnaire, opens_date=TODAY + timedelta(days=1))

    assert list(queries.campaigns_of(aminata, on=TODAY)) == []
    assert list(queries.campaigns_of(aminata, on=TODAY + timedelta(days=1))) == [campaign]
    assert list(queries.campaigns_of(claire, on=TODAY)) == [campaign]
    assert not permissions.may_see_campaign(aminata, campaign, TODAY)
    assert permissions.may_see_campaign(claire, campaign, TODAY)


def test_partners_and_passers_by_see_no_campaign(campaign, farid):
    for somebody in (farid, AnonymousUser()):
        assert list(queries.campaigns_of(somebody, on=TODAY)) == []
        assert list(queries.participations_of(somebody, TODAY)) == []
        assert not permissions.may_see_campaign(somebody, campaign, TODAY)
        assert not permissions.may_manage_campaigns(somebody)


@pytest.mark.parametrize("person", ["aminata", "elodie", "denis", "farid"])
def test_only_animators_manage_campaigns(person, claire, request):
    assert permissions.may_manage_campaigns(claire)
    assert not permissions.may_manage_campaigns(request.getfixturevalue(person))


def test_participations_are_those_of_the_persons_associations(participation, benoit, denis):
    assert list(queries.participations_of(benoit, TODAY)) == [participation]
    assert list(queries.participations_of(denis, TODAY)) == []


def test_an_association_that_left_awaits_nothing(participation, association, aminata):
    association.is_active = False
    association.save()

    assert list(queries.awaited_participations(aminata, TODAY)) == []


def test_what_is_sent_or_closed_awaits_nobody(questionnaire, association, aminata):
    sent = make_campaign(questionnaire, "bilan-2025", associations=[association])
    closed = make_campaign(questionnaire, "bilan-2024", associations=[association])
    awaited = make_campaign(questionnaire, "bilan-2026", associations=[association])
    operations.mark_submitted(participation=sent.participations.get(), at=NOW)
    operations.close_campaign(campaign=closed, on=TODAY)

    assert [one.campaign for one in queries.awaited_participations(aminata, TODAY)] == [awaited]
    assert [one.campaign for one in queries.sent_participations(aminata, TODAY)] == [sent]


def test_turnout_counts_each_association_once(questionnaire, association, aminata):
    reachable, silent, submitted = make_associations(3)
    Association.objects.filter(pk=silent.pk).update(email="")
    campaign = make_campaign(
        questionnaire, associations=[association, reachable, silent, submitted]
    )
    # Two representatives do not count twice.
    Membership.objects.create(user=aminata, association=submitted, role="representative")
    operations.mark_submitted(
        participation=campaign.participations.get(association=submitted), at=NOW
    )
    operations.mark_started(
        participation=campaign.participations.get(association=reachable), at=NOW
    )

    turnout = queries.turnout(campaign)

    assert (turnout.asked, turnout.submitted, turnout.started) == (4, 1, 1)
    assert (turnout.waiting, turnout.late, turnout.unreachable) == (2, 3, 1)


def test_the_list_shows_open_campaigns_first_then_planned_then_closed(questionnaire, claire):
    closed = make_campaign(questionnaire, "c-2020", closes_date=TODAY - timedelta(days=1))
    planned = make_campaign(questionnaire, "c-2027", opens_date=TODAY + timedelta(days=1))
    opened = make_campaign(questionnaire, "c-2026", closes_date=None)

    assert list(queries.listed_campaigns(claire, on=TODAY)) == [opened, planned, closed]


def test_a_campaign_is_in_one_state_at_a_time(questionnaire):
    campaigns = [
        make_campaign(questionnaire, "c-1", closes_date=None),
        make_campaign(questionnaire, "c-2", closes_date=TODAY),
        make_campaign(questionnaire, "c-3", closes_date=TODAY - timedelta(days=1)),
        make_campaign(questionnaire, "c-4", opens_date=TODAY + timedelta(days=1)),
        make_campaign(questionnaire, "c-5", opens_date=TODAY, closes_date=None),
    ]
    operations.close_campaign(campaign=campaigns[4], on=TODAY)

    for campaign in campaigns:
        said = [campaign.is_open(TODAY), campaign.is_planned(TODAY), campaign.is_closed(TODAY)]
        found = [
            Campaign.objects.open(TODAY).filter(pk=campaign.pk).exists(),
            Campaign.objects.planned(TODAY).filter(pk=campaign.pk).exists(),
            Campaign.objects.closed(TODAY).filter(pk=campaign.pk).exists(),
        ]
        assert said == found
        assert sum(said) == 1


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, ["Association 00", "Association 01", "Association 02"]),
        ({"search": "01"}, ["Association 01"]),
        ({"state": "submitted"}, ["Association 01"]),
        ({"state": "unanswered"}, ["Association 00", "Association 02"]),
        ({"state": "unreachable"}, ["Association 02"]),
        ({"sort": "submitted"}, ["Association 01", "Association 00", "Association 02"]),
        ({"sort": "started"}, ["Association 00", "Association 01", "Association 02"]),
        ({"sort": "invited"}, ["Association 00", "Association 02", "Association 01"]),
    ],
)
def test_the_follow_up_is_searched_filtered_and_sorted(questionnaire, filters, names):
    campaign = make_campaign(questionnaire, associations=make_associations(3))
    Association.objects.filter(slug="association-02").update(email="")
    one, two, _three = campaign.participations.order_by("association__name")
    operations.mark_started(participation=one, at=NOW)
    operations.mark_submitted(participation=two, at=NOW)
    Participation.objects.filter(pk=two.pk).update(invited_at=NOW)

    rows = queries.followed_participations(campaign, **filters)

    assert [row.association.name for row in rows] == names


def test_an_address_made_from_the_title_is_free_and_never_a_reserved_word(questionnaire):
    make_campaign(questionnaire, "notre-cooperation")

    assert queries.free_slug("Notre coopération") == "notre-cooperation-2"
    assert queries.free_slug("Nouvelle") == "nouvelle-2"
    assert queries.free_slug("!!!") == "campagne"
    assert len(queries.free_slug("é" * 200)) <= 80
