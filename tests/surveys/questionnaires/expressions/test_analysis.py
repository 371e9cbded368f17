import re
from pathlib import Path

import pytest

from surveys.questionnaires import expressions
from surveys.questionnaires.definition import Choice, Definition, Group, Question, Row, Section
from surveys.questionnaires.expression_wording import REASONS, expression_problem_in_words
from surveys.questionnaires.expressions import problems_of_expressions


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=f"c-{code}", code=code, label={"fr": code}) for code in codes)


def question(code: str, kind: str = "integer", **options) -> Question:
    return Question(id=f"q-{code}", code=code, kind=kind, label={"fr": code}, **options)


def asking(*questions: Question, **section) -> Definition:
    return Definition(
        title={"fr": "Essai"},
        sections=(Section(id="s", title={"fr": "Page"}, questions=questions, **section),),
    )


def faults(definition: Definition) -> list[tuple]:
    found = problems_of_expressions(definition)
    assert all(expression_problem_in_words(one) for one in found)
    return [(one.id, one.field, one.reason, one.params) for one in found]


def test_a_questionnaire_without_a_fault_has_no_problem():
    definition = asking(
        question("age", check=". >= 18 and . < 120"),
        question("lieu", "single", choices=choices("ici", "ailleurs"), has_other=True),
        question("detail", "text", condition="${lieu} = 'ici' and ${lieu_other} = ''"),
        question("avis", "matrix", choices=choices("1", "2"), rows=(Row("r", "accueil", {}),)),
        question("note", "computed", calculation="sum(${avis}) + number(${avis/accueil})"),
        question("suite", "text", condition="${avis/accueil} = 2 or ${lieu} = 'other'"),
    )

    assert faults(definition) == []


@pytest.mark.parametrize(
    ("condition", "reason", "params"),
    [
        ("${nulle} = 1", "unknown_question", {"code": "nulle"}),
        ("${age_other} = ''", "unknown_question", {"code": "age_other"}),
        ("${avis/loin} = 1", "unknown_row", {"code": "avis", "row": "loin"}),
        ("${lieu/ici} = 1", "unknown_row", {"code": "lieu", "row": "ici"}),
        ("'la' = ${lieu}", "unknown_choice", {"code": "lieu", "choice": "la"}),
        ("selected(${lieu}, 'la')", "unknown_choice", {"code": "lieu", "choice": "la"}),
        ("${avis/accueil} = 3", "unknown_choice", {"code": "avis/accueil", "choice": "3"}),
        ("${la} = 1", "self_reference", {"code": "la"}),
        (". = 1", "own_value_elsewhere", {}),
        ("${age} >", "unfinished", {}),
        ("pulldata('a', 'b')", "unknown_function", {"name": "pulldata"}),
    ],
)
def test_every_fault_is_named_where_it_stands(condition, reason, params):
    definition = asking(
        question("age"),
        question("lieu", "single", choices=choices("ici")),
        question("avis", "matrix", choices=choices("1", "2"), rows=(Row("r", "accueil", {}),)),
        question("la", condition=condition),
    )

    assert faults(definition) == [("q-la", "condition", reason, params)]


def test_a_circle_is_told_at_each_of_its_members_and_at_nobody_else():
    definition = asking(
        question("avant", condition="${a} = 1"),
        question("a", condition="${b} = 1"),
        question("b", condition="${c} = 1"),
        question("c", "computed", calculation="${a} + 1"),
        question("apres", condition="${c} = 1"),
    )

    circle = {"codes": ["a", "b", "c"]}
    assert faults(definition) == [
        ("q-a", "condition", "cycle", circle),
        ("q-b", "condition", "cycle", circle),
        ("q-c", "calculation", "cycle", circle),
    ]


def test_a_condition_may_look_ahead_and_a_check_may_look_anywhere():
    definition = asking(
        question("a", condition="${b} = 1", check="${a} < ${b}"), question("b", check="${a} > .")
    )

    assert faults(definition) == []


def test_a_group_and_a_section_cannot_depend_on_what_they_hold():
    definition = asking(
        question("dehors"),
        question("dedans", group="g"),
        question("autre", group="g"),
        groups=(Group("g", "g", {}, condition="${dedans} = 1"),),
        condition="${dehors} = 1",
    )

    assert faults(definition) == [
        ("s", "condition", "cycle", {"codes": ["dehors"]}),
        ("g", "condition", "cycle", {"codes": ["dedans"]}),
    ]


def test_a_computed_value_without_a_calculation_is_refused():
    assert faults(asking(question("note", "computed"))) == [
        ("q-note", "calculation", "no_calculation", {})
    ]


def test_every_reason_is_said_in_words():
    sources = [path.read_text() for path in Path(expressions.__file__).parent.glob("*.py")]
    given = re.compile(
        r"""(?:ExpressionError\(|_fault\(place,|question\.id, "calculation",)\s*"(\w+)\""""
    )

    reasons = {reason for source in sources for reason in given.findall(source)}

    assert reasons == REASONS.keys()
