import os
import subprocess
import sys

import pytest
from django.db.models import ProtectedError

from pages.charter.models import Commitment
from surveys.campaigns.models import Campaign
from surveys.questionnaires import operations
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    VersionIsImmutable,
)
from surveys.questionnaires.queries import latest_version
from surveys.questionnaires.settings_blocks import commitment_choices
from surveys.responses.models import Response
from tests.people import NOW, TODAY
from tests.surveys.questionnaires.conftest import (
    choices,
    make_questionnaire,
    question,
    section,
)


def reworded(questionnaire: Questionnaire, label: str) -> Questionnaire:
    """The questionnaire, once somebody changed its first question and saved the draft."""
    questionnaire = questionnaire.get_latest_revision_as_object()
    blocks = questionnaire.blocks
    blocks[0]["value"]["questions"][0]["value"]["label"] = label
    questionnaire.sections = questionnaire.sections.stream_block.to_python(blocks)
    questionnaire.save_revision()
    return questionnaire


def freeze(questionnaire: Questionnaire) -> QuestionnaireVersion:
    return operations.freeze_version(questionnaire=questionnaire, by=None, at=NOW)


def test_a_version_holds_the_complete_definition(questionnaire, elodie):
    version = operations.freeze_version(questionnaire=questionnaire, by=elodie, at=NOW)

    assert (version.number, version.published_by, version.published_at) == (1, elodie, NOW)
    assert latest_version(questionnaire) == version
    first, second, third = version.definition.questions
    assert [asked.code for asked in (first, second, third)] == [
        "votre_quartier",
        "votre_rue",
        "votre_age",
    ]
    assert [choice.code for choice in first.choices] == ["nord", "sud", "centre"]
    assert (third.minimum, third.maximum) == (10, 120)
    assert version.checksum == version.definition.checksum
    assert Definition.from_json(version.document) == version.definition


def test_the_same_content_makes_no_new_version(questionnaire):
    assert freeze(questionnaire) == freeze(questionnaire)
    assert questionnaire.versions.count() == 1


def test_a_typo_makes_a_new_version_of_the_same_question(questionnaire):
    before = freeze(questionnaire).definition
    after = freeze(reworded(questionnaire, "Dans quel quartier ?"))

    assert after.number == 2
    assert [asked.id for asked in after.definition.questions] == [
        asked.id for asked in before.questions
    ]
    assert next(iter(after.definition.questions)).code == "votre_quartier"


def test_a_published_version_cannot_change(questionnaire):
    version = freeze(questionnaire)
    version.number = 7

    with pytest.raises(VersionIsImmutable):
        version.save()
    with pytest.raises(VersionIsImmutable):
        QuestionnaireVersion.objects.update(number=7)
    assert QuestionnaireVersion.objects.get().number == 1


def test_a_version_that_people_answered_cannot_be_deleted(questionnaire):
    version = freeze(questionnaire)
    campaign = Campaign.objects.create(
        slug="c", title="C", questionnaire=questionnaire, opens_date=TODAY, threshold=5
    )
    Response.objects.create(campaign=campaign, version=version, week=TODAY, document={})

    with pytest.raises(ProtectedError):
        version.delete()
    with pytest.raises(ProtectedError):
        questionnaire.delete()


def test_an_empty_questionnaire_is_not_published(db):
    empty = make_questionnaire()

    with pytest.raises(operations.Unpublishable) as refusal:
        freeze(empty)

    assert len(refusal.value.problems) == 1
    assert latest_version(empty) is None


def test_publishing_takes_the_latest_draft(questionnaire, elodie):
    reworded(questionnaire, "Dans quel quartier ?")
    questionnaire.refresh_from_db()

    version = operations.publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)

    assert next(iter(version.definition.questions)).label == {"fr": "Dans quel quartier ?"}
    assert (version.published_by, version.published_at) == (elodie, NOW)
    assert questionnaire.live
    assert not questionnaire.has_unpublished_changes
    assert questionnaire.versions.count() == 1


def test_wagtails_publication_freezes_a_version(questionnaire):
    questionnaire.latest_revision.publish()

    assert latest_version(questionnaire).number == 1


def test_wagtails_publication_of_something_unpublishable_leaves_nothing_behind(db):
    empty = make_questionnaire()

    with pytest.raises(operations.Unpublishable):
        empty.latest_revision.publish()

    empty.refresh_from_db()
    assert not empty.live
    assert empty.live_revision is None


def test_a_draft_made_from_a_definition_asks_the_same(questionnaire):
    definition = freeze(questionnaire).definition

    copied = operations.draft_from_definition(
        slug="besoins-bis", definition=definition, by=None, at=NOW
    )

    def asked(definition: Definition) -> list:
        return [
            (item.code, item.kind, item.label, [choice.label for choice in item.choices])
            for item in definition.questions
        ]

    assert asked(copied.written) == asked(definition)
    assert not {item.id for item in copied.written.questions} & {
        item.id for item in definition.questions
    }


@pytest.fixture
def commitments(db) -> list[Commitment]:
    return [
        Commitment.objects.create(
            anchor=f"engagement-{number}",
            text=f"Prêter la salle numéro {number} ;",
            position=number,
            article_number=3,
            article_title="Ce que nous faisons",
            group=1 if number < 3 else 2,
            group_introduction="Les associations s'engagent à :",
        )
        for number in (1, 2, 3)
    ]


def test_editors_choose_commitments_without_the_mark_that_ends_them(commitments):
    assert commitment_choices() == [
        (f"engagement-{number}", f"Prêter la salle numéro {number}") for number in (1, 2, 3)
    ]


def test_the_self_assessment_asks_three_questions_for_each_commitment(commitments, claire):
    made = operations.make_self_assessment(
        title="Autoévaluation 2026",
        slug="autoevaluation-2026",
        commitments=commitments,
        by=claire,
        at=NOW,
    )

    definition = made.written
    assert not made.live
    assert made.latest_revision.user == claire
    assert [len(part.questions) for part in definition.sections] == [6, 3]
    assert [asked.code for asked in definition.questions][:4] == [
        "engagement_1_degre",
        "engagement_1_actions",
        "engagement_1_difficultes",
        "engagement_2_degre",
    ]
    degree = next(iter(definition.questions))
    assert degree.commitments == ("engagement-1",)
    assert "Prêter la salle numéro 1" in degree.label["fr"]
    assert [choice.label["fr"] for choice in degree.choices] == [
        "Pas encore",
        "En partie",
        "En grande partie",
        "Pleinement",
        "Non concerné·e",
    ]
    assert freeze(made).number == 1


PUBLISH_20_TIMES = """
import sys
from datetime import datetime

import django

django.setup()
from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import freeze_definition

name, at = sys.argv[1], datetime.fromisoformat(sys.argv[2])
questionnaire = Questionnaire.objects.get()
sys.stdin.readline()
numbers = []
for turn in range(20):
    asked = Question(id="q", code="q", kind="text", label={"fr": f"{name} {turn}"})
    definition = Definition(
        title={"fr": "Besoins"}, sections=(Section("s", {"fr": "Un"}, questions=(asked,)),)
    )
    version = freeze_definition(
        questionnaire=questionnaire, definition=definition, by=None, at=at
    )
    numbers.append(version.number)
print(*numbers)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_that_publish_at_once_never_share_a_number(questionnaire, shared_database):
    publishers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISH_20_TIMES, name, NOW.isoformat()],
            env={**os.environ, **shared_database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("Claire", "Élodie")
    ]
    # They wait for a line, so that both are ready when the first begins.
    for publisher in publishers:
        publisher.stdin.write("go\n")
        publisher.stdin.flush()
    numbers = " ".join(publisher.communicate(timeout=120)[0] for publisher in publishers)

    assert sorted(map(int, numbers.split())) == list(range(1, 41))


def test_the_other_choice_and_the_scale_are_frozen_in_full(db):
    made = make_questionnaire(
        section(
            "Un",
            question("multiple", "Quoi ?", choices=choices("Sport", "Santé"), has_other=True),
            question("scale", "D'accord ?", not_concerned=True),
        )
    )

    multiple, scale = freeze(made).definition.questions

    assert multiple.has_other
    assert [choice.code for choice in scale.choices] == [
        "pas_du_tout",
        "plutot_pas",
        "ni_oui_ni_non",
        "plutot",
        "tout_a_fait",
        "non_concerne",
    ]
    assert all(choice.id.startswith(scale.id) for choice in scale.choices)


def test_reading_a_version_asks_one_query(questionnaire, django_assert_num_queries):
    freeze(questionnaire)

    with django_assert_num_queries(1):
        version = latest_version(questionnaire)
        assert version.definition is version.definition
