"""What a document makes of a questionnaire: who is asked what, and what is worked out.

Plain Python. The expressions of a definition are read and put in order once, in a plan; then
every document is followed in one pass. `surveys/static/surveys/expressions/expressions.js`
follows the page somebody is on in the same way.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from surveys.questionnaires.definition import COMPUTED, Definition, Question
from surveys.questionnaires.expressions import (
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
class Rule:
    """An expression that was read: its text, a function that evaluates it, whom it names."""

    text: str
    run: Run
    names: frozenset[str]


@dataclass(frozen=True)
class Step:
    """A question, when all that it depends on is known: what shows it, what it is worth.

    `names` are those by which other expressions call its answer, as far as any does.
    """

    question: Question
    conditions: tuple[Rule, ...]
    calculation: Rule | None
    check: Rule | None
    names: tuple[tuple[str, Named], ...]


@dataclass(frozen=True)
class Plan:
    """`needs`: the ids of the questions that decide on each question, by its id."""

    steps: tuple[Step, ...]
    needs: dict[str, set[str]]

    def follow(self, document: Mapping[str, Any], on: date) -> Flow:
        values: dict[str, Value] = {}
        around = Surroundings(values, on)
        followed: dict[str, Any] = {}
        shown = []
        for step in self.steps:
            if not all(as_boolean(rule.run(around)) for rule in step.conditions):
                continue
            question = step.question
            shown.append(question.id)
            answer = document.get(question.id)
            if question.kind == COMPUTED:
                answer = step.calculation and as_answer(step.calculation.run(around))
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
        for step in self.checked:
            values[OWN] = value_of(Named(step.question), document.get(step.question.id))
            if values[OWN] != "" and step.check and not as_boolean(step.check.run(with_own)):
                failed.append(step.question)
        return tuple(failed)

    @cached_property
    def checked(self) -> tuple[Step, ...]:
        """The steps with a check, in the order of reading, which is that of `needs`."""
        steps = {step.question.id: step for step in self.steps if step.check}
        return tuple(steps[one] for one in self.needs if one in steps)


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
    rules: dict[str, dict[str, list[Rule]]] = {one.id: {} for one in definition.questions}
    needs: dict[str, set[str]] = {one.id: set() for one in definition.questions}
    names: dict[str, dict[str, Named]] = {one.id: {} for one in definition.questions}
    for place, rule, found in _read(definition, questions):
        for name, what in found.items():
            names[what.question.id][name] = what
        for question in place.questions:
            rules[question.id].setdefault(place.field, []).append(rule)
            if place.field != "check":
                needs[question.id] |= {what.question.id for what in found.values()}
    by_id = {question.id: question for question in definition.questions}
    steps = (
        Step(
            question=by_id[one],
            conditions=tuple(rules[one].get("condition", [])),
            calculation=next(iter(rules[one].get("calculation", [])), None),
            check=next(iter(rules[one].get("check", [])), None),
            names=tuple(names[one].items()),
        )
        for one in in_order(needs)
    )
    return Plan(tuple(steps), needs)


def _read(
    definition: Definition, questions: Mapping[str, Question]
) -> Iterator[tuple[Place, Rule, dict[str, Named]]]:
    """Every expression that can be read, and what the names in it stand for."""
    for place in places_of(definition):
        try:
            expression = parse(place.text)
        except ExpressionError:
            continue
        found = {one.name: named(questions, one) for one in references(expression)}
        known = {name: what for name, what in found.items() if what}
        yield place, Rule(place.text, compiled(expression), frozenset(known)), known
