"""What the bases of conditional questions say of the questions that they depend on.

Plain Python. A condition makes a group: those who were asked. How large it is stands among the
bases, and is a sum of counts of the question that the condition names. Responses to which the
same conditions held make a *stratum*; every such group is made of whole strata, and what a group
says of a table is read from the counts of the table in its strata.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

Key = tuple[str, str]
"""A table of counts: a question's code, and the code of a row of a matrix (or nothing)."""


@dataclass(frozen=True)
class Conditional:
    """A question that depends on others.

    `depends_on` holds the codes of the questions named by its conditions, those of its groups
    and of its section, and by theirs in turn; `computed_from` those that its value is worked
    out from. `asked` and `not_asked` are strata: those outside both had another version.
    """

    code: str
    depends_on: frozenset[str] = frozenset()
    computed_from: frozenset[str] = frozenset()
    asked: frozenset[int] = frozenset()
    not_asked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Conditions:
    """Everything that figures say of conditions.

    `sizes` are of the strata; `cells` how often each choice of a table was chosen in each
    stratum; `answered` how many answered a question in each stratum.
    """

    sizes: Mapping[int, int] = field(default_factory=dict)
    conditionals: Mapping[str, Conditional] = field(default_factory=dict)
    cells: Mapping[Key, Mapping[str, Counter[int]]] = field(default_factory=dict)
    answered: Mapping[str, Counter[int]] = field(default_factory=dict)

    def size(self, strata: Iterable[int]) -> int:
        return sum(self.sizes[stratum] for stratum in strata)

    def smallest_side(self, code: str) -> int:
        """The size of the smaller group: of those who were asked, or of those who were not."""
        one = self.conditionals[code]
        return min(self.size(one.asked), self.size(one.not_asked))

    # -- A table, and a question that is asked according to it ------------------------------

    def _touched(self, key: Key, strata: Collection[int]) -> frozenset[str]:
        """The choices that somebody in these strata chose."""
        return frozenset(
            code
            for code, counts in self.cells[key].items()
            if any(counts[stratum] for stratum in strata)
        )

    def sides(self, key: Key, code: str) -> tuple[frozenset[str], frozenset[str]]:
        """The choices of those who were asked, and of those who were not."""
        one = self.conditionals[code]
        return self._touched(key, one.asked), self._touched(key, one.not_asked)

    def follows(self, key: Key, code: str) -> bool:
        """Whether a choice alone decides: then the group is a sum of counts."""
        asked, not_asked = self.sides(key, code)
        return not asked & not_asked

    def blocks(self, key: Key, codes: Iterable[str], shown: Iterable[str]) -> list[set[str]]:
        """The choices cut in blocks, of each of which the shown groups may tell the sum."""
        cuts = [self.sides(key, code) for code in shown]
        found: dict[tuple, set[str]] = {}
        for choice in codes:
            signature = tuple((choice in asked, choice in others) for asked, others in cuts)
            found.setdefault(signature, set()).add(choice)
        return list(found.values())

    def tells_of_sums(self, key: Key, code: str, hidden: Collection[str]) -> bool:
        """Whether the group bounds the sum of some hidden counts, apart from the others."""
        hidden = set(hidden)
        return any(side & hidden and not hidden <= side for side in self.sides(key, code))

    def tells_of_overlaps(self, key: Key, code: str, hidden: Collection[str]) -> bool:
        """The same where several choices may be taken: everybody who chose one is in a group."""
        one = self.conditionals[code]
        if not self.smallest_side(code):
            return False
        for choice in hidden:
            counts = self.cells[key].get(choice, Counter())
            asked = sum(counts[stratum] for stratum in one.asked)
            not_asked = sum(counts[stratum] for stratum in one.not_asked)
            if bool(asked) != bool(not_asked):
                return True
        return False

    # -- Groups compared with each other ------------------------------------------------------

    def small_differences(
        self, shown: Collection[str], is_small: Callable[[int], bool]
    ) -> Iterator[set[str]]:
        """Pairs of groups, one in the other or side by side, that leave a small group over."""
        for first, second in combinations(sorted(shown), 2):
            one, other = self.conditionals[first], self.conditionals[second]
            related = one.depends_on & other.depends_on
            together = one.asked | one.not_asked
            if not related or together != other.asked | other.not_asked:
                continue
            inside, outside = self.size(one.asked - other.asked), self.size(other.asked - one.asked)
            both = self.size(one.asked & other.asked)
            neither = self.size(one.not_asked & other.not_asked)
            if (
                (not inside and is_small(outside))
                or (not outside and is_small(inside))
                or (not both and is_small(neither))
                or (not neither and is_small(both))
            ):
                yield {first, second}

    def has_small_piece(
        self, question: str, shown: Collection[str], is_small: Callable[[int], bool]
    ) -> bool:
        """Whether the groups cut those who answered a question in pieces, one of them small.

        For questions without a table of counts: the groups are the only counts there are.
        """
        family = [self.conditionals[code] for code in sorted(shown)]
        pieces: Counter[tuple] = Counter()
        for stratum, answered in self.answered[question].items():
            membership = tuple((stratum in one.asked, stratum in one.not_asked) for one in family)
            pieces[membership] += answered
        return any(map(is_small, pieces.values()))
