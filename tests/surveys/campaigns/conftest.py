"""A published questionnaire and a campaign that asks Aminata's association."""

from datetime import date, timedelta

import pytest

from intranet.network.models import Association
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition
from tests.people import NOW, TODAY


def make_questionnaire(
    slug: str = "autoevaluation", title: str = "Autoévaluation"
) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(slug=slug, title=title)
    freeze_definition(
        questionnaire=questionnaire,
        definition=Definition(
            title={"fr": title},
            sections=(
                Section(
                    id="s1",
                    title={"fr": "La concertation"},
                    questions=(
                        Question(
                            id="q1",
                            code="concertation",
                            kind="rating",
                            label={"fr": "Où en êtes-vous de la concertation ?"},
                        ),
                    ),
                ),
            ),
        ),
        by=None,
        at=NOW,
    )
    return questionnaire


def make_campaign(questionnaire: Questionnaire, slug: str = "bilan-2026", **fields) -> Campaign:
    defaults = {
        "title": f"Bilan {slug[-4:]}",
        "kind": Campaign.Kind.SELF_ASSESSMENT,
        "opens_date": TODAY - timedelta(days=3),
        "closes_date": date(2026, 4, 15),
        "by": None,
        "at": NOW,
    }
    return operations.open_campaign(
        slug=slug, questionnaire=questionnaire, **{**defaults, **fields}
    )


def make_associations(count: int) -> list[Association]:
    return [
        Association.objects.create(
            slug=f"association-{n:02}", name=f"Association {n:02}", email=f"a{n:02}@example.org"
        )
        for n in range(count)
    ]


@pytest.fixture
def questionnaire(db) -> Questionnaire:
    return make_questionnaire()


@pytest.fixture
def campaign(questionnaire, association) -> Campaign:
    return make_campaign(questionnaire, associations=[association])


@pytest.fixture
def participation(campaign):
    return campaign.participations.get()
