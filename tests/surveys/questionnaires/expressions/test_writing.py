import pytest

from surveys.questionnaires.expressions import parse, rename, unparse


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("${a} = 'x'", "${b} = 'y'"),
        ("'x'=${a}", "'y'=${b}"),
        ('selected( ${a},  "x" )', "selected( ${b},  'y' )"),
        ("${a} = 1 or ${a} = 2", "${b} = 'un' or ${b} = 2"),
        ("${a} = 'x' = true()", "${b} = 'y' = true()"),
        ("${c} = 'x'", "${c} = 'x'"),
        ("concat(${a}, 'x')", "concat(${b}, 'x')"),
        ("${a_other} != ''", "${b_other} != ''"),
        ("${ a } > 3", "${b} > 3"),
        ("${m/r} = 'x' and ${m/t} = 'x'", "${m/ligne} = 'x' and ${m/t} = 'x'"),
        (". = 'x' and . != 'z'", ". = 'y' and . != 'z'"),
        ("‘x’ = ${a}", "'y' = ${b}"),
        ("${a} = 'x' and", "${a} = 'x' and"),
    ],
)
def test_a_text_is_renamed_where_it_names_something_and_left_alone_elsewhere(text, renamed):
    found = rename(
        text,
        questions={"a": "b"},
        choices={("a", "x"): "y", ("a", "1"): "un"},
        rows={("m", "r"): "ligne"},
        own="a",
    )

    assert found == renamed


def test_a_question_that_ends_in_other_is_not_what_was_specified_beside_another():
    assert rename("${a_other}", questions={"a": "b", "a_other": "a_other"}) == "${a_other}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("((1+2))*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("(1 or 0) and (1 and 0)", "(1 or 0) and (1 and 0)"),
        ("not( ${a}='x' )", "not(${a} = 'x')"),
        ("-(1)", "-1"),
        ("“l'eau”", '"l\'eau"'),
        ('“l\'"eau"”', '‘l\'"eau"’'),
    ],
)
def test_an_expression_is_written_with_the_parentheses_it_needs(text, written):
    assert unparse(parse(text)) == written
