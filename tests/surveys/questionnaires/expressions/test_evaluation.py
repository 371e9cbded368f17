"""The table of cases that both languages have to agree with, in Python."""

import json
import math
from datetime import date
from pathlib import Path

import pytest

from surveys.questionnaires.expressions import ExpressionError, evaluate, parse, unparse

TABLE = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
ON = date(2026, 3, 15)
CASES = [
    pytest.param(text, group["values"], gives, id=f"{group['about']}: {text[:40]}")
    for group in TABLE
    for text, gives in group["cases"]
]


def result(text: str, values: dict) -> object:
    """As the table says it: NaN is null, an error is an object."""
    try:
        found = evaluate(parse(text), values, on=ON)
    except ExpressionError as error:
        said = {"error": error.reason, "position": error.position}
        return {**said, "params": error.params} if error.params else said
    return None if isinstance(found, float) and math.isnan(found) else found


def test_the_table_has_several_hundred_different_cases():
    assert len({(case.values[0], json.dumps(case.values[1])) for case in CASES}) >= 400


@pytest.mark.parametrize(("text", "values", "gives"), CASES)
def test_an_expression_is_worth_what_the_table_says(text, values, gives):
    found = result(text, values)

    assert (type(found) is bool, found) == (type(gives) is bool, gives)


@pytest.mark.parametrize(
    "text", sorted({case.values[0] for case in CASES if not isinstance(case.values[2], dict)})
)
def test_an_expression_written_anew_is_the_same(text):
    assert parse(unparse(parse(text))) == parse(text)
