"""How the answers to one question are counted: one tally per kind of question.

Plain Python. Counts only: what may be shown of them is decided in `privacy`. Rates are
rounded to four decimals, like everything the product prints.
"""

import math
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

from surveys.results.questions import NO, YES, AskedQuestion

DECIMALS = 4
NOT_ANSWERED = ""
"""The category of those who did not answer, in a cross-table."""


def rate(part: int, whole: int) -> float:
    return round(part / whole, DECIMALS) if whole else 0.0


class Tally(Protocol):
    name: str
    """The kind as figures call it."""

    def __init__(self, question: AskedQuestion) -> None: ...

    def add(self, value: Any) -> None: ...

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What this kind adds to the question's bases; `groups` holds one tally per category
        of the question it is crossed with."""


class ChoiceTally:
    name = "single"

    def __init__(self, question: AskedQuestion) -> None:
        self.categories = question.categories
        self.counts: Counter[str] = Counter()
        self.answered = 0

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        """The ids of the categories that a value falls in."""
        return (value["choice"],)

    def add(self, value: Any) -> None:
        self.answered += 1
        for key in self.keys(value):
            self.counts[key] += 1

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"choices": [self._choice(category, groups) for category in self.categories]}

    def _choice(self, category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        count = self.counts[category.id]
        choice = {
            "code": category.code,
            "label": category.label,
            "count": count,
            "share": rate(count, self.answered),
        }
        if groups is not None:
            choice["by"] = {code: group.counts[category.id] for code, group in groups.items()}
        return choice


class ScaleTally(ChoiceTally):
    name = "scale"


class MultipleTally(ChoiceTally):
    """`share` is of respondents, `mention_share` of mentions."""

    name = "multiple"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return tuple(value["choices"])

    def _choice(self, category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        choice = super()._choice(category, groups)
        mentions = sum(self.counts.values())
        by = {"by": choice.pop("by")} if groups is not None else {}
        return {**choice, "mention_share": rate(choice["count"], mentions), **by}


class BooleanTally(ChoiceTally):
    name = "boolean"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (YES if value else NO,)


class RatingTally(ChoiceTally):
    name = "rating"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (str(value),)

    @property
    def mean(self) -> float | None:
        return (
            rate(sum(int(key) * count for key, count in self.counts.items()), self.answered)
            if (self.answered)
            else None
        )

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {**super().figures(groups), **_mean(self, groups)}


class IntegerTally:
    """Keeps each different value once, which is what a median costs."""

    name = "integer"

    def __init__(self, question: AskedQuestion) -> None:
        self.values: Counter[int] = Counter()
        self.answered = 0

    def add(self, value: int) -> None:
        self.answered += 1
        self.values[value] += 1

    @property
    def mean(self) -> float | None:
        return rate(self._sum(), self.answered) if self.answered else None

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            **_mean(self, groups),
            "median": self._median(),
            "min": min(self.values, default=None),
            "max": max(self.values, default=None),
            "stdev": self._deviation(),
        }

    def extremes(self) -> tuple[int, int]:
        """How many answers share the smallest value, and the largest."""
        if not self.values:
            return 0, 0
        return self.values[min(self.values)], self.values[max(self.values)]

    def _sum(self, power: int = 1) -> int:
        return sum(value**power * count for value, count in self.values.items())

    def _median(self) -> int | float | None:
        if not self.answered:
            return None
        low, high = self._at((self.answered - 1) // 2), self._at(self.answered // 2)
        middle = Fraction(low + high, 2)
        return int(middle) if middle.denominator == 1 else float(middle)

    def _at(self, rank: int) -> int:
        for value in sorted(self.values):
            rank -= self.values[value]
            if rank < 0:
                return value
        raise IndexError(rank)

    def _deviation(self) -> float | None:
        """The standard deviation of a sample (divided by n - 1)."""
        n = self.answered
        if n < 2:
            return None
        # Whole numbers until the root: large values would lose their difference in floats.
        return round(
            math.sqrt(Fraction(n * self._sum(2) - self._sum() ** 2, n * (n - 1))), DECIMALS
        )


class TextTally:
    """A text is not a figure: how many wrote one, no more."""

    name = "text"

    def __init__(self, question: AskedQuestion) -> None:
        self.answered = 0

    def add(self, value: str) -> None:
        self.answered += 1

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {}


def _mean(tally, groups) -> dict[str, Any]:
    if groups is None:
        return {"mean": tally.mean}
    return {"mean": tally.mean, "by": {code: group.mean for code, group in groups.items()}}


TALLIES: dict[str, type[Tally]] = {
    "single": ChoiceTally,
    "multiple": MultipleTally,
    "boolean": BooleanTally,
    "scale": ScaleTally,
    "rating": RatingTally,
    "integer": IntegerTally,
    "text": TextTally,
    "long_text": TextTally,
}
"""How each kind of question is counted. Statements are never answered."""

BY_CATEGORY: dict[str, type[ChoiceTally]] = {
    kind: tally for kind, tally in TALLIES.items() if issubclass(tally, ChoiceTally)
}
"""The kinds that sort answers, and so can filter and cross figures."""
