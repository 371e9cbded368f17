"""Hostile requests to the pages where people answer: never an error, nothing written down."""

import pytest
import time_machine

from surveys.responses.models import Draft
from tests.hostile import HOSTILE, encoded
from tests.people import NOW

pytestmark = pytest.mark.django_db

SURVEY = "/enquete/besoins-2026/"
STEPS = ("", "rubrique/1/", "rubrique/2/", "resume/", "envoyee/", "plus-tard/")
FIELDS = (
    "q-anciennete", "q-besoins", "q-mot", "q-age", "q-note", "other-q-besoins", "page", "action",
    "base", "territory", "key", "draft", "revision",
)  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def attack(client, address: str, value: str) -> list[int]:
    body = "&".join(f"{name}={value}" for name in FIELDS) + f"&{value[:200]}=1"
    query = "&".join(f"{name}={value[:2_000]}" for name in FIELDS)
    asked = client.generic("GET", address, QUERY_STRING=query)
    sent = client.post(address, body, content_type="application/x-www-form-urlencoded")
    return [asked.status_code, sent.status_code]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_public_survey_bears_it(client, survey, what):
    client.post(SURVEY)
    for step in STEPS:
        assert max(attack(client, SURVEY + step, encoded(HOSTILE[what]))) < 500, step

    for draft in Draft.objects.all():
        assert "\x00" not in str(draft.document)


@pytest.mark.parametrize("what", HOSTILE)
def test_an_associations_self_assessment_bears_it(client, participation, benoit, what):
    client.force_login(benoit)
    home = f"/campagnes/{participation.campaign.slug}/repondre/{participation.association.slug}/"
    client.post(home)

    for step in STEPS[:-1]:
        assert max(attack(client, home + step, encoded(HOSTILE[what]))) < 500, step


@pytest.mark.parametrize("what", HOSTILE)
def test_an_animators_pages_bear_it(client, participation, claire, what):
    client.force_login(claire)
    campaign = f"/campagnes/{participation.campaign.slug}/"

    for address in (
        "/campagnes/", "/campagnes/nouvelle/", campaign, f"{campaign}associations/",
        f"{campaign}dernier-jour/", f"{campaign}resultats/", f"{campaign}exports/", "/mon-espace/",
    ):  # fmt: skip
        assert max(attack(client, address, encoded(HOSTILE[what]))) < 500, address


@pytest.mark.parametrize("what", HOSTILE)
def test_a_link_to_come_back_bears_it(client, survey, what):
    value = encoded(HOSTILE[what])[:20_000]

    for address in (f"{SURVEY}reprendre/{value}/", f"{SURVEY}rubrique/{value}/"):
        assert client.get(address).status_code < 500
