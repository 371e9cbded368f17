"""Two people save the same page of a draft: whose value stays, and what somebody must choose.

Plain Python. A value is whatever a document holds for a question; None is "not answered".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = Any
Values = Mapping[str, Value | None]


@dataclass(frozen=True)
class Conflict:
    """A question that two people changed, differently, from the same beginning."""

    question_id: str
    mine: Value | None
    theirs: Value | None


@dataclass(frozen=True)
class Merge:
    document: dict[str, Value]
    conflicts: tuple[Conflict, ...]


def merge(*, base: Values, mine: Values, theirs: Values) -> Merge:
    """Three-way merge, question by question; only the questions in `mine` can change.

    `base` is what the page showed when it was opened, `theirs` the whole document as it is
    stored now. In a conflict the stored value stays, and the other travels in `conflicts`.
    """
    document = dict(theirs)
    conflicts = []
    for question_id, value in mine.items():
        before, stored = base.get(question_id), theirs.get(question_id)
        if same(value, stored) or same(value, before):
            continue
        if not same(stored, before):
            conflicts.append(Conflict(question_id, mine=value, theirs=stored))
        elif value is None:
            document.pop(question_id, None)
        else:
            document[question_id] = value
    return Merge(document, tuple(conflicts))


def same(one: Value | None, other: Value | None) -> bool:
    """Equality that tells yes from 1 and no from 0, as JSON does."""
    return type(one) is type(other) and one == other
