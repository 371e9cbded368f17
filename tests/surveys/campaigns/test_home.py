"""What the home page says of surveys, whoever looks at it."""

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from intranet.rights.permissions import forget
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign
from tests.people import NOW, TODAY
from tests.surveys.campaigns.conftest import make_campaign


def home(user=None) -> str:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    with time_machine.travel(NOW, tick=False):
        return Template("{% load surveys_home %}{% surveys_home %}").render(
            Context({"request": request})
        )


def survey(questionnaire, slug: str) -> Campaign:
    return make_campaign(questionnaire, slug, kind=Campaign.Kind.NEEDS_SURVEY)


def test_a_passer_by_is_led_to_open_needs_surveys_only(questionnaire, campaign):
    survey(questionnaire, "besoins")
    operations.close_campaign(campaign=survey(questionnaire, "fermee"), on=TODAY)

    text = home()

    assert "/enquete/besoins/" in text
    assert "/enquete/fermee/" not in text
    assert "bilan-2026" not in text


def test_a_representative_is_led_to_what_awaits(participation, aminata):
    text = home(aminata)

    assert "Ce qui vous attend" in text
    assert "/campagnes/bilan-2026/repondre/les-tisserands/" in text


def test_nothing_is_said_when_there_is_nothing_to_do(campaign, denis):
    assert home(denis).strip() == ""


@pytest.mark.parametrize("logged_in", [False, True])
def test_the_home_asks_as_much_for_three_as_for_one(questionnaire, association, aminata, logged_in):
    counts = []
    for number in range(3):
        survey(questionnaire, f"besoins-{number}")
        make_campaign(questionnaire, f"bilan-{number}", associations=[association])
        forget(aminata)
        with CaptureQueriesContext(connection) as queries:
            home(aminata if logged_in else None)
        counts.append(len(queries))

    assert counts[0] == counts[2]
