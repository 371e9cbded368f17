"""What is wrong with the expressions of a questionnaire, each fault where it stands."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import COMPUTED, OTHER, Definition, Question
from surveys.questionnaires.expressions.evaluation import as_number, as_text
from surveys.questionnaires.expressions.grammar import ExpressionError, parse
from surveys.questionnaires.expressions.nodes import (
    Expr,
    Number,
    Own,
    Text,
    every_node,
    references,
)
from surveys.questionnaires.expressions.ordering import circles
from surveys.questionnaires.expressions.places import Place, by_code, named, places_of
from surveys.questionnaires.expressions.writing import choice_literals

WITH_CHOICES = frozenset({"single", "scale", "multiple", "ranking", "matrix"})
BOOLEAN_CODES = frozenset({"true", "false"})


@dataclass(frozen=True)
class ExpressionProblem:
    """A fault: the id of the section, group or question, the field, why, and about what.

    `reason` is one of `ExpressionError`'s, or unknown_question, unknown_row, unknown_choice,
    self_reference, own_value_elsewhere, cycle, no_calculation.
    """

    id: str
    field: str
    reason: str
    position: int = 0
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def problems_of_expressions(definition: Definition) -> list[ExpressionProblem]:
    """Every fault of every expression, in the order of reading."""
    questions = by_code(definition)
    read: list[tuple[Place, Expr]] = []
    problems = list(_without_calculation(definition))
    for place in places_of(definition):
        try:
            read.append((place, parse(place.text)))
        except ExpressionError as error:
            problems.append(
                ExpressionProblem(place.id, place.field, error.reason, error.position, error.params)
            )
    for place, expression in read:
        problems += _names(place, expression, questions)
    problems += _cycles(read, questions)
    return sorted(problems, key=_order_of_reading(definition))


def _order_of_reading(definition: Definition) -> Any:
    ids: list[str] = []
    for section in definition.sections:
        ids += [section.id, *(group.id for group in section.groups)]
        ids += [question.id for question in section.questions]
    rank = {one: number for number, one in enumerate(ids)}
    return lambda problem: rank[problem.id]


def _without_calculation(definition: Definition) -> Iterator[ExpressionProblem]:
    for question in definition.questions:
        if question.kind == COMPUTED and not question.calculation.strip():
            yield ExpressionProblem(question.id, "calculation", "no_calculation")


# -- Names ---------------------------------------------------------------------------------


def _names(
    place: Place, expression: Expr, questions: Mapping[str, Question]
) -> Iterator[ExpressionProblem]:
    for node in every_node(expression):
        if isinstance(node, Own) and place.field != "check":
            yield _fault(place, "own_value_elsewhere", node.position)
    for reference in references(expression):
        if named(questions, reference) is not None:
            continue
        if reference.row and reference.code in questions:
            params = {"code": reference.code, "row": reference.row}
            yield _fault(place, "unknown_row", reference.position, **params)
        else:
            yield _fault(place, "unknown_question", reference.position, code=reference.name)
    for reference, literal in choice_literals(expression, place.own):
        asked = named(questions, reference)
        if asked and not asked.is_specified and not _may_be(asked.question, literal):
            params = {"code": reference.name, "choice": as_text(literal.value)}
            yield _fault(place, "unknown_choice", literal.position, **params)


def _may_be(question: Question, literal: Text | Number) -> bool:
    """Whether a question can have this answer, as far as its choices tell."""
    if literal.value == "" or question.kind not in WITH_CHOICES | {"boolean"}:
        return True
    codes = {choice.code for choice in question.choices}
    if question.kind == "boolean":
        codes = set(BOOLEAN_CODES)
    if question.has_other:
        codes.add(OTHER)
    if isinstance(literal, Text):
        return literal.value.strip() in codes
    return any(as_number(code) == literal.value for code in codes)


def _fault(place: Place, reason: str, position: int, **params: Any) -> ExpressionProblem:
    return ExpressionProblem(place.id, place.field, reason, position, params)


# -- Circles -------------------------------------------------------------------------------


def _cycles(
    read: list[tuple[Place, Expr]], questions: Mapping[str, Question]
) -> Iterator[ExpressionProblem]:
    """What cannot be decided because it depends on itself. A check decides nothing."""
    edges: dict[str, set[str]] = {question.id: set() for question in questions.values()}
    deciding = [(place, expression) for place, expression in read if place.field != "check"]
    for place, expression in deciding:
        for question in place.questions:
            edges.setdefault(question.id, set()).update(_named_ids(expression, questions))
    circle_of = {one: circle for circle in circles(edges) for one in circle}
    codes = {question.id: question.code for question in questions.values()}
    for place, expression in deciding:
        if fault := _circle_at(place, expression, questions, circle_of, codes):
            yield fault


def _named_ids(expression: Expr, questions: Mapping[str, Question]) -> set[str]:
    found = (named(questions, reference) for reference in references(expression))
    return {one.question.id for one in found if one}


def _circle_at(
    place: Place,
    expression: Expr,
    questions: Mapping[str, Question],
    circle_of: Mapping[str, frozenset[str]],
    codes: Mapping[str, str],
) -> ExpressionProblem | None:
    for reference in references(expression):
        asked = named(questions, reference)
        if asked is None:
            continue
        circle = circle_of.get(asked.question.id, frozenset())
        within = [question for question in place.questions if question.id in circle]
        if not within:
            continue
        if within == [asked.question] == list(place.questions):
            return _fault(place, "self_reference", reference.position, code=reference.code)
        around = [code for one, code in codes.items() if one in circle]
        return _fault(place, "cycle", reference.position, codes=around)
    return None
