"""The models of the bank are whole questionnaires, that can be published as they are."""

import re
from dataclasses import replace

import pytest

from surveys.questionnaires import queries, renewal
from surveys.questionnaires.bank import Model, models
from surveys.questionnaires.definition import Definition, Question
from surveys.questionnaires.expressions import parse, problems_of_expressions
from surveys.questionnaires.expressions.nodes import references
from surveys.questionnaires.flow import follow
from surveys.questionnaires.operations import publish_questionnaire
from surveys.questionnaires.question_types import KINDS
from surveys.questionnaires.starting_points import starting_point, starting_points
from tests.people import NOW, TODAY

EACH = pytest.mark.parametrize("model", models(), ids=lambda model: model.name)
COMPLETE = pytest.mark.parametrize(
    "model", [one for one in models() if one.is_complete], ids=lambda model: model.name
)


def texts(definition: Definition) -> list[str]:
    """Everything that a person reads."""
    found = [*definition.title.values(), *definition.introduction.values()]
    for section in definition.sections:
        found += [*section.title.values(), *section.introduction.values()]
        for question in section.questions:
            for part in (question.label, question.hint, question.check_message, question.unit):
                found += part.values()
            for part in (*question.choices, *question.rows):
                found += part.label.values()
    return found


def test_the_four_models_and_the_questions_are_there():
    assert [(model.name, model.is_complete) for model in models()] == [
        ("autoevaluation-charte", True),
        ("besoins-quartier", True),
        ("evaluation-evenement", True),
        ("portrait-association", True),
        ("questions", False),
    ]


@COMPLETE
def test_a_model_is_published_as_it_is(model, elodie):
    start = starting_point(model.name)
    made = renewal.begin_from(start=start, title="Le nôtre", slug="le-notre", by=elodie, at=NOW)

    version = publish_questionnaire(questionnaire=made, by=elodie, at=NOW)

    assert version.definition.title == {"fr": "Le nôtre"}
    assert without_identities(version.definition) == without_identities(
        replace(model.definition, title={"fr": "Le nôtre"})
    )


def without_identities(definition: Definition) -> Definition:
    return replace(
        definition,
        sections=tuple(
            replace(
                section,
                id="",
                code="",
                questions=tuple(
                    replace(
                        question,
                        id="",
                        choices=tuple(replace(one, id="") for one in question.choices),
                        rows=tuple(replace(one, id="") for one in question.rows),
                    )
                    for question in section.questions
                ),
            )
            for section in definition.sections
        ),
    )


@EACH
def test_every_question_is_of_a_kind_and_its_conditions_can_be_read(model: Model):
    codes = [question.code for question in model.definition.questions]

    assert len(codes) == len(set(codes))
    assert {question.kind for question in model.definition.questions} <= KINDS.keys()
    assert problems_of_expressions(model.definition) == []


def answers_to(question: Question) -> list:
    """One of each sort, and none."""
    if question.kind == "boolean":
        return [None, True, False]
    if question.kind == "integer":
        return [None, 0, 5]
    if question.kind == "multiple":
        return [None, *({"choices": [choice.id]} for choice in question.choices)]
    return [None, *({"choice": choice.id} for choice in question.choices)]


@EACH
def test_every_condition_holds_for_some_and_not_for_others(model: Model):
    by_code = {question.code: question for question in model.definition.questions}
    for question in by_code.values():
        if question.condition:
            [named] = {reference.code for reference in references(parse(question.condition))}
            shown = {
                follow(model.definition, document(by_code[named], value), on=TODAY).is_shown(
                    question
                )
                for value in answers_to(by_code[named])
            }
            assert shown == {True, False}, question.code


def document(question: Question, value) -> dict:
    return {} if value is None else {question.id: value}


@EACH
def test_what_is_sensitive_may_be_declined_and_is_never_required(model: Model):
    for question in model.definition.questions:
        if question.data_class == "sensitive":
            assert question.may_decline, question.code


@EACH
def test_a_matrix_is_never_required(model: Model):
    assert [q.code for q in model.definition.questions if q.kind == "matrix" and q.required] == []


@EACH
def test_scales_have_as_many_points_on_each_side(model: Model):
    against = {"pas_du_tout", "plutot_pas", "tres_mauvaise", "plutot_mauvaise"}
    for_ = {"plutot", "tout_a_fait", "plutot_bonne", "tres_bonne"}
    for question in model.definition.questions:
        codes = {choice.code for choice in question.choices}
        if codes & against:
            assert len(codes & against) == len(codes & for_), question.code


@EACH
def test_what_excludes_the_others_is_said_last(model: Model):
    for question in model.definition.questions:
        exclusive = [choice.exclusive for choice in question.choices]
        assert sorted(exclusive) == exclusive, question.code


@EACH
def test_a_question_negates_once_at_most_and_holds_in_two_lines(model: Model):
    negation = re.compile(r"\b(?:ne|n'|pas|jamais|aucune?|sans|ni)\b", re.IGNORECASE)
    for question in model.definition.questions:
        label = question.label["fr"]
        pairs = re.sub(r"\b(?:ne|n')\s*\S+ (?:pas|jamais)", "ne", label)
        assert len(negation.findall(pairs)) <= 1, label
        assert len(label) <= 130, label


@EACH
def test_texts_are_typed_with_ordinary_characters(model: Model):
    for text in texts(model.definition):
        assert not re.search("[\u202f\u00a0’…]{2}|[\u202f\u00a0’]", text), text
        assert "·" not in text, text
        assert text == " ".join(text.split()), text


def test_questionnaires_that_editors_offer_are_among_the_models(questionnaire):
    assert [start.title for start in starting_points() if start.questionnaire] == []
    questionnaire.is_model = True
    questionnaire.save()
    questionnaire.save_revision()

    [ours] = [start for start in starting_points() if start.questionnaire]

    assert (ours.title, ours.question_count) == ("Vos besoins", 3)
    made = renewal.begin_from(start=ours, title="Copie", slug="copie", by=None, at=NOW)
    assert queries.draft_of(made).title == "Copie"
    assert queries.draft_of(made).is_model is False
