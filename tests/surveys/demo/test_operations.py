"""The demo: a network and its campaigns, the same every time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Page

from intranet.digest.models import DigestLetter
from intranet.network.models import Association, Territory
from intranet.notifications.models import Letter
from intranet.notifications.queries import late_letters
from pages.agenda.models import EventPage
from pages.charter.models import Commitment
from pages.contact.models import FormAnswer, FormPage
from pages.legal.models import LegalIdentity, missing_facts
from pages.resources.models import ResourcePage
from surveys.campaigns.models import Campaign, Participation
from surveys.demo.network import PASSWORD
from surveys.demo.operations import load_demo
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses.models import Draft, Response
from surveys.results import queries
from tests.seeding import kept_for_a_while

pytestmark = pytest.mark.django_db

IN_WINTER = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)
IN_AUTUMN = datetime(2027, 10, 30, 22, 30, tzinfo=UTC)

State = Participation.State


def campaigns():
    return Campaign.objects.order_by("kind", "opens_date")


def figures():
    """Of each campaign, whatever its year."""
    return [
        {**queries.figures(campaign, raw=raw), "campaign": campaign.kind}
        for campaign in campaigns()
        for raw in (False, True)
    ]


def everything():
    models = [
        Association,
        Campaign,
        Commitment,
        Draft,
        Page,
        Participation,
        QuestionnaireVersion,
        Response,
        Territory,
        get_user_model(),
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.fixture(scope="module")
def figures_in_autumn(django_db_setup, django_db_blocker) -> list[dict]:
    with kept_for_a_while(django_db_blocker):
        assert load_demo(at=IN_AUTUMN)
        return figures()


@pytest.fixture(scope="module")
def loaded_in_winter(figures_in_autumn, django_db_setup, django_db_blocker):
    with kept_for_a_while(django_db_blocker):
        assert load_demo(at=IN_WINTER)
        yield


@pytest.fixture
def in_winter(loaded_in_winter, db) -> None:
    """The demo, loaded on a day of January."""


def test_the_demo_counts_the_same_whatever_the_day_it_is_loaded(in_winter, figures_in_autumn):
    assert [found["responses"] for found in figures()] == [2000, 2000, 38, 38, 17, 17]
    assert figures() == figures_in_autumn


def test_the_demo_is_a_network_of_forty_associations_with_three_campaigns(in_winter):
    assert Association.objects.count() == 40
    assert Territory.objects.count() == 15
    assert not Association.objects.filter(territories=None).exists()
    needs, last_year, this_year = campaigns()
    assert [needs.responses.count(), needs.drafts.count()] == [2000, 0]
    assert not last_year.is_open(IN_WINTER.date())
    assert this_year.is_open(IN_WINTER.date())
    states = [
        [campaign.participations.filter(state=state).count() for state in State]
        for campaign in (last_year, this_year)
    ]
    assert list(State) == [State.ASKED, State.STARTED, State.SUBMITTED]
    assert states == [[2, 0, 38], [17, 6, 17]]
    assert this_year.drafts.count() == 6
    assert ResourcePage.objects.live().count() == 25
    assert EventPage.objects.coming(IN_WINTER.date()).count() == 9
    assert EventPage.objects.past(IN_WINTER.date()).count() == 3
    assert FormPage.objects.live().count() == 2
    assert FormAnswer.objects.count() == 5
    assert 0 < len(missing_facts(LegalIdentity.load())) < 9
    people = get_user_model().objects.all()
    invited = {user.email for user in people if not user.has_usable_password()}
    assert invited == {"invitee@maillage.example", "yann@parti.example"}
    for user in people.exclude(email__in=invited):
        assert user.check_password(PASSWORD)
    before = everything()

    # Once more, and nothing moves.
    assert load_demo(at=IN_AUTUMN) is False
    call_command("load_demo")
    assert everything() == before


def test_the_demo_has_letters_of_past_weeks_and_an_outbox_in_which_not_all_went_well(in_winter):
    letters = DigestLetter.objects.filter(person__email="invitee@maillage.example")
    assert letters.exists()
    assert all(letter.entries for letter in letters)
    assert {
        Letter.State.SENT,
        Letter.State.REFUSED,
        Letter.State.GIVEN_UP,
        Letter.State.WAITING,
    } <= set(Letter.objects.values_list("state", flat=True))
    assert late_letters(at=IN_WINTER + timedelta(hours=3)).count() == 0
