from surveys.exports.rows import COLUMNS, Answers, rows_table
from surveys.exports.tables import Column
from surveys.questionnaires.definition import OTHER, STATEMENT
from surveys.questionnaires.question_types import KINDS
from surveys.results.questions import Version, asked_questions
from tests.surveys.results.surveys_drawn import WORDS, definition, question

SAID = {"responses": "Réponses", "other_text": "précisé"}


def table(item, *values):
    questions = asked_questions([Version(1, definition(item))], words=WORDS)
    rows = [Answers(("web",), {} if value is None else {item.id: value}) for value in values]
    return rows_table(questions, (Column("Canal", code="_channel"),), rows, words=SAID)


def codes(made):
    return [column.code for column in made.columns]


def cells(made):
    return [line.values for line in made.lines]


def test_every_kind_of_question_that_is_answered_has_its_columns():
    assert set(KINDS) - {STATEMENT} <= set(COLUMNS)


def test_a_single_choice_is_its_code():
    made = table(question("single"), {"choice": "id-1"}, None)

    assert codes(made) == ["_channel", "single"]
    assert cells(made) == [("web", "c1"), ("web", None)]


def test_what_was_specified_beside_other_has_its_column():
    made = table(question("single", has_other=True), {"choice": OTHER, "other": "Un jardin"})

    assert codes(made) == ["_channel", "single", "single/other_text"]
    assert cells(made) == [("web", "other", "Un jardin")]


def test_several_choices_are_their_codes_then_a_column_each():
    made = table(question("multiple", has_other=True), {"choices": ["id-2", "id-0", OTHER]}, None)

    assert codes(made)[1:] == [
        "multiple",
        "multiple/c0",
        "multiple/c1",
        "multiple/c2",
        "multiple/other",
        "multiple/other_text",
    ]
    assert cells(made) == [
        ("web", "c0 c2 other", 1, 0, 1, 1, None),
        ("web", None, None, None, None, None, None),
    ]


def test_numbers_stay_numbers_and_yes_is_one():
    assert cells(table(question("integer"), -5)) == [("web", -5)]
    assert cells(table(question("boolean"), False)) == [("web", 0)]
