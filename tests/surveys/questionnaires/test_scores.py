import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.definition import Choice, Definition, Question, Row, Section
from surveys.questionnaires.scores import Scores, is_scored, scores_of


def choices(**scores: float | None) -> tuple[Choice, ...]:
    return tuple(Choice(f"c-{code}", code, {}, score=score) for code, score in scores.items())


def question(code: str, kind: str, **options) -> Question:
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": code}, **options)


def asking(*questions: Question) -> Definition:
    return Definition(title={}, sections=(Section(id="s", title={}, questions=questions),))


def score(asked: Question, answer: object) -> float | None:
    return scores_of(asking(asked), {asked.id: answer}).sections.get("s")


SCALE = question(
    "scale", "scale", choices=choices(pas=None, un_peu=None, tout_a_fait=None, non_concerne=None)
)
SCORED = question("scored", "single", choices=choices(non=-1, oui=3, autre=None))
SEVERAL = question("several", "multiple", choices=choices(a=2, b=2, c=-1))
MATRIX = question(
    "matrix", "matrix", choices=choices(non=0, oui=10), rows=(Row("r", "r", {}), Row("t", "t", {}))
)


@pytest.mark.parametrize(
    ("asked", "answer", "worth"),
    [
        (SCALE, {"choice": "c-pas"}, 0),
        (SCALE, {"choice": "c-un_peu"}, 50),
        (SCALE, {"choice": "c-tout_a_fait"}, 100),
        (SCALE, {"choice": "c-non_concerne"}, None),
        (SCALE, {"declined": True}, None),
        (SCALE, None, None),
        (SCORED, {"choice": "c-non"}, 0),
        (SCORED, {"choice": "c-oui"}, 100),
        (SCORED, {"choice": "c-autre"}, None),
        (SCORED, {"choice": "other", "other": "?"}, None),
        (SEVERAL, {"choices": ["c-a"]}, 60),
        (SEVERAL, {"choices": ["c-a", "c-b"]}, 100),
        (SEVERAL, {"choices": ["c-c"]}, 0),
        (MATRIX, {"rows": {"r": "c-oui"}}, 100),
        (MATRIX, {"rows": {"r": "c-oui", "t": "c-non"}}, 50),
        (question("x", "rating"), 7, 70),
        (question("x", "rating", minimum=1, maximum=5), 2, 25),
        (question("x", "integer"), 7, None),
        (question("x", "single", choices=choices(a=None, b=None)), {"choice": "c-a"}, None),
        (question("x", "single", choices=choices(a=5)), {"choice": "c-a"}, None),
    ],
)
def test_an_answer_stands_between_the_lowest_and_the_highest(asked, answer, worth):
    assert score(asked, answer) == worth


def test_a_score_is_the_mean_of_what_was_answered_by_section_and_by_commitment():
    first = question("a", "rating", commitments=("1-1", "2-3"))
    second = question("b", "rating", commitments=("1-1",))
    definition = Definition(
        title={},
        sections=(
            Section(id="s", title={}, questions=(first, second)),
            Section(id="t", title={}, questions=(question("c", "rating"),)),
            Section(id="u", title={}, questions=(question("d", "text"),)),
        ),
    )

    scores = scores_of(definition, {"q-a": 10, "q-b": 5, "q-c": 2, "q-d": "mot"})

    assert scores == Scores({"s": 75, "t": 20}, {"1-1": 75, "2-3": 100})


def test_only_questions_with_points_are_scored():
    assert [is_scored(one) for one in (SCALE, SCORED, SEVERAL, MATRIX)] == [True] * 4
    assert is_scored(question("x", "rating"))
    assert not is_scored(question("x", "single", choices=choices(a=None)))
    assert not is_scored(question("x", "text"))


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=5),
    st.lists(st.integers(0, 4), min_size=1, unique=True),
    st.booleans(),
)
def test_no_score_leaves_its_bounds(points, picked, is_several):
    codes = {f"p{number}": worth for number, worth in enumerate(points)}
    ids = [f"c-p{number}" for number in picked if number < len(points)]
    asked = question("x", "multiple" if is_several else "single", choices=choices(**codes))
    answer = {"choices": ids} if is_several else {"choice": next(iter(ids), "")}

    assert 0 <= (score(asked, answer) or 0) <= 100
