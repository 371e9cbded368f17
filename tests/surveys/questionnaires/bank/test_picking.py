"""Questions of the bank put into a questionnaire: copies, that ask what they can."""

from dataclasses import replace

from surveys.questionnaires import queries, renewal
from surveys.questionnaires.bank import model_named
from surveys.questionnaires.bank.picking import pick
from surveys.questionnaires.definition import Definition, Group, Question, Section
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import publish_questionnaire
from tests.people import NOW


def question(code: str, kind: str = "text", **options) -> Question:
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": f"{code} ?"}, **options)


SOURCE = Definition(
    title={"fr": "Source"},
    sections=(
        Section(
            id="s",
            title={"fr": "Vous"},
            condition="${age} > 17",
            groups=(Group("g", "chez_vous", {"fr": "Chez vous"}, condition="${age} < 99"),),
            questions=(
                question("age", "integer", check=". > 3"),
                question("rue", group="g", condition="${age} != 20"),
            ),
        ),
        Section(
            id="t",
            title={"fr": "Plus"},
            questions=(
                question("ville", condition="${rue} = 'Foch' and ${age} > 3"),
                question("double", "computed", calculation="${age} * 2"),
            ),
        ),
    ),
)


def test_conditions_come_along_with_the_questions_they_name():
    picked = pick(SOURCE, {"q-age", "q-rue", "q-double"}, taken=())

    assert picked.left_out == ()
    assert [one.condition for one in picked.questions] == [
        "${age} > 17",
        "(${age} > 17) and (${age} < 99) and (${age} != 20)",
        "",
    ]
    assert [one.group for one in picked.questions] == [""] * 3


def test_a_condition_that_names_what_stayed_behind_stays_too_and_is_told():
    picked = pick(SOURCE, {"q-ville", "q-double"}, taken=())

    assert [(one.condition, one.calculation) for one in picked.questions] == [("", ""), ("", "")]
    assert [(one.question.code, one.what, one.codes) for one in picked.left_out] == [
        ("ville", "condition", ("rue", "age")),
        ("double", "calculation", ("age",)),
    ]


def test_a_code_that_is_taken_gives_way_and_expressions_follow():
    picked = pick(SOURCE, {"q-age", "q-double"}, taken={"age"})

    assert [one.code for one in picked.questions] == ["age_2", "double"]
    assert picked.questions[0].condition == "${age_2} > 17"
    assert picked.questions[0].check == ". > 3"
    assert picked.questions[1].calculation == "${age_2} * 2"


def add(questionnaire: Questionnaire, *codes: str, section: str = "", **options):
    source = model_named("questions").definition
    given = {"wanted": [(source, codes)], "by": None, "at": NOW} | options
    return renewal.add_questions(questionnaire=questionnaire, section=section, **given)


def test_questions_are_added_after_those_of_a_section(questionnaire, elodie):
    before = queries.draft_of(questionnaire).written
    publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)

    add(questionnaire, "satisfaction_generale", "confiance", section=before.sections[0].id)

    questionnaire.refresh_from_db()
    after = queries.draft_of(questionnaire).written
    assert [len(section.questions) for section in after.sections] == [4, 1]
    assert [one.id for one in after.questions][:2] == [one.id for one in before.questions][:2]
    added = after.sections[0].questions[2:]
    assert [one.code for one in added] == ["satisfaction_generale", "confiance"]
    assert [row.code for row in added[1].rows] == ["voisins", "associations", "mairie", "services"]
    assert questionnaire.has_unpublished_changes
    version = publish_questionnaire(questionnaire=questionnaire, by=elodie, at=NOW)
    assert version.definition == after


def test_the_same_question_added_twice_is_two_questions(questionnaire):
    for _each in range(2):
        add(questionnaire, "recontact", "courriel")
        questionnaire.refresh_from_db()

    definition = queries.draft_of(questionnaire).written
    added = [one for section in definition.sections[2:] for one in section.questions]
    assert [one.code for one in added] == ["recontact", "courriel", "recontact_2", "courriel_2"]
    assert [one.condition for one in added[1::2]] == [
        "${recontact} = 'true'",
        "${recontact_2} = 'true'",
    ]
    assert len({one.id for one in definition.questions}) == 7


def test_translations_come_along_into_the_languages_that_are_there(questionnaire):
    draft = queries.draft_of(questionnaire)
    draft.translations = {"ar": {"/title": {"text": "احتياجاتكم", "of": draft.title}}}
    draft.save()
    draft.save_revision()
    questionnaire.refresh_from_db()
    age = question("age", "integer")
    both = {"fr": "Votre âge ?", "ar": "عمرك؟", "en": "Your age?"}
    source = Definition(
        title={"fr": "Autre", "ar": "آخر"},
        sections=(Section("s", {"fr": "Vous"}, questions=(replace(age, label=both),)),),
        languages=("fr", "ar", "en"),
    )

    renewal.add_questions(
        questionnaire=questionnaire, wanted=[(source, ["q-age"])], by=None, at=NOW
    )

    questionnaire.refresh_from_db()
    definition = queries.draft_of(questionnaire).written
    assert definition.languages == ("fr", "ar")
    assert definition.title["ar"] == "احتياجاتكم"
    assert definition.sections[-1].questions[0].label == {"fr": "Votre âge ?", "ar": "عمرك؟"}
