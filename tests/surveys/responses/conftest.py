"""One questionnaire with a question of every kind, asked in two campaigns."""

from datetime import date

import pytest

from surveys.campaigns.models import Campaign, Participation
from surveys.questionnaires.definition import Choice, Definition, Question, Section
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.responses.models import Draft
from tests.people import NOW


def choices(*codes: str, exclusive: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=f"c-{code}",
            code=code,
            label={"fr": code.replace("_", " ").capitalize()},
            exclusive=code in exclusive,
        )
        for code in codes
    )


def question(code: str, kind: str, label: str, **options) -> Question:
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": label}, **options)


DEFINITION = Definition(
    title={"fr": "De quoi avons-nous besoin ?"},
    introduction={"fr": "Huit questions, trois minutes."},
    sections=(
        Section(
            id="s-1",
            title={"fr": "Le quartier"},
            introduction={"fr": "Parlons d'abord du quartier."},
            questions=(
                question(
                    "anciennete",
                    "single",
                    "Depuis quand vivez-vous ici ?",
                    required=True,
                    choices=choices("moins_2", "plus_2"),
                    has_other=True,
                ),
                question(
                    "besoins",
                    "multiple",
                    "Que manque-t-il ?",
                    hint={"fr": "Plusieurs réponses possibles."},
                    choices=choices("sante", "transports", "rien", exclusive=("rien",)),
                    has_other=True,
                ),
                question("renonce", "boolean", "Avez-vous renoncé à un droit ?"),
            ),
        ),
        Section(
            id="s-2",
            title={"fr": "Vous"},
            questions=(
                question("lire", "statement", "Merci de lire ceci avant de continuer."),
                question(
                    "ecoute",
                    "scale",
                    "Les associations écoutent.",
                    choices=choices("pas_du_tout", "plutot_pas", "plutot", "tout_a_fait"),
                ),
                question("note", "rating", "Quelle note donnez-vous au quartier ?"),
                question("age", "integer", "Quel âge avez-vous ?", minimum=0, maximum=120),
                question("mot", "text", "Le quartier en un mot ?", required=True),
                question("souhait", "long_text", "Que souhaitez-vous ?"),
            ),
        ),
    ),
)

ANSWERS = {
    "q-anciennete": {"choice": "other", "other": "Depuis toujours"},
    "q-besoins": {"choices": ["c-sante", "c-transports"]},
    "q-renonce": False,
    "q-ecoute": {"choice": "c-plutot"},
    "q-note": 0,
    "q-age": 42,
    "q-mot": "Vivant",
    "q-souhait": "Un banc.\nDe l'ombre.",
}


def make_version(questionnaire: Questionnaire, definition: Definition) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=questionnaire.versions.count() + 1,
        checksum=definition.checksum,
        document=definition.to_json(),
        published_at=NOW,
    )


@pytest.fixture
def questionnaire(db) -> Questionnaire:
    return Questionnaire.objects.create(title="De quoi avons-nous besoin ?", slug="besoins")


@pytest.fixture
def version(questionnaire) -> QuestionnaireVersion:
    return make_version(questionnaire, DEFINITION)


@pytest.fixture
def survey(questionnaire, version) -> Campaign:
    return Campaign.objects.create(
        slug="besoins-2026",
        title="Enquête de besoins 2026",
        kind=Campaign.Kind.NEEDS_SURVEY,
        questionnaire=questionnaire,
        opens_date=date(2026, 3, 1),
        closes_date=date(2026, 3, 31),
        threshold=5,
    )


@pytest.fixture
def assessment(questionnaire, version) -> Campaign:
    return Campaign.objects.create(
        slug="autoevaluation-2026",
        title="Autoévaluation 2026",
        kind=Campaign.Kind.SELF_ASSESSMENT,
        questionnaire=questionnaire,
        opens_date=date(2026, 3, 1),
        closes_date=date(2026, 3, 31),
        threshold=3,
    )


@pytest.fixture
def participation(assessment, association) -> Participation:
    return Participation.objects.create(campaign=assessment, association=association)


@pytest.fixture
def draft(survey, version) -> Draft:
    """A resident's draft that can be sent."""
    return Draft.objects.create(
        campaign=survey, version=version, document=dict(ANSWERS), updated_at=NOW
    )


@pytest.fixture
def association_draft(assessment, participation, version, benoit) -> Draft:
    """What Benoît began for his association, nothing answered yet."""
    return Draft.objects.create(
        campaign=assessment,
        participation=participation,
        version=version,
        updated_at=NOW,
        updated_by=benoit,
    )
