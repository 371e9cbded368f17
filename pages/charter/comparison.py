"""Two texts of the charter side by side: what was added, reworded, moved or removed.

Rows follow the order of the later text; what it no longer has stands where it stood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any, Final

from pages.blocks.text import plain_text
from pages.charter.frozen import Content, entries_of
from pages.charter.plan import Changes, Entry, compare

ADDED, REWORDED, MOVED, REMOVED = "added", "reworded", "moved", "removed"
ARTICLE, VALUE, COMMITMENT, PRESENTATION, CLOSING = (
    "article",
    "value",
    "commitment",
    "presentation",
    "closing",
)

TOKEN: Final = re.compile(r"[\w·'’-]+|\s+|[^\w\s]")
LEAST_ALIKE: Final = 0.3
"""Below this share of words in common, marking words one by one reads as confetti."""
MOST_WORDS: Final = 3000
"""Beyond, two texts are shown whole: comparing them word by word would keep people waiting."""

Words = list[tuple[str, str]]
"""Pieces of a text: ("same" | "added" | "removed", what it says)."""


@dataclass(frozen=True)
class Row:
    """A text in the earlier version and in the later one; None where it is not."""

    kind: str
    anchor: str
    before: Words | None
    after: Words | None
    changes: frozenset[str]
    came_from: int | None = None
    """The number of the article that a text moved from."""
    was: int | None = None
    now: int | None = None
    """The number of a commitment in each version."""

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)


@dataclass
class Part:
    """An article, or what stands before the first or after the last, and its rows."""

    kind: str
    anchor: str = ""
    number: int | None = None
    title: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return any(row.is_changed for row in self.rows)

    @property
    def changed_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]


def changes_between(old: Content, new: Content) -> Changes:
    return compare(entries_of(old), entries_of(new))


def side_by_side(old: Content, new: Content) -> list[Part]:
    return [
        _outside(PRESENTATION, _presentation(old), _presentation(new)),
        *_articles(old, new),
        _outside(CLOSING, _closing(old), _closing(new)),
    ]


# -- Words ---------------------------------------------------------------------------------


def words_apart(before: str, after: str) -> tuple[Words, Words]:
    """Two texts, their differences marked word by word."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [("removed", before)], [("added", after)]
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return [("removed", before)], [("added", after)]
    left: Words = []
    right: Words = []
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        removed, added = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        # A space between two words that changed belongs to them.
        is_same = kind == "equal" and (removed.strip() or "\n" in removed)
        _mark(left, "same" if is_same else "removed", removed)
        _mark(right, "same" if is_same else "added", added)
    return left, right


def _mark(words: Words, kind: str, text: str) -> None:
    if words and words[-1][0] == kind:
        words[-1] = (kind, words[-1][1] + text)
    elif text:
        words.append((kind, text))


# -- Articles and what they hold -------------------------------------------------------------


def _articles(old: Content, new: Content) -> Iterator[Part]:
    was, now = entries_of(old), entries_of(new)
    changes = compare(was, now)
    before = {entry.anchor: entry for entry in was}
    after = {entry.anchor: entry for entry in now}
    numbers = {article["anchor"]: article["number"] for article in old["articles"]}
    counted = _numbered(was), _numbered(now)
    held_before, held_after = _by_article(was), _by_article(now)
    for article in _all_articles(old, new):
        part = Part(ARTICLE, article["anchor"], article["number"], article["title"])
        for entry in _in_order(
            held_before.get(part.anchor, []), held_after.get(part.anchor, []), after
        ):
            one, other = before.get(entry.anchor), after.get(entry.anchor)
            row = _row(entry, one, other, changes, numbers)
            was_number, now_number = (numbers_in.get(entry.anchor) for numbers_in in counted)
            part.rows.append(replace(row, was=was_number, now=now_number))
        yield part


def _all_articles(old: Content, new: Content) -> list[dict[str, Any]]:
    kept = {article["anchor"] for article in new["articles"]}
    gone = [article for article in old["articles"] if article["anchor"] not in kept]
    return sorted([*new["articles"], *gone], key=lambda article: article["number"])


def _numbered(all_entries: Sequence[Entry]) -> dict[str, int]:
    """The number of each commitment, counted through the charter as it is read."""
    commitments = [entry.anchor for entry in all_entries if _kind(entry) == COMMITMENT]
    return {anchor: number for number, anchor in enumerate(commitments, start=1)}


def _by_article(all_entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in all_entries:
        found.setdefault(_article_of(entry), []).append(entry)
    return found


def _article_of(entry: Entry) -> str:
    return entry.anchor if len(entry.place) == 1 else entry.place[0]


def _in_order(old: list[Entry], new: list[Entry], after: dict[str, Entry]) -> list[Entry]:
    """The texts of an article today, and those it lost where they stood."""
    found = list(new)
    position = 0
    for entry in old:
        places = [index for index, other in enumerate(found) if other.anchor == entry.anchor]
        if places:
            position = places[0] + 1
        elif entry.anchor not in after:
            found.insert(position, entry)
            position += 1
    return found


def _row(
    entry: Entry,
    before: Entry | None,
    after: Entry | None,
    changes: Changes,
    numbers: dict[str, int],
) -> Row:
    lists = (
        (ADDED, changes.added),
        (REWORDED, changes.reworded),
        (MOVED, changes.moved),
        (REMOVED, changes.removed),
    )
    kinds = frozenset(kind for kind, anchors in lists if entry.anchor in anchors)
    came_from = None
    if before and after and MOVED in kinds and _article_of(before) != _article_of(after):
        came_from = numbers[_article_of(before)]
    old, new = _two_texts(before.text if before else None, after.text if after else None, kinds)
    return Row(_kind(entry), entry.anchor, old, new, kinds, came_from)


def _kind(entry: Entry) -> str:
    if len(entry.place) == 1:
        return ARTICLE
    return COMMITMENT if entry.place[1] else VALUE


def _two_texts(
    before: str | None, after: str | None, kinds: frozenset[str]
) -> tuple[Words | None, Words | None]:
    if before is not None and after is not None:
        if REWORDED in kinds:
            return words_apart(before, after)
        return [("same", before)], [("same", after)]
    left: Words | None = None if before is None else [("removed", before)]
    right: Words | None = None if after is None else [("added", after)]
    return left, right


# -- Before the first article, after the last ------------------------------------------------


def _outside(kind: str, before: str, after: str) -> Part:
    kinds = frozenset({REWORDED}) if before.split() != after.split() else frozenset[str]()
    old, new = _two_texts(before, after, kinds)
    return Part(kind, rows=[Row(kind, kind, old, new, kinds)])


def _presentation(content: Content) -> str:
    texts = (content["title"], content["subtitle"], plain_text(content["introduction"]))
    return "\n".join(text for text in texts if text)


def _closing(content: Content) -> str:
    closing = content["closing"]
    texts = (closing["title"], plain_text(closing["text"]), *closing["members"])
    return "\n".join(text for text in texts if text)
