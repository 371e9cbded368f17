"""How well an entry answers, in whole numbers, the same on every database. Plain Python.

Each form of an entry weighs, once and for all:

    60 in the title, and up to 40 more the shorter the title is
    25 in the summary
    10 × log2(1 + how many times it is said in the text), 40 at most

The score of an entry is the sum, over the words asked for, of the weight of the best form that
it holds; a synonym weighs two thirds of the word that was typed, an expression as much as its
lightest word. All the words of the query together in the title add 50. Equal scores: the
newest first, then the title, then the key.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from intranet.search.asked import Alternative, Group
from intranet.search.french import tokens

LONGEST_TEXT = 300_000
MOST_FORMS = 20_000
TITLE, SHORT_TITLE, SUMMARY, SAID, MOST_SAID, WHOLE_TITLE = 60, 40, 25, 10, 40, 50
APART = "|"
"""Stands in `words` where a phrase ends: no phrase goes from the title into the text."""


def forms_of(text: str) -> tuple[list[str], list[str]]:
    """The forms of a text in the order of reading, and those that stand beside it."""
    steps: list[str] = []
    beside: list[str] = []
    for token in tokens(text[:LONGEST_TEXT]):
        first, *more = token.forms
        (steps if token.is_step else beside).append(first)
        beside += more
    return steps, beside


def weigh(title: str, summary: str, text: str) -> tuple[str, str]:
    """What an entry keeps of its words: their forms, and `form:weight` for each."""
    parts = [forms_of(part) for part in (title, summary, text)]
    weights: Counter[str] = Counter()
    in_title = len(parts[0][0]) or 1
    for form in dict.fromkeys([*parts[0][0], *parts[0][1]]):
        weights[form] += TITLE + SHORT_TITLE // in_title
    for form in dict.fromkeys([*parts[1][0], *parts[1][1]]):
        weights[form] += SUMMARY
    for form, times in Counter([*parts[2][0], *parts[2][1]]).items():
        weights[form] += min(round(SAID * math.log2(1 + times)), MOST_SAID)
    kept = dict(list(weights.items())[:MOST_FORMS])
    runs = [" ".join(form for form in steps if form in kept) for steps, _beside in parts]
    extras = {form for _steps, beside in parts for form in beside if form in kept}
    words = f" {APART} ".join(run for run in [*runs, *sorted(extras)] if run)
    return words, _written(kept)


def _written(weights: dict[str, int]) -> str:
    return f" {' '.join(f'{form}:{weight}' for form, weight in weights.items())} "


def weight_of(form: str, weights: str) -> int:
    start = weights.find(f" {form}:")
    if start < 0:
        return 0
    start += len(form) + 2
    return int(weights[start : weights.index(" ", start)])


def weight_of_alternative(alternative: Alternative, weights: str, words: str) -> int:
    """Of a single form, its weight; of an expression, its lightest word's if it is said."""
    if len(alternative) > 1 and f" {' '.join(alternative)} " not in f" {words} ":
        return 0
    return min((weight_of(form, weights) for form in alternative), default=0)


def score(groups: Sequence[Group], weights: str, words: str = "") -> tuple[int, int]:
    """How many of the groups an entry holds, and how well it answers."""
    best = [weight_of_group(group, weights, words) for group in groups]
    together = WHOLE_TITLE if best and min(best) >= TITLE else 0
    return sum(1 for weight in best if weight), sum(best) + together


def weight_of_group(group: Group, weights: str, words: str) -> int:
    own = _best(group.own, weights, words)
    return max(own, 2 * _best(group.others, weights, words) // 3)


def _best(alternatives: Iterable[Alternative], weights: str, words: str) -> int:
    return max((weight_of_alternative(one, weights, words) for one in alternatives), default=0)


def has_expressions(groups: Sequence[Group]) -> bool:
    """Whether the order of the words has to be looked at."""
    return any(len(one) > 1 for group in groups for one in group.alternatives)
