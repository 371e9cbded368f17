"""The piece of a text that answers, with its words marked. Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from intranet.search.french import tokens

LENGTH: Final = 220
LOOKED_AT: Final = 60_000


@dataclass(frozen=True)
class Piece:
    text: str
    is_match: bool = False


def marked(text: str, forms: Collection[str]) -> list[Piece]:
    """The whole text, cut where its words that were asked for begin and end."""
    return _cut(text, 0, len(text), _matches(text, forms))


def excerpt(text: str, forms: Collection[str], *, length: int = LENGTH) -> list[Piece]:
    """Of a long text, the piece that holds the most of what was asked for.

    The beginning when it holds nothing of it.
    """
    text = text[:LOOKED_AT]
    matches = _matches(text, forms)
    start = _best_start(matches, length)
    start = _whole_word(text, max(0, start - length // 4))
    end = len(text) if start + length >= len(text) else text.rfind(" ", start, start + length)
    if end <= start:
        end = min(len(text), start + length)
    pieces = _cut(text, start, end, matches)
    before, after = Piece("… "), Piece(" …")
    return [*([before] if start else []), *pieces, *([after] if end < len(text) else [])]


Match = tuple[int, int, str]


def _matches(text: str, forms: Collection[str]) -> list[Match]:
    """Where the words asked for stand, those that overlap taken together."""
    found: list[Match] = []
    for token in tokens(text):
        form = next((one for one in token.forms if one in forms), None)
        if form is None:
            continue
        start, end = token.start, token.end
        while found and found[-1][1] > start:
            # A whole compound comes after its parts: they are marked together.
            start, end = min(found[-1][0], start), max(found[-1][1], end)
            found.pop()
        found.append((start, end, form))
    return found


def _best_start(matches: list[Match], length: int) -> int:
    best, most = 0, (0, 0)
    for number, (start, _end, _form) in enumerate(matches[:400]):
        near = [one for one in matches[number : number + 20] if one[1] <= start + length // 2]
        held = (len({form for _start, _end, form in near}), len(near))
        if held > most:
            best, most = start, held
    return best


def _whole_word(text: str, start: int) -> int:
    if start == 0:
        return 0
    space = text.find(" ", start)
    return 0 if space < 0 else space + 1


def _cut(text: str, start: int, end: int, matches: list[Match]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for first, last, _form in matches:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], is_match=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return pieces
