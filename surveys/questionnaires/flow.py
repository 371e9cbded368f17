"""What a document makes of a questionnaire: who is asked what, and what is worked out.

Plain Python. The expressions of a definition are read and put in order once, in a plan; then
every document is followed in one pass. `surveys/static/surveys/expressions/expressions.js`
follows the page somebody is on in the same way.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.questionnaires.definition import COMPUTED, Definition, Question
from surveys.questionnaires.expressions import (
    Expr,
    ExpressionError,
    Named,
    Place,
    Value,
    as_boolean,
    as_number,
    as_text,
    by_code,
    named,
    parse,
    places_of,
    references,
    value_of,
)
from surveys.questionnaires.expressions.evaluation import OWN, Run, Surroundings, compiled
from surveys.questionnaires.expressions.ordering import in_order


@dataclass(frozen=True)
class Flow:
    """A document seen through the conditions, calculations and checks of its questionnaire.

    `shown` holds the ids of the questions that are asked, statements and computed values
    included; `document` the answers that count: those to hidden questions are left out,
    computed values are put in; `failed` the questions whose answer does not pass their check.
    """

    shown: frozenset[str]
    document: dict[str, Any]
    failed: tuple[Question, ...]

    def is_shown(self, question: Question) -> bool:
        return question.id in self.shown


def follow(definition: Definition, document: Mapping[str, Any], *, on: date) -> Flow:
    """Follow a document through its questionnaire; `on` is what `today()` gives.

    A question is asked when its condition holds, and those of its groups and its section.
    An answer that a condition hides counts as no answer in every other expression. Of an old
    version in which questions depend on each other in a circle, the first in the order of
    reading is decided as if the next were not answered. An expression that cannot be read
    hides nothing and refuses nothing.
    """
    return plan_of(definition).follow(document, on)


def hidden(definition: Definition, flow: Flow) -> list[str]:
    """The ids of the questions with an answer, given or worked out, that were not asked."""
    return [
        question.id
        for question in definition.questions
        if (question.is_answered or question.kind == COMPUTED) and question.id not in flow.shown
    ]


# -- The plan of a definition --------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A question, when all that it depends on is known: what shows it, what it is worth."""

    question: Question
    conditions: tuple[Run, ...]
    calculation: Run | None
    names: tuple[tuple[str, Named], ...]
    """The names by which other expressions call its answer, as far as any does."""


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    checks: tuple[tuple[Named, Run], ...]
    needs: dict[str, set[str]]
    """The ids of the questions that decide each question's conditions and calculation."""

    def follow(self, document: Mapping[str, Any], on: date) -> Flow:
        values: dict[str, Value] = {}
        around = Surroundings(values, on)
        followed: dict[str, Any] = {}
        shown = []
        for step in self.steps:
            if not all(as_boolean(condition(around)) for condition in step.conditions):
                continue
            question = step.question
            shown.append(question.id)
            answer = document.get(question.id)
            if question.kind == COMPUTED:
                answer = step.calculation and as_answer(step.calculation(around))
            if answer is None:
                continue
            followed[question.id] = answer
            for name, what in step.names:
                values[name] = value_of(what, answer)
        return Flow(frozenset(shown), followed, self._failed(followed, around))

    def _failed(self, document: Mapping[str, Any], around: Surroundings) -> tuple[Question, ...]:
        failed = []
        values = dict(around.values)
        with_own = Surroundings(values, around.on)
        for what, passes in self.checks:
            values[OWN] = value_of(what, document.get(what.question.id))
            if values[OWN] != "" and not as_boolean(passes(with_own)):
                failed.append(what.question)
        return tuple(failed)


def as_answer(value: Value) -> int | float | str | None:
    """What a calculation gives, as it is stored: whole numbers whole, and nothing for no value."""
    if isinstance(value, bool):
        return as_text(value)
    if isinstance(value, str):
        return value or None
    number = as_number(value)
    if number != number:
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


_plans: dict[int, tuple[Callable[[], Definition | None], Plan]] = {}


def plan_of(definition: Definition) -> Plan:
    """Made once for a definition, for as long as it is there."""
    kept = _plans.get(id(definition))
    if kept and kept[0]() is definition:
        return kept[1]
    key = id(definition)
    plan = _plan(definition)
    _plans[key] = (weakref.ref(definition, lambda _: _plans.pop(key, None)), plan)
    return plan


def _plan(definition: Definition) -> Plan:
    questions = by_code(definition)
    read = list(_read(definition))
    conditions: dict[str, list[Run]] = {question.id: [] for question in definition.questions}
    calculations: dict[str, Run] = {}
    checks: dict[str, Run] = {}
    needs: dict[str, set[str]] = {question.id: set() for question in definition.questions}
    names: dict[str, dict[str, Named]] = {question.id: {} for question in definition.questions}
    for place, expression in read:
        found = {one.name: named(questions, one) for one in references(expression)}
        for name, what in found.items():
            if what:
                names[what.question.id][name] = what
        run = compiled(expression)
        if place.field == "check":
            checks[place.id] = run
            continue
        if place.field == "calculation":
            calculations[place.id] = run
        for question in place.questions:
            needs[question.id] |= {what.question.id for what in found.values() if what}
            if place.field == "condition":
                conditions[question.id].append(run)
    by_id = {question.id: question for question in definition.questions}
    return Plan(
        steps=tuple(
            Step(
                by_id[one], tuple(conditions[one]), calculations.get(one), tuple(names[one].items())
            )
            for one in in_order(needs)
        ),
        checks=tuple((Named(by_id[one]), run) for one, run in checks.items()),
        needs=needs,
    )


def _read(definition: Definition) -> Iterator[tuple[Place, Expr]]:
    for place in places_of(definition):
        try:
            yield place, parse(place.text)
        except ExpressionError:
            continue
