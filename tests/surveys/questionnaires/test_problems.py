import pytest

from surveys.questionnaires.identities import Published
from surveys.questionnaires.problems import find_problems, summary_of
from tests.surveys.questionnaires.conftest import choices, question, section

GOOD = section("Un", question("text", "Votre rue ?", code="rue"))


def said(*sections: dict, **context) -> list[tuple]:
    return [(problem.path, problem.field) for problem in find_problems(list(sections), **context)]


def test_a_good_questionnaire_has_no_problem():
    assert said(GOOD) == []


@pytest.mark.parametrize("nothing", [[], [section("Un")]])
def test_a_questionnaire_that_asks_nothing_is_refused_as_a_whole(nothing):
    assert said(*nothing) == [((), "")]


def test_a_section_needs_a_title_and_a_question():
    assert said(GOOD, section(" ")) == [((1,), "title"), ((1,), "")]


def test_a_question_has_to_be_written():
    assert said(section("Un", question("text", " "))) == [((0, 0), "label")]


def test_choices_are_two_at_least_different_and_written():
    def asked(*labels: str) -> dict:
        return section("Un", question("single", "Quoi ?", choices=choices(*labels)))

    assert said(asked("Sport")) == [((0, 0), "choices")]
    assert said(asked("Sport", "")) == [((0, 0, 1), "label")]
    assert said(asked("Sport", "Sport")) == [((0, 0, 0), "label"), ((0, 0, 1), "label")]


def test_a_scale_brings_its_own_points():
    assert said(section("Un", question("scale", "D'accord ?"))) == []


@pytest.mark.parametrize("code", ["1rue", "ma rue", "é", "r" * 256, "meta"])
def test_a_code_is_written_so_that_every_file_can_hold_it(code):
    assert said(section("Un", question("text", "Rue ?", code=code))) == [((0, 0), "code")]


def test_two_questions_never_share_a_code():
    twice = [question("text", label, code="rue") for label in ("Rue ?", "Avenue ?")]

    assert said(section("Un", twice[0]), section("Deux", twice[1])) == [
        ((0, 0), "code"),
        ((1, 0), "code"),
    ]


def test_a_code_published_for_another_question_is_refused():
    published = {"q1": Published("text", "rue")}
    same = section("Un", question("text", "Rue ?", code="rue", identity="q1"))
    other = section("Un", question("text", "Rue ?", code="rue", identity="q2"))

    assert said(same, published=published) == []
    assert said(other, published=published) == [((0, 0), "code")]


def test_the_code_of_other_is_taken():
    items = choices("Sport", "Autre")
    items[1]["value"]["code"] = "other"

    assert said(section("Un", question("single", "Quoi ?", choices=items))) == [((0, 0, 1), "code")]


def test_a_code_may_be_any_name_of_a_file():
    asked = question("text", "Rue ?", code="Q1.rue-Principale")

    assert said(section("Un", asked)) == []


def test_groups_end_after_they_begin():
    end = {"type": "group_end", "value": {}}
    begin = {"type": "group", "value": {"title": "Le lieu"}}
    asked = question("text", "Rue ?")

    assert said(section("Un", begin, asked, end)) == []
    assert said(section("Un", begin, asked)) == []
    assert said(section("Un", asked, end)) == [((0, 1), "")]
    assert said(section("Un", begin)) == [((), "")]


def test_a_group_and_a_question_never_share_a_code():
    group = {"type": "group", "value": {"title": "Le lieu", "code": "lieu"}}

    assert said(section("Un", group, question("text", "Où ?", code="lieu"))) == [
        ((0, 0), "code"),
        ((0, 1), "code"),
    ]


def test_a_matrix_has_rows_that_differ_and_choices():
    def asked(*rows: str) -> dict:
        offered = choices("Oui", "Non")
        return section("Un", question("matrix", "Quoi ?", choices=offered, rows=choices(*rows)))

    assert said(asked("Sport")) == []
    assert said(asked()) == [((0, 0), "rows")]
    twice = find_problems([asked("Sport", "Sport")])
    assert [(one.path, one.field, one.in_rows) for one in twice] == [
        ((0, 0, 0), "label", True),
        ((0, 0, 1), "label", True),
    ]


def test_a_ranking_and_a_scale_of_ones_own_have_choices():
    assert said(section("Un", question("ranking", "Quoi ?"))) == [((0, 0), "choices")]
    assert said(section("Un", question("scale", "Quoi ?", scale="own"))) == [((0, 0), "choices")]


def test_no_more_choices_are_asked_for_than_there_are():
    asked = question("multiple", "Quoi ?", choices=choices("Sport", "Santé"), minimum=3)

    assert said(section("Un", asked)) == [((0, 0), "minimum")]


def test_an_answer_written_in_advance_answers_the_question():
    items = choices("Sport", "Santé")
    items[0]["value"] |= {"code": "sport", "identity": "c1"}

    def asked(default: str) -> dict:
        return section("Un", question("single", "Quoi ?", choices=items, default=default))

    assert said(asked("sport")) == []
    assert said(asked("danse")) == [((0, 0), "default")]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${age} >", "Il manque quelque chose à la fin"),
        ("${taille} > 3", "taille"),
        ("${rue} = 'x'", "elle-même"),
    ],
)
def test_an_expression_that_cannot_be_followed_is_said_beside_its_question(condition, words):
    age = question("integer", "Âge ?", code="age", identity="i1")
    rue = question("text", "Rue ?", code="rue", identity="i2", condition=condition)

    [problem] = find_problems([section("Un", age, rue)])

    assert (problem.path, problem.field) == ((0, 1), "condition")
    assert words in problem.message


def test_a_circle_is_said_with_the_codes_of_its_questions():
    one = question("text", "Un ?", code="un", identity="i1", condition="${deux} = 'x'")
    two = question("text", "Deux ?", code="deux", identity="i2", condition="${un} = 'x'")

    problems = find_problems([section("Un", one, two)])

    assert [(problem.path, problem.field) for problem in problems] == [
        ((0, 0), "condition"),
        ((0, 1), "condition"),
    ]
    assert "un, deux" in problems[0].message


def test_bounds_are_in_order():
    asked = question("integer", "Âge ?", minimum=10, maximum=9)

    assert said(section("Un", asked)) == [((0, 0), "maximum")]


def test_a_problem_says_where_it_is():
    [problem] = find_problems([GOOD, section("Deux", question("text", ""))])

    assert str(problem) == "Rubrique 2, question 1\xa0: Écrivez la question."
    assert summary_of([problem]).startswith("Un point reste à corriger")
