"""Which text of yesterday each text of today is. Plain Python."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

SAME_ENOUGH = 0.5
"""Share of words in common from which a text is the other one reworded."""


def normal(text: str) -> str:
    """A text without what nobody calls a change: spaces, capitals, the sign that ends it."""
    return " ".join(text.split()).rstrip(" .;,").casefold()


def likeness(one: str, other: str) -> float:
    """From 0 to 1, how many words two texts share, wherever they stand."""
    words, others = Counter(normal(one).split()), Counter(normal(other).split())
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 0.0


def pair(
    texts: Sequence[str], known: Mapping[str, Sequence[str]], retired: Mapping[str, Sequence[str]]
) -> list[str | None]:
    """For each text, the anchor it already has: the same words first, then the most alike.

    `known` gives the wordings of each anchor. A `retired` anchor comes back only for the very
    same words.
    """
    found: list[str | None] = [None] * len(texts)
    free = dict(known)
    for pool in (free, dict(retired)):
        by_words = {normal(text): anchor for anchor in reversed(pool) for text in pool[anchor]}
        for index, text in enumerate(texts):
            anchor = by_words.get(normal(text))
            if found[index] is None and anchor in pool:
                found[index] = anchor
                del pool[anchor]
    candidates = sorted(
        (-score, index, anchor)
        for index, text in enumerate(texts)
        if found[index] is None
        for anchor, wordings in free.items()
        if (score := max((likeness(text, known) for known in wordings), default=0)) >= SAME_ENOUGH
    )
    for _score, index, anchor in candidates:
        if found[index] is None and anchor in free:
            found[index] = anchor
            del free[anchor]
    return found


def kept_in_order(positions: Sequence[int]) -> set[int]:
    """The longest run of increasing positions: what was not moved, when the others were."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, position in enumerate(positions):
        length = bisect_left(tails, position)
        if length == len(tails):
            tails.append(position)
            ends.append(index)
        else:
            tails[length] = position
            ends[length] = index
        previous.append(ends[length - 1] if length else None)
    kept: set[int] = set()
    cursor = ends[-1] if ends else None
    while cursor is not None:
        kept.add(positions[cursor])
        cursor = previous[cursor]
    return kept
