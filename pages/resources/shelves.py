"""How a library is sorted: entries, what is asked of them, how many each choice would give.

Plain Python. The library of a network is short enough to be counted whole, and a count that
ignores what was already chosen would lead to empty lists.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

FACETS = ("kind", "theme", "territory", "commitment")
Choices = Mapping[str, str]
"""The value chosen for each facet; an absent or empty one asks for nothing."""


@dataclass(frozen=True)
class Entry:
    """One line of the library. `carriers` are the pages that an attachment hangs on."""

    source: str
    pk: int
    kind: str
    date: date
    title: str
    theme: frozenset[int] = frozenset()
    territory: frozenset[int] = frozenset()
    commitment: frozenset[int] = frozenset()
    carriers: tuple[int, ...] = field(default=(), compare=False)

    def values(self, facet: str) -> frozenset[str]:
        if facet == "kind":
            return frozenset([self.kind])
        return frozenset(str(value) for value in getattr(self, facet))


def chosen(entries: Iterable[Entry], choices: Choices) -> list[Entry]:
    """The entries that have every value chosen, the newest first."""
    kept = [entry for entry in entries if _has_all(entry, choices)]
    return sorted(kept, key=lambda entry: (-entry.date.toordinal(), entry.title, entry.pk))


def counts(entries: Iterable[Entry], choices: Choices) -> dict[str, Counter[str]]:
    """For each facet, how many entries each of its values would leave, the others kept."""
    found: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    entries = list(entries)
    for facet in FACETS:
        others = {name: value for name, value in choices.items() if name != facet}
        for entry in entries:
            if _has_all(entry, others):
                found[facet].update(entry.values(facet))
    return found


def _has_all(entry: Entry, choices: Choices) -> bool:
    return all(
        value in entry.values(facet)
        for facet, value in choices.items()
        if facet in FACETS and value
    )
