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


@pytest.mark.parametrize("code", ["Rue", "1rue", "ma rue", "é", "r" * 41])
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


def test_bounds_are_in_order():
    asked = question("integer", "Âge ?", minimum=10, maximum=9)

    assert said(section("Un", asked)) == [((0, 0), "maximum")]


def test_a_problem_says_where_it_is():
    [problem] = find_problems([GOOD, section("Deux", question("text", ""))])

    assert str(problem) == "Rubrique 2, question 1\xa0: Écrivez la question."
    assert summary_of([problem]).startswith("Un point reste à corriger")
