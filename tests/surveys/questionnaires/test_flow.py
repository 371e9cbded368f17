from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.definition import Choice, Definition, Group, Question, Row, Section
from surveys.questionnaires.expressions import problems_of_expressions
from surveys.questionnaires.flow import follow, hidden

ON = date(2026, 3, 12)


def question(code: str, kind: str = "integer", **options) -> Question:
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": code}, **options)


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"c-{code}", code=code, label={"fr": code}) for code in codes)


def asking(*questions: Question, **section) -> Definition:
    return Definition(
        title={"fr": "Essai"},
        sections=(Section(id="s", title={"fr": "Page"}, questions=questions, **section),),
    )


def shown(definition: Definition, document: dict) -> list[str]:
    flow = follow(definition, document, on=ON)
    return [one.code for one in definition.questions if flow.is_shown(one)]


LIEU = question("lieu", "single", choices=choices("ici", "loin"), has_other=True)


def test_a_question_is_asked_when_its_condition_holds():
    definition = asking(LIEU, question("detail", "text", condition="${lieu} = 'loin'"))

    assert shown(definition, {}) == ["lieu"]
    assert shown(definition, {"q-lieu": {"choice": "c-ici"}}) == ["lieu"]
    assert shown(definition, {"q-lieu": {"choice": "c-loin"}}) == ["lieu", "detail"]


def test_an_answer_to_a_hidden_question_is_left_out_and_counts_nowhere():
    definition = asking(
        LIEU,
        question("trajet", condition="${lieu} = 'loin'"),
        question("fatigue", "boolean", condition="${trajet} > 30"),
        question("total", "computed", calculation="sum(${trajet}, 1)"),
    )
    typed = {"q-lieu": {"choice": "c-ici"}, "q-trajet": 45, "q-fatigue": True}

    flow = follow(definition, typed, on=ON)

    assert flow.document == {"q-lieu": {"choice": "c-ici"}, "q-total": 1}
    assert hidden(definition, flow) == ["q-trajet", "q-fatigue"]
    assert shown(definition, typed | {"q-lieu": {"choice": "c-loin"}}) == [
        "lieu",
        "trajet",
        "fatigue",
        "total",
    ]


def test_a_question_is_asked_if_its_section_and_all_its_groups_are():
    definition = asking(
        question("dedans", group="petit", condition="${a} = 1"),
        groups=(
            Group("grand", "grand", {}, condition="${b} = 1"),
            Group("petit", "petit", {}, parent="grand", condition="${c} = 1"),
        ),
        condition="${d} = 1",
    )
    outside = Section(
        id="t", title={"fr": "Après"}, questions=tuple(map(question, ("a", "b", "c", "d")))
    )
    definition = replace(definition, sections=(*definition.sections, outside))
    all_hold = {"q-a": 1, "q-b": 1, "q-c": 1, "q-d": 1}

    assert "dedans" in shown(definition, all_hold)
    for code in ("q-a", "q-b", "q-c", "q-d"):
        assert "dedans" not in shown(definition, {**all_hold, code: 2})


@pytest.mark.parametrize(
    ("asked", "answer", "name", "value"),
    [
        (LIEU, {"choice": "other", "other": "Ailleurs"}, "lieu", "other"),
        (LIEU, {"choice": "other", "other": "Ailleurs"}, "lieu_other", "Ailleurs"),
        (LIEU, {"choice": "c-ici"}, "lieu_other", ""),
        (question("x", "multiple", choices=choices("a", "b")), {"choices": ["c-b"]}, "x", "b"),
        (
            question("x", "ranking", choices=choices("a", "b")),
            {"ranking": ["c-b", "c-a"]},
            "x",
            "b a",
        ),
        (question("x", "boolean"), False, "x", "false"),
        (question("x", "decimal"), 2.50, "x", "2.5"),
        (question("x", "date"), "2026-03-12", "x", "2026-03-12"),
        (question("x", "place"), {"label": "Gare", "latitude": 1.0, "longitude": 2.0}, "x", "Gare"),
        (question("x", "place"), {"latitude": 1.0, "longitude": 2.0}, "x", ""),
        (question("x", "file"), {"file": "u", "name": "a.pdf", "size": 3}, "x", "a.pdf"),
        (question("x", "text", may_decline=True), {"declined": True}, "x", ""),
        (
            question("x", "matrix", choices=choices("1", "2"), rows=(Row("r", "r", {}),)),
            {"rows": {"r": "c-2"}},
            "x/r",
            "2",
        ),
        (
            question(
                "x", "matrix", choices=choices("1", "2"), rows=(Row("r", "r", {}),), several=True
            ),
            {"rows": {"r": ["c-1", "c-2"]}},
            "x",
            "1 2",
        ),
    ],
)
def test_an_answer_is_in_an_expression_what_the_contract_says(asked, answer, name, value):
    definition = asking(
        asked, question("vu", "computed", calculation=f"concat('[', ${{{name}}}, ']')")
    )

    assert problems_of_expressions(definition) == []
    flow = follow(definition, {asked.id: answer}, on=ON)
    assert flow.document["q-vu"] == f"[{value}]"


def test_computed_values_follow_each_other_whatever_the_order_of_reading():
    definition = asking(
        question("c", "computed", calculation="${b} * 10"),
        question("b", "computed", calculation="${a} + 1"),
        question("a"),
    )

    assert follow(definition, {"q-a": 2}, on=ON).document == {"q-a": 2, "q-b": 3, "q-c": 30}
    assert follow(definition, {}, on=ON).document == {}


def test_a_computed_value_that_was_sent_is_not_believed():
    definition = asking(question("note", "computed", calculation="1 + 1"))

    assert follow(definition, {"q-note": 20}, on=ON).document == {"q-note": 2}


@pytest.mark.parametrize(
    ("calculation", "stored"),
    [("5 div 2", 2.5), ("4 div 2", 2), ("1 = 1", "true"), ("'a'", "a"), ("1 div 0", None)],
)
def test_a_computed_value_is_a_number_or_a_text_or_absent(calculation, stored):
    definition = asking(question("note", "computed", calculation=calculation))

    assert follow(definition, {}, on=ON).document.get("q-note") == stored


def test_a_check_is_made_of_answers_that_are_asked_and_given():
    age = question("age", check=". >= 18", condition="${lieu} = 'ici'")
    definition = asking(LIEU, age)
    here = {"q-lieu": {"choice": "c-ici"}}

    assert follow(definition, here, on=ON).failed == ()
    assert follow(definition, here | {"q-age": 18}, on=ON).failed == ()
    assert follow(definition, here | {"q-age": 17}, on=ON).failed == (age,)
    assert follow(definition, {"q-age": 17}, on=ON).failed == ()


def test_today_is_the_day_that_is_given():
    definition = asking(question("jour", "date", check=". <= today()"))

    assert follow(definition, {"q-jour": "2026-03-12"}, on=ON).failed == ()
    assert follow(definition, {"q-jour": "2026-03-13"}, on=ON).failed != ()


def test_an_expression_that_cannot_be_read_hides_nothing_and_refuses_nothing():
    definition = asking(question("a", condition="pulldata(", check="oups"))

    flow = follow(definition, {"q-a": 1}, on=ON)

    assert (flow.document, flow.failed) == ({"q-a": 1}, ())


def test_a_circle_in_an_old_version_is_decided_all_the_same():
    definition = asking(
        question("a", condition="${b} = 1"),
        question("b", condition="${a} = 1 or ${c} = 1"),
        question("c"),
    )

    assert shown(definition, {"q-a": 1, "q-b": 1}) == ["c"]
    assert shown(definition, {"q-a": 1, "q-b": 1, "q-c": 1}) == ["a", "b", "c"]


# -- Whatever the questionnaire and the answers -----------------------------------------------

CODES = "abcdef"
ANSWERS = {
    "integer": st.integers(0, 3),
    "boolean": st.booleans(),
    "text": st.sampled_from(["1", "x", "1 2"]),
    "computed": st.integers(0, 3),
    "single": st.sampled_from(["c-1", "c-2"]).map(lambda one: {"choice": one}),
}


@st.composite
def questionnaires_and_answers(draw):
    """Any questionnaire, circles included, and anything typed into it."""
    name = st.sampled_from(CODES)
    condition = st.just("") | st.builds(
        "{0}${{{1}}} {2} {3} {4} ${{{5}}}".format,
        st.sampled_from(["", "not(true()) or "]),
        name,
        st.sampled_from(["=", "!=", ">"]),
        st.integers(0, 2),
        st.sampled_from(["and", "or"]),
        name,
    )
    questions = [
        question(
            code,
            kind := draw(st.sampled_from(sorted(ANSWERS))),
            choices=choices("1", "2") if kind == "single" else (),
            condition=draw(condition),
            check=draw(st.sampled_from(["", ". > 1", ". != ${a}"])),
            calculation=draw(st.builds("sum(${{{}}}, ${{{}}})".format, name, name))
            if kind == "computed"
            else "",
            group=draw(st.sampled_from(["", "g"])),
        )
        for code in CODES
    ]
    group = Group("g", "g", {}, condition=draw(condition))
    document = {one.id: draw(ANSWERS[one.kind]) for one in questions if draw(st.booleans())}
    return asking(*questions, groups=(group,)), document


@given(questionnaires_and_answers())
def test_following_what_was_followed_changes_nothing(drawn):
    definition, document = drawn

    flow = follow(definition, document, on=ON)

    assert follow(definition, flow.document, on=ON) == flow


@given(questionnaires_and_answers(), st.integers(0, 3))
def test_an_answer_to_a_hidden_question_never_changes_anything(drawn, other):
    definition, document = drawn
    flow = follow(definition, document, on=ON)

    for question_id in hidden(definition, flow):
        without = {one: value for one, value in document.items() if one != question_id}
        assert follow(definition, without, on=ON) == flow
        assert follow(definition, {**document, question_id: other}, on=ON) == flow


@given(questionnaires_and_answers())
def test_what_is_stored_was_asked(drawn):
    definition, document = drawn

    flow = follow(definition, document, on=ON)

    assert flow.document.keys() <= flow.shown
    assert {one.id for one in flow.failed} <= flow.document.keys()
    computed = {one.id for one in definition.questions if one.kind == "computed"}
    given_and_asked = {one for one in document if one in flow.shown and one not in computed}
    assert flow.document.keys() - computed == given_and_asked


def test_two_thousand_documents_are_followed_in_well_under_a_second():
    questions = [question("q0")]
    for number in range(1, 40):
        condition = f"${{q{number - 1}}} > 1 and not(${{q0}} = 3 or ${{q{number - 1}}} = 'x')"
        questions.append(question(f"q{number}", condition=condition, check=". >= 0 and . < 100"))
    definition = asking(*questions)
    document = {one.id: 2 for one in questions}
    assert shown(definition, document) == [one.code for one in questions]

    assert min(time_to_follow(definition, document, times=2_000) for _ in range(3)) < 1


def time_to_follow(definition: Definition, document: dict, *, times: int) -> float:
    before = process_time()
    for _ in range(times):
        follow(definition, document, on=ON)
    return process_time() - before
