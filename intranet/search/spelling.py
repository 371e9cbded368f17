"""Words that look like one that was mistyped. Plain Python."""

from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST: Final = 4
LONG_FROM: Final = 8
MOST: Final = 20


def mistakes_allowed(word: str) -> int:
    """One mistake in a word of four letters, two in a word of eight; a code is not guessed."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) < LONG_FROM else 2


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are at most so many mistakes away, the nearest first.

    A mistake is a letter too many, too few, another one, or two neighbours exchanged.
    """
    allowed = mistakes_allowed(word)
    if not allowed:
        return []
    found = process.extract(
        word,
        sorted(set(known) - {word}),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=allowed,
        limit=None,
    )
    # The first letter is the one that people mistype least.
    order = sorted(found, key=lambda one: (one[1], one[0][0] != word[0], one[0]))
    return [one[0] for one in order[:MOST]]
