import pytest

from surveys.questionnaires import operations
from surveys.questionnaires.models import Questionnaire
from tests.people import NOW


def section(title: str, *questions: dict, **value) -> dict:
    return {"type": "section", "value": {"title": title, "questions": list(questions), **value}}


def question(kind: str, label: str, **value) -> dict:
    return {"type": kind, "value": {"label": label, **value}}


def choices(*labels: str) -> list[dict]:
    return [{"type": "item", "value": {"label": label}} for label in labels]


def make_questionnaire(*sections: dict, slug: str = "besoins", by=None) -> Questionnaire:
    return operations.create_questionnaire(
        title="Vos besoins", slug=slug, blocks=list(sections), by=by, at=NOW
    )


@pytest.fixture
def questionnaire(db) -> Questionnaire:
    """Two sections and three questions, as a draft."""
    return make_questionnaire(
        section(
            "Le quartier",
            question("single", "Votre quartier ?", choices=choices("Nord", "Sud", "Centre")),
            question("text", "Votre rue ?"),
        ),
        section("Vous", question("integer", "Votre âge ?", minimum=10, maximum=120)),
    )
