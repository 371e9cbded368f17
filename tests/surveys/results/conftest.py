"""A needs survey that 60 people answered, and a self-assessment of six associations."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from intranet.network.models import Association, Territory
from pages.charter.models import Commitment
from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.definition import OTHER, Definition, Question, Section
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.responses.models import Response
from tests.people import NOW, TODAY
from tests.surveys.results.surveys_drawn import choices, question


def make_campaign(questions: tuple[Question, ...], *, slug: str, kind, threshold: int) -> Campaign:
    questionnaire = Questionnaire.objects.create(slug=slug, title=f"Questionnaire {slug}")
    publish(questionnaire, *questions)
    return Campaign.objects.create(
        slug=slug,
        title=f"Campagne {slug}",
        kind=kind,
        questionnaire=questionnaire,
        opens_date=TODAY - timedelta(days=20),
        closes_date=date(2026, 4, 15),
        threshold=threshold,
    )


def publish(
    questionnaire: Questionnaire, *questions: Question, at: datetime = NOW - timedelta(days=30)
) -> QuestionnaireVersion:
    half = (len(questions) + 1) // 2
    definition = Definition(
        title={"fr": questionnaire.title},
        sections=(
            Section(id="s1", title={"fr": "Votre quartier"}, questions=questions[:half]),
            Section(id="s2", title={"fr": "Vos besoins"}, questions=questions[half:]),
        ),
    )
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=questionnaire.versions.count() + 1,
        checksum=definition.checksum,
        document=definition.to_json(),
        published_at=at,
    )


NEEDS = (
    question("single", has_other=True),
    question("multiple", choices=choices(5), has_other=True),
    question("boolean"),
    question("scale", choices=choices(5)),
    question("rating"),
    question("integer"),
    question("long_text"),
)


def answer(draw: Random) -> dict:
    """One person's answers, each question left out one time in eight."""
    some = [f"id-{number}" for number in range(5) if draw.random() < 0.4] or ["id-0"]
    single = draw.choices(["id-0", "id-1", "id-2", OTHER], [55, 25, 10, 10])[0]
    document = {
        "q-single": {"choice": single, **({"other": "Un jardin"} if single == OTHER else {})},
        "q-multiple": {"choices": some},
        "q-boolean": draw.random() < 0.6,
        "q-scale": {"choice": f"id-{draw.choices(range(5), [1, 2, 3, 3, 2])[0]}"},
        "q-rating": min(10, max(0, round(draw.gauss(7, 2)))),
        "q-integer": draw.randint(14, 90),
        "q-long_text": f"Une phrase de plus, numéro {draw.randint(1, 10**6)}",
    }
    return {key: value for key, value in document.items() if draw.random() > 0.125}


def record(campaign: Campaign, *documents: dict, participation: Participation | None = None):
    version = campaign.questionnaire.versions.last()
    Response.objects.bulk_create(
        Response(
            campaign=campaign,
            version=version,
            participation=participation,
            week=date(2026, 3, 9),
            document=document,
        )
        for document in documents
    )


@pytest.fixture
def needs_survey(db) -> Campaign:
    campaign = make_campaign(
        NEEDS, slug="besoins-2026", kind=Campaign.Kind.NEEDS_SURVEY, threshold=5
    )
    draw = Random(2026)
    record(campaign, *(answer(draw) for _person in range(60)))
    return campaign


@pytest.fixture
def empty_survey(db) -> Campaign:
    return make_campaign(NEEDS, slug="vide", kind=Campaign.Kind.NEEDS_SURVEY, threshold=5)


@pytest.fixture
def self_assessment(db) -> Campaign:
    degree = question("scale", "degree", choices=choices(5), commitments=("veille", "debat"))
    done = question("long_text", "done", commitments=("veille",))
    campaign = make_campaign(
        (degree, done, question("boolean", "apart")),
        slug="bilan-2026",
        kind=Campaign.Kind.SELF_ASSESSMENT,
        threshold=3,
    )
    territory = Territory.objects.create(code="QN07503I", name="La Dame", commune="Valbonne")
    for number in range(8):
        association = Association.objects.create(slug=f"asso-{number}", name=f"Asso {number}")
        association.territories.add(territory)
        participation = Participation.objects.create(campaign=campaign, association=association)
        if number < 6:
            document = {
                "q-degree": {"choice": "id-3" if number < 3 else "id-4"},
                "q-done": f"=Nous avons fait {number} réunions",
                "q-apart": number % 2 == 0,
            }
            record(campaign, document, participation=participation)
            participation.state = Participation.State.SUBMITTED
            participation.save()
    return campaign


@pytest.fixture
def commitments(db) -> list[Commitment]:
    return [
        Commitment.objects.create(
            anchor=anchor,
            text=f"Partager {anchor}",
            article_number=3,
            article_title="Le territoire",
            group=1,
            position=position,
        )
        for anchor, position in (("veille", 2), ("debat", 1), ("ailleurs", 3))
    ]


@pytest.fixture
def on_the_day(time_machine) -> None:
    """The clock of the views says what the campaigns expect."""
    time_machine.move_to(NOW, tick=False)
