import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from intranet.management.reporting import Refused
from intranet.network.models import Association
from surveys.campaigns.models import Campaign
from surveys.questionnaires.models import Questionnaire
from tests.people import NOW
from tests.surveys.campaigns.conftest import make_associations, make_questionnaire


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def questionnaire(db) -> Questionnaire:
    return make_questionnaire()


def open_campaign(*arguments: str, kind: str = "self-assessment") -> dict:
    output = StringIO()
    call_command(
        "open_campaign",
        "bilan-2026",
        "--questionnaire=autoevaluation",
        f"--kind={kind}",
        *arguments,
        "--json",
        stdout=output,
        stderr=StringIO(),
    )
    return json.loads(output.getvalue())


def test_a_self_assessment_asks_every_active_association_from_today(questionnaire):
    make_associations(3)
    Association.objects.create(slug="partie", name="Partie", is_active=False)
    Association.objects.filter(slug="association-02").update(email="")

    assert open_campaign() == {
        "campaign": "bilan-2026",
        "title": "Autoévaluation",
        "kind": "self-assessment",
        "questionnaire": "autoevaluation",
        "version": 1,
        "opens": "2026-03-12",
        "closes": None,
        "threshold": 3,
        "asked": 3,
        "without_address": 1,
        "address": "http://localhost:8000/campagnes/bilan-2026/",
    }


def test_a_needs_survey_asks_nobody_and_has_a_public_address(questionnaire):
    make_associations(1)

    report = open_campaign(kind="needs-survey")

    assert (report["asked"], report["threshold"]) == (0, 5)
    assert report["address"] == "http://localhost:8000/enquete/bilan-2026/"


def test_days_are_understood_in_french_and_in_iso(questionnaire):
    make_associations(1)

    open_campaign("--opens=01/03/2026", "--closes=2026-04-15", "--threshold=4", "--title=Bilan")

    campaign = Campaign.objects.get()
    assert (campaign.opens_date, campaign.closes_date) == (date(2026, 3, 1), date(2026, 4, 15))
    assert (campaign.threshold, campaign.title) == (4, "Bilan")


def test_associations_are_chosen_by_their_addresses(questionnaire):
    make_associations(3)

    open_campaign("--associations=association-00, association-02")

    asked = Campaign.objects.get().participations.values_list("association__slug", flat=True)
    assert list(asked) == ["association-00", "association-02"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--closes=2026-03-01"], "avant le premier"),
        (["--opens=bientôt"], "Écrivez le jour"),
        (["--threshold=0"], "1"),
        (["--threshold=beaucoup"], "nombre entier"),
        (["--title="], "Donnez un titre"),
        (["--title=" + "x" * 201], "200"),
        (["--title=a\x00b"], "nul"),
        (["--title=a\udcffb"], "UTF-8"),
        (["--associations=inconnue"], "inconnue"),
        (["--associations=a\x00b"], "actives"),
        (["--associations=,"], "au moins une"),
        (["--questionnaire=inconnu"], "inconnu"),
        (["--questionnaire=a\x00b"], "pas de questionnaire"),
        (["--questionnaire=brouillon"], "publiez-le"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(questionnaire, arguments, reason):
    make_associations(1)
    Questionnaire.objects.create(slug="brouillon", title="Brouillon")

    with pytest.raises(Refused, match=reason) as refusal:
        open_campaign(*arguments)

    assert refusal.value.returncode == 1
    assert not Campaign.objects.exists()


def test_an_address_is_taken_once(questionnaire):
    make_associations(1)
    open_campaign()

    with pytest.raises(Refused, match="Une autre campagne"):
        open_campaign()
