"""What a page has to know to follow, as somebody types, what they make of it. Plain Python.

The browser (`surveys/static/surveys/expressions/live.js`) follows the questions of the page, and
those of other pages on which they depend, as `flow.follow` does. It decides nothing: what is
sent is followed again.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from surveys.questionnaires.definition import COMPUTED, Definition, Question, Section
from surveys.questionnaires.expressions import by_code, value_of
from surveys.questionnaires.expressions.ordering import reached
from surveys.questionnaires.flow import Plan, Rule, Step, plan_of

READ_BY_THE_SERVER = frozenset({"phone", "file"})
"""Kinds whose answers only the server can tell from what was typed."""


def live_questions(
    definition: Definition, section: Section, document: Mapping[str, Any], *, on: date
) -> dict[str, Any] | None:
    """What the page of a section has to know, as JSON; None if nothing changes on it."""
    plan = plan_of(definition)
    on_page = {question.id for question in section.questions}
    if not any(_has_rules(step) for step in plan.steps if step.question.id in on_page):
        return None
    needed = _needed(definition, plan, on_page)
    steps = [step for step in plan.steps if step.question.id in needed]
    texts = [rule.text for step in steps for rule in _rules(step)]
    return {
        "on": on.isoformat(),
        "regex": any("regex" in text for text in texts),
        "steps": [_step(step, step.question.id in on_page, document) for step in steps],
        "groups": {
            group.code: [
                question.code
                for question in section.questions
                if group in section.groups_around(question)
            ]
            for group in section.groups
        },
    }


def _rules(step: Step) -> list[Rule]:
    return [*step.conditions, *filter(None, (step.calculation, step.check))]


def _has_rules(step: Step) -> bool:
    return bool(_rules(step))


def _needed(definition: Definition, plan: Plan, on_page: set[str]) -> set[str]:
    """The ids of the questions of the page, and of all that decides on them or their checks."""
    questions = by_code(definition)
    needed = set(on_page)
    for step in plan.steps:
        if step.question.id in on_page:
            needed |= set(reached(plan.needs, step.question.id))
            for name in step.check.names if step.check else ():
                needed |= set(reached(plan.needs, _asked(questions, name).id))
    return needed


def _asked(questions: Mapping[str, Question], name: str) -> Question:
    code = name.split("/")[0]
    return questions.get(code) or questions[code.removesuffix("_other")]


def _step(step: Step, is_on_page: bool, document: Mapping[str, Any]) -> dict[str, Any]:
    question = step.question
    is_read_here = is_on_page and question.kind not in READ_BY_THE_SERVER
    said = {
        "code": question.code,
        "kind": question.kind,
        "isOnPage": is_on_page,
        "isReadHere": is_read_here,
        "conditions": [rule.text for rule in step.conditions],
        "names": [
            {
                "name": name,
                "row": what.row.id if what.row else "",
                "isOther": what.is_specified,
                "value": None
                if is_on_page or question.kind == COMPUTED
                else value_of(what, document.get(question.id)),
            }
            for name, what in step.names
        ],
    }
    if is_read_here:
        said["choices"] = {choice.id: choice.code for choice in question.choices}
        said["rows"] = [row.id for row in question.rows]
    if step.calculation:
        said["calculation"] = step.calculation.text
    if step.check and is_on_page:
        said["check"] = step.check.text
    return said
