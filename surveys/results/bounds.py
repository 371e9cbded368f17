"""What a reader with a pencil can work out about hidden counts.

Plain Python. A table is what is known of one question besides the counts left on show. It
tells whether each hidden count is still wide open; `privacy` hides until it is.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from math import gcd
from typing import Protocol

Counts = Mapping[str, int]


class Table(Protocol):
    tied: bool
    """Whether a figure that ties the counts together (a mean, a number of mentions) is known."""

    def keeps_secret(self, hidden: Collection[str], *, small: int) -> bool:
        """Whether every hidden count could be `small` or more, and every group of those who
        did not choose it too, unless it is not a small one in truth."""


def tables(kind: str, counts: Counts, answered: int, exclusive: Collection[str]) -> Iterator[Table]:
    """What may be known of a question, the richest first."""
    if kind == "rating":
        yield RatingTable(counts)
    if kind == "multiple":
        yield SumTable(counts, answered, exclusive, tied=True)
        yield SumTable(counts, answered, exclusive, tied=False)
    else:
        yield SumTable(counts, answered)


class SumTable:
    """Counts whose sum is known, or bounded.

    One answer falls in one category (`exclusive=None`) or in several: then everybody who
    answered chose one exclusive category, or at least one of the others. When tied, the
    mentions are known.
    """

    def __init__(
        self,
        counts: Counts,
        answered: int,
        exclusive: Collection[str] | None = None,
        *,
        tied: bool = False,
    ) -> None:
        self.counts = counts
        self.answered = answered
        self.several = exclusive is not None
        self.exclusive = frozenset(exclusive or ())
        self.tied = tied

    def keeps_secret(self, hidden: Collection[str], *, small: int) -> bool:
        ranges = self.ranges(hidden)
        return all(self._is_open(self.counts[code], *ranges[code], small) for code in hidden)

    def _is_open(self, count: int, lowest: int, highest: int, small: int) -> bool:
        if 0 < count < small and highest < small:
            return False
        others = self.answered - count
        return not (0 < others < small and self.answered - lowest < small)

    def ranges(self, hidden: Collection[str]) -> dict[str, tuple[int, int]]:
        """The lowest and highest value that each hidden count can have."""
        found: dict[str, tuple[int, int]] = {}
        for people in self._people(hidden):
            for code, (low, high) in self._ranges_for(people, hidden).items():
                lowest, highest = found.get(code, (low, high))
                found[code] = min(low, lowest), max(high, highest)
        return found

    def _floor(self, hidden: Collection[str]) -> int:
        # Zeros are shown, unless the whole table is hidden.
        return 0 if len(hidden) == len(self.counts) else 1

    def _people(self, hidden: Collection[str]) -> range:
        """How many people may have chosen no exclusive category."""
        shown = sum(self.counts[code] for code in self.exclusive if code not in hidden)
        secret = len(self.exclusive & set(hidden))
        most = self.answered - shown - secret * self._floor(hidden)
        return range(0 if secret else most, most + 1)

    def _ranges_for(self, people: int, hidden: Collection[str]) -> dict[str, tuple[int, int]]:
        floor = self._floor(hidden)
        shown_exclusive = sum(self.counts[code] for code in self.exclusive if code not in hidden)
        alone = _split(
            [code for code in hidden if code in self.exclusive],
            floor,
            self.answered,
            *(self.answered - people - shown_exclusive,) * 2,
        )
        free = [code for code in self.counts if code not in self.exclusive]
        shown = [self.counts[code] for code in free if code not in hidden]
        if alone is None or max(shown, default=0) > people:
            return {}
        least, most = self._sum(people, len(free))
        together = _split(
            [code for code in free if code in hidden],
            floor,
            people,
            least - sum(shown),
            most - sum(shown),
        )
        return {} if together is None else {**alone, **together}

    def _sum(self, people: int, choices: int) -> tuple[int, int]:
        """The fewest and the most mentions of the categories that are not exclusive."""
        if not self.several:
            return people, people
        if self.tied:
            mentions = sum(self.counts.values()) - (self.answered - people)
            return max(people, mentions), min(people * choices, mentions)
        return people, people * choices


def _split(
    codes: list[str], floor: int, ceiling: int, least: int, most: int
) -> dict[str, tuple[int, int]] | None:
    """Ranges of counts between a floor and a ceiling whose sum is between two bounds."""
    others = len(codes) - 1
    least, most = max(least, floor * len(codes)), min(most, ceiling * len(codes))
    if least > most:
        return None
    lowest = max(floor, least - others * ceiling)
    highest = min(ceiling, most - others * floor)
    return dict.fromkeys(codes, (lowest, highest))


class RatingTable:
    """Counts of the ratings 0 to 10 whose sum and mean are known: two equations, whole numbers."""

    tied = True

    def __init__(self, counts: Counts) -> None:
        self.counts = counts

    def keeps_secret(self, hidden: Collection[str], *, small: int) -> bool:
        floor = 0 if len(hidden) == len(self.counts) else 1
        people = sum(self.counts[code] for code in hidden) - floor * len(hidden)
        points = sum(int(code) * (self.counts[code] - floor) for code in hidden)
        answered = sum(self.counts.values())
        return all(
            self._is_open(code, hidden, people, points, floor, small, answered) for code in hidden
        )

    def _is_open(self, code, hidden, people, points, floor, small, answered) -> bool:
        count = self.counts[code]
        others = tuple(sorted(int(other) for other in hidden if other != code))

        def possible(extra: int) -> bool:
            return _reachable(people - extra, points - int(code) * extra, others)

        if 0 < count < small and not any(map(possible, range(small - floor, people + 1))):
            return False
        if 0 < answered - count < small:
            return any(map(possible, range(max(0, answered - small - floor + 1))))
        return True


def _reachable(people: int, points: int, ratings: tuple[int, ...]) -> bool:
    """Whether that many people can give that many points with these ratings only."""
    if people < 0 or points < 0 or not ratings:
        return people == 0 and points == 0
    excess = points - people * ratings[0]
    steps = tuple(rating - ratings[0] for rating in ratings[1:])
    return excess >= 0 and _fewest(excess, steps) <= people


def _fewest(excess: int, steps: tuple[int, ...]) -> float:
    """The fewest steps (each as often as wanted) that add up to `excess`; infinite if none do."""
    if excess == 0:
        return 0
    if not steps or excess % gcd(*steps):
        return float("inf")
    largest = steps[-1]
    # Beyond the square of the largest step, the best sum always has one more of it.
    whole = max(0, -(-(excess - largest**2) // largest))
    return whole + _fewest_table(steps)[excess - whole * largest]


@cache
def _fewest_table(steps: tuple[int, ...]) -> list[float]:
    fewest: list[float] = [0]
    for excess in range(1, steps[-1] ** 2 + 1):
        fewest.append(
            min(
                (fewest[excess - step] + 1 for step in steps if step <= excess),
                default=float("inf"),
            )
        )
    return fewest
