"""What somebody typed, understood: groups of which an entry holds one alternative each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from intranet.search.french import Token, clean, tokens

Alternative = tuple[str, ...]

LONGEST_QUERY = 300
MOST_GROUPS = 12
_QUOTED = re.compile(r"[\"«“]([^\"«»“”]+)[\"»”]")


@dataclass(frozen=True)
class Group:
    """A word or an expression that was asked for.

    The first of `own` is what was typed, as a sequence of forms; `others` mean the same.
    `word` is how it is spelt without accents, when it is one word.
    """

    own: tuple[Alternative, ...]
    others: tuple[Alternative, ...] = ()
    word: str = ""

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        return tuple(dict.fromkeys((*self.own, *self.others)))


def understand(typed: str, synonyms: Iterable[Sequence[str]] = ()) -> list[Group]:
    """The groups of a query, in its order. `synonyms` are lists of expressions of one meaning.

    Words between quotation marks have to follow one another.
    """
    text = clean(typed[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
    known = [[form for line in lines if (form := sequence(line))] for lines in synonyms]
    groups: list[Group] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        groups += _with_synonyms(_groups(text[end : quoted.start()]), known)
        if words := sequence(quoted.group(1)):
            groups.append(Group((words,)))
        end = quoted.end()
    groups += _with_synonyms(_groups(text[end:]), known)
    return list(dict.fromkeys(groups))[:MOST_GROUPS]


def sequence(expression: str) -> Alternative:
    """The forms of an expression, one after the other."""
    return tuple(token.forms[0] for token in tokens(clean(expression)) if token.is_step)


def loosened(groups: Iterable[Group]) -> list[Group]:
    """The same words, those of an expression each by itself."""
    return [
        one
        for group in groups
        for one in (
            [Group(((form,),)) for form in group.own[0]] if len(group.own[0]) > 1 else [group]
        )
    ]


def corrected(typed: str, words: dict[str, str]) -> str:
    """What was typed with some words (by their plain spelling) written otherwise."""
    text = clean(typed[: 4 * LONGEST_QUERY])[:LONGEST_QUERY]
    written = [token for token in tokens(text) if token.plain in words]
    pieces, end = [], 0
    # Of a compound and one of its parts, the compound.
    for token in sorted(written, key=lambda one: (one.start, -one.end)):
        if token.start >= end:
            pieces += [text[end : token.start], words[token.plain]]
            end = token.end
    return "".join([*pieces, text[end:]])


def _groups(text: str) -> list[Group]:
    found = list(tokens(text))
    wholes = [token for token in found if not token.is_step]
    groups = []
    for token in found:
        if token.is_step and not any(_is_inside(token, whole) for whole in wholes):
            own = tuple((form,) for form in token.forms)
            groups.append((token.start, Group(own, word=token.plain)))
    for whole in wholes:
        parts = tuple(token.forms[0] for token in found if _is_part(token, whole))
        own = ((whole.forms[0],), *((parts,) if parts else ()))
        groups.append((whole.start, Group(own, word=whole.plain)))
    return [group for _start, group in sorted(groups, key=lambda one: one[0])]


def _is_inside(token: Token, whole: Token) -> bool:
    return whole.start <= token.start and token.end <= whole.end


def _is_part(token: Token, whole: Token) -> bool:
    return token.is_step and _is_inside(token, whole)


def _with_synonyms(groups: list[Group], known: list[list[Alternative]]) -> list[Group]:
    """The same groups, those that have synonyms brought together with what means the same."""
    made: list[Group] = []
    position = 0
    while position < len(groups):
        length, others = _longest(groups[position:], known)
        if length == 0:
            made.append(groups[position])
            position += 1
            continue
        taken = groups[position : position + length]
        if length == 1:
            made.append(replace(taken[0], others=others))
        else:
            own = tuple(chain.from_iterable(group.own[0] for group in taken))
            made.append(Group((own,), others))
        position += length
    return made


def _longest(
    groups: list[Group], known: list[list[Alternative]]
) -> tuple[int, tuple[Alternative, ...]]:
    """How many groups, from the first on, make a known expression, and what means the same."""
    best = 0
    others: list[Alternative] = []
    for meaning in known:
        for expression in meaning:
            length = _covers(expression, groups)
            if length > best:
                best, others = length, []
            if length and length == best:
                others += [one for one in meaning if one != expression]
    return best, tuple(dict.fromkeys(others))


def _covers(expression: Alternative, groups: list[Group]) -> int:
    """How many of the first groups say exactly this expression; 0 when they do not."""
    said: Alternative = ()
    for number, group in enumerate(groups, start=1):
        if number == 1 and expression in group.own:
            return 1
        said += group.own[0]
        if said == expression:
            return number
        if len(said) >= len(expression):
            break
    return 0
