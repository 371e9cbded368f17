"""Python and JavaScript agree: on the table, then on whatever hypothesis invents."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.expressions import (
    FUNCTIONS,
    ExpressionError,
    Negation,
    Operation,
    Own,
    Reference,
    Text,
    parse,
    references,
    rename,
    unparse,
)
from surveys.questionnaires.expressions.grammar import LEVELS
from surveys.questionnaires.expressions.nodes import Call, Number
from tests.surveys.questionnaires.expressions.browser import open_twin, results_in_browser
from tests.surveys.questionnaires.expressions.test_evaluation import CASES, ON, result

TODAY = ON.isoformat()
CODES = ("a", "b_2", "Été", "x.y-z", "m")
WORDS = st.sampled_from(
    ["", "a", "a b", "true", "false", "12", "-3.5", "2026-03-12", "18:30", "1 2 x", "l'eau", "😀"]
)
TEXTS = WORDS | st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="'\""), max_size=8
)
NUMBERS = st.sampled_from([0, 1, 2, 0.1, 2.5, 2.675, 1e21, 1e-7, 10**15, 1 / 3]) | st.floats(
    min_value=0, allow_nan=False, allow_infinity=False
)
VALUES = st.dictionaries(
    st.sampled_from([*CODES, "m/r", "."]),
    TEXTS | st.booleans() | NUMBERS | NUMBERS.map(lambda number: -number),
)
PATTERNS = st.sampled_from(["[a-z]+", "a|b", ".*", "\\d{2}", "(?i)TRUE", "\\p{L}.?"]).map(Text)
LEAVES = (
    NUMBERS.map(float).map(Number)
    | TEXTS.map(Text)
    | st.sampled_from([*map(Reference, CODES), Reference("m", "r"), Own()])
)


def calls(parts):
    def call(name):
        fewest, most = FUNCTIONS[name]
        given = st.lists(parts, min_size=fewest, max_size=min(most, 3))
        if name == "regex":
            given = st.tuples(parts, PATTERNS)
        return given.map(lambda arguments: Call(name, tuple(arguments)))

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(call)


def operations(parts):
    def operation(operators):
        rest = st.lists(
            st.tuples(st.sampled_from(sorted(operators)), parts), min_size=1, max_size=3
        )
        return st.tuples(parts, rest).map(lambda drawn: Operation(drawn[0], tuple(drawn[1])))

    return st.sampled_from(LEVELS).flatmap(operation)


EXPRESSIONS = st.recursive(
    LEAVES,
    lambda parts: calls(parts) | operations(parts) | parts.map(Negation),
    max_leaves=12,
)


@given(EXPRESSIONS)
def test_an_expression_written_is_read_as_itself(expression):
    assert parse(unparse(expression)) == expression


@given(st.text(max_size=60) | st.text(alphabet="${}()'\"ab12.,+-*<>=! andor", max_size=60))
def test_any_text_is_an_expression_or_says_where_it_is_not(text):
    fault = fault_of(text)

    assert 0 <= fault.position <= len(text) if fault else parse(unparse(parse(text))) == parse(text)


def fault_of(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


@given(EXPRESSIONS, st.permutations(CODES))
def test_renaming_questions_renames_every_reference_and_nothing_else(expression, codes):
    new = dict(zip(CODES, codes, strict=True))
    text = unparse(expression)

    renamed = parse(rename(text, questions=new))

    assert [one.code for one in references(renamed)] == [
        new[one.code] for one in references(expression)
    ]
    back = {after: before for before, after in new.items()}
    assert parse(rename(unparse(renamed), questions=back)) == expression


@given(EXPRESSIONS, VALUES, st.permutations(CODES))
def test_a_renamed_expression_is_worth_the_same(expression, values, codes):
    new = dict(zip(CODES, codes, strict=True))
    renamed = {_renamed(name, new): value for name, value in values.items()}
    text = unparse(expression)

    assert result(rename(text, questions=new), renamed) == result(text, values)


def _renamed(name: str, new: dict[str, str]) -> str:
    code, slash, row = name.partition("/")
    return new.get(code, code) + slash + row


def disagreements(page, cases: list[tuple[str, dict]]) -> list[tuple]:
    """The expression, what it is worth in the browser, and here."""
    open_twin(page)
    there = results_in_browser(page, cases, TODAY)
    here = [result(text, values) for text, values in cases]
    return [
        (case, one, other)
        for case, one, other in zip(cases, there, here, strict=True)
        if exactly(one) != exactly(other)
    ]


def exactly(found: object) -> object:
    """Numbers are doubles, and True is not 1."""
    if isinstance(found, int) and not isinstance(found, bool):
        return float(found)
    return (bool, found) if isinstance(found, bool) else found


@pytest.mark.browser
def test_the_browser_agrees_with_the_table(page):
    open_twin(page)
    cases = [(case.values[0], case.values[1]) for case in CASES]

    found = results_in_browser(page, cases, TODAY)

    expected = [exactly(case.values[2]) for case in CASES]
    assert [exactly(one) for one in found] == expected


@pytest.mark.browser
def test_the_browser_agrees_on_random_expressions(page):
    drawn: list[tuple[str, dict]] = []

    @settings(max_examples=1_500, deadline=None, database=None)
    @given(EXPRESSIONS, VALUES)
    def draw(expression, values):
        drawn.append((unparse(expression), values))

    draw()

    assert len(drawn) >= 1_000
    assert disagreements(page, drawn) == []


@pytest.mark.browser
def test_the_browser_finds_the_same_faults_in_broken_texts(page):
    at_random = random.Random(20260315)
    texts = [case.values[0] for case in CASES if len(case.values[0]) < 200]
    broken = [_broken(at_random.choice(texts), at_random) for _ in range(2_000)]

    assert disagreements(page, [(text, {}) for text in broken]) == []


def _broken(text: str, at_random: random.Random) -> str:
    """A text with something taken away, doubled or put in."""
    at = at_random.randrange(len(text) + 1)
    put = at_random.choice(
        ["", "(", ")", "'", '"', "${", "}", " ", ",", "é", "😀", ".", "-", "or "]
    )
    return text[:at] + put + text[at + at_random.randrange(3) :]
