"""What a reader with a pencil can work out about hidden counts.

Plain Python. A table is what is known of one question besides the counts left on show. It
tells which hidden counts are not wide open; `privacy` hides until none is.

The choices of a table may be cut in *blocks*, where other figures tell of sums: then the hidden
counts of each block are taken to have a known sum, which is at least what can be known.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from math import gcd
from typing import Protocol

Counts = Mapping[str, int]
Blocks = Collection[Collection[str]]

SEVERAL_CHOICES = frozenset({"multiple"})
ONE_CHOICE = frozenset(
    {"single", "boolean", "scale", "rating", "territory", "date", "time", "computed"}
)
"""The kinds where one answer falls in one category: counts add up to the answers."""


class Table(Protocol):
    tied: bool
    """Whether a figure that ties the counts together (a mean, a number of mentions) is known."""

    def exposed(self, hidden: Collection[str], *, small: int) -> set[str]:
        """The hidden counts that could not be `small` or more although they are small, or
        whose others (who did not choose it) could not be so many."""

    def helps(self, code: str, exposed: Collection[str]) -> bool:
        """Whether hiding this count may cover one that is exposed."""


def tables(
    kind: str,
    counts: Counts,
    answered: int,
    exclusive: Collection[str] = (),
    blocks: Blocks = (),
    least: int = 1,
    most: int | None = None,
) -> Iterator[Table]:
    """What may be known of a question, the richest first."""
    if kind == "rating":
        yield RatingTable(counts, blocks)
    if kind in SEVERAL_CHOICES:
        for tied in (True, False):
            yield SumTable(counts, answered, exclusive, tied=tied, least=least, most=most)
    else:
        yield SumTable(counts, answered, blocks=blocks)


class SumTable:
    """Counts whose sum is known, or bounded.

    One answer falls in one category (`exclusive=None`) or in several: then everybody who
    answered chose one exclusive category, or from `least` to `most` of the others. When tied,
    the mentions are known. `ceilings` are counts that some cannot exceed.
    """

    def __init__(
        self,
        counts: Counts,
        answered: int,
        exclusive: Collection[str] | None = None,
        *,
        tied: bool = False,
        least: int = 1,
        most: int | None = None,
        blocks: Blocks = (),
        ceilings: Counts | None = None,
    ) -> None:
        self.counts = counts
        self.answered = answered
        self.several = exclusive is not None
        self.exclusive = frozenset(exclusive or ())
        self.tied = tied
        self.least, self.most = least, most
        self.blocks = [frozenset(block) for block in blocks] or [frozenset(counts)]
        self.ceilings = ceilings or {}

    def exposed(self, hidden: Collection[str], *, small: int) -> set[str]:
        ranges = self.ranges(hidden)
        return {
            code for code in hidden if not self._is_open(self.counts[code], *ranges[code], small)
        }

    def helps(self, code: str, exposed: Collection[str]) -> bool:
        return any(code in block and not block.isdisjoint(exposed) for block in self.blocks)

    def _is_open(self, count: int, lowest: int, highest: int, small: int) -> bool:
        if 0 < count < small and highest < small:
            return False
        others = self.answered - count
        return not (0 < others < small and self.answered - lowest < small)

    def ranges(self, hidden: Collection[str]) -> dict[str, tuple[int, int]]:
        """The lowest and highest value that each hidden count can have."""
        if len(self.blocks) > 1:
            return self._ranges_by_block(hidden)
        found: dict[str, tuple[int, int]] = {}
        for people in self._people(hidden):
            for code, (low, high) in self._ranges_for(people, hidden).items():
                lowest, highest = found.get(code, (low, high))
                found[code] = min(low, lowest), max(high, highest)
        return found

    def _ranges_by_block(self, hidden: Collection[str]) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for block in self.blocks:
            codes = sorted(block & set(hidden))
            total = sum(self.counts[code] for code in codes)
            found |= _split(codes, self._floor(hidden), self._ceilings(codes), total, total) or {}
        return found

    def _ceilings(self, codes: Collection[str], most: int | None = None) -> dict[str, int]:
        highest = self.answered if most is None else most
        return {code: min(highest, self.ceilings.get(code, highest)) for code in codes}

    def _floor(self, hidden: Collection[str]) -> int:
        # Zeros are shown, unless they were hidden too.
        return int(all(self.counts[code] for code in hidden) and len(hidden) < len(self.counts))

    def _people(self, hidden: Collection[str]) -> range:
        """How many people may have chosen no exclusive category."""
        shown = sum(self.counts[code] for code in self.exclusive if code not in hidden)
        secret = len(self.exclusive & set(hidden))
        most = self.answered - shown - secret * self._floor(hidden)
        return range(0 if secret else most, most + 1)

    def _ranges_for(self, people: int, hidden: Collection[str]) -> dict[str, tuple[int, int]]:
        floor = self._floor(hidden)
        shown_exclusive = sum(self.counts[code] for code in self.exclusive if code not in hidden)
        secret = [code for code in hidden if code in self.exclusive]
        alone = _split(
            secret,
            floor,
            self._ceilings(secret),
            *(self.answered - people - shown_exclusive,) * 2,
        )
        free = [code for code in self.counts if code not in self.exclusive]
        shown = [self.counts[code] for code in free if code not in hidden]
        if alone is None or max(shown, default=0) > people:
            return {}
        least, most = self._sum(people, len(free))
        covered = [code for code in free if code in hidden]
        together = _split(
            covered,
            floor,
            self._ceilings(covered, people),
            least - sum(shown),
            most - sum(shown),
        )
        return {} if together is None else {**alone, **together}

    def _sum(self, people: int, choices: int) -> tuple[int, int]:
        """The fewest and the most mentions of the categories that are not exclusive."""
        if not self.several:
            return people, people
        least = people * min(self.least, choices)
        most = people * min(choices, self.most or choices)
        if self.tied:
            mentions = sum(self.counts.values()) - (self.answered - people)
            return max(least, mentions), min(most, mentions)
        return least, most


def _split(
    codes: list[str], floor: int, ceilings: Mapping[str, int], least: int, most: int
) -> dict[str, tuple[int, int]] | None:
    """Ranges of counts between a floor and their ceilings whose sum is between two bounds."""
    room = sum(ceilings[code] for code in codes)
    least, most = max(least, floor * len(codes)), min(most, room)
    if least > most or any(ceilings[code] < floor for code in codes):
        return None
    others = (len(codes) - 1) * floor
    return {
        code: (
            max(floor, least - (room - ceilings[code])),
            min(ceilings[code], most - others),
        )
        for code in codes
    }


class RatingTable:
    """Counts of ratings whose sum and mean are known: two equations, whole numbers.

    In blocks, the people and the points of each are taken to be known.
    """

    tied = True

    def __init__(self, counts: Counts, blocks: Blocks = ()) -> None:
        self.counts = counts
        self.blocks = [frozenset(block) for block in blocks] or [frozenset(counts)]

    def exposed(self, hidden: Collection[str], *, small: int) -> set[str]:
        floor = 0 if len(hidden) == len(self.counts) else 1
        answered = sum(self.counts.values())
        found: set[str] = set()
        for block in self.blocks:
            codes = sorted(block & set(hidden))
            people = sum(self.counts[code] for code in codes) - floor * len(codes)
            points = sum(int(code) * (self.counts[code] - floor) for code in codes)
            found |= {
                code
                for code in codes
                if not self._is_open(code, codes, people, points, floor, small, answered)
            }
        return found

    def helps(self, code: str, exposed: Collection[str]) -> bool:
        return any(code in block and not block.isdisjoint(exposed) for block in self.blocks)

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
    if people < 0 or not ratings:
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
