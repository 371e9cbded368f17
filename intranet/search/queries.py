"""Searching: what somebody may read of what they ask for, best first.

Who may read what is asked of the sources each time, before anything is counted, so that no
figure, extract or suggestion tells of what is closed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.http import HttpRequest

from intranet.search.asked import Group, corrected, loosened, understand
from intranet.search.excerpts import Piece, excerpt, marked
from intranet.search.french import tokens
from intranet.search.fulltext import Held, entries_holding
from intranet.search.kinds import Kind
from intranet.search.models import SearchEntry, SearchWord, Synonyms
from intranet.search.ranking import has_expressions, score
from intranet.search.sources import sources
from intranet.search.spelling import mistakes_allowed, near

T = TypeVar("T")
AT_A_TIME = 10_000
KINDS = [kind.value for kind in Kind]


@dataclass(frozen=True)
class Ranked:
    """An entry that the person may read, and its place among the others."""

    pk: int
    kind: str
    order: tuple[object, ...]


@dataclass(frozen=True)
class Answer:
    """What a search found. `corrected` is what was searched instead of what was typed.

    `is_partial`: nothing holds all the words, these hold some of them.
    """

    groups: list[Group] = field(default_factory=list)
    ranked: list[Ranked] = field(default_factory=list)
    corrected: str = ""
    is_partial: bool = False

    @property
    def kinds(self) -> dict[str, int]:
        """How many results there are of each kind, in the order in which kinds are shown."""
        counted = Counter(one.kind for one in self.ranked)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def of_kind(self, kind: str) -> list[Ranked]:
        return [one for one in self.ranked if not kind or one.kind == kind]


@dataclass(frozen=True)
class Result:
    """One result as it is shown."""

    kind: str
    title: str
    url: str
    title_pieces: list[Piece]
    pieces: list[Piece]
    date: date | None
    is_closed: bool

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


def search(typed: str, request: HttpRequest, *, is_exact: bool = False) -> Answer:
    """What the person may read of what they typed, best first.

    A word that finds nothing they may read is taken for the one it looks like, unless
    `is_exact`. When nothing holds all the words, what holds some of them is found.
    """
    synonyms = [row.lines for row in Synonyms.objects.all()]
    groups = understand(typed, synonyms)
    if not groups:
        return Answer()
    if ranked := _ranked(groups, request):
        return Answer(groups, ranked)
    if is_exact:
        return Answer(groups)
    by_group = [_visible(entries_holding([group.alternatives]), request) for group in groups]
    better = {
        group.word: word
        for group, found in zip(groups, by_group, strict=True)
        if not found and (word := _word_meant(group, request))
    }
    if better:
        instead = corrected(typed, better)
        groups = understand(instead, synonyms)
        if ranked := _ranked(groups, request):
            return Answer(groups, ranked, corrected=instead)
        return Answer(groups, _partly(groups, request), corrected=instead, is_partial=True)
    return Answer(groups, _partly(groups, request), is_partial=True)


def present(
    ranked: Sequence[Ranked], groups: Sequence[Group], request: HttpRequest
) -> list[Result]:
    """Some results of an answer, with their addresses and their extracts."""
    entries = SearchEntry.objects.in_bulk([one.pk for one in ranked])
    keys: dict[str, list[str]] = defaultdict(list)
    for entry in entries.values():
        keys[entry.source].append(entry.key)
    known = sources()
    addresses = {name: known[name].addresses(some, request) for name, some in keys.items()}
    forms = {form for group in groups for one in group.alternatives for form in one}
    # What was deleted a moment ago has no address any more.
    return [
        _result(entries[one.pk], url, forms)
        for one in ranked
        if one.pk in entries and (url := addresses[entries[one.pk].source].get(entries[one.pk].key))
    ]


def _result(entry: SearchEntry, url: str, forms: set[str]) -> Result:
    pieces = excerpt(entry.summary, forms)
    if not any(piece.is_match for piece in pieces) and entry.text:
        inside = excerpt(entry.text, forms)
        if not entry.summary or any(piece.is_match for piece in inside):
            pieces = inside
    return Result(
        kind=entry.kind,
        title=entry.title,
        url=url,
        title_pieces=marked(entry.title, forms),
        pieces=pieces,
        date=entry.date,
        is_closed=entry.is_closed,
    )


# -- What may be read --------------------------------------------------------------------------


def _visible(held: Iterable[Held], request: HttpRequest) -> list[Held]:
    """Those that the person may read, in a constant number of queries for each source."""
    keys: dict[str, set[str]] = defaultdict(set)
    held = list(held)
    for one in held:
        keys[one.source].add(one.key)
    readable = {
        (name, key)
        for name, source in sources().items()
        for some in _batches(sorted(keys[name]))
        for key in source.visible(some, request)
    }
    return [one for one in held if (one.source, one.key) in readable]


def _batches(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many things at a time as a database takes in one question."""
    for start in range(0, len(things), AT_A_TIME):
        yield things[start : start + AT_A_TIME]


# -- Ranks -------------------------------------------------------------------------------------


def _ranked(groups: Sequence[Group], request: HttpRequest) -> list[Ranked]:
    """The entries that hold all the words."""
    held = _visible(entries_holding([group.alternatives for group in groups]), request)
    return _in_order(held, groups, at_least=len(groups))


def _partly(groups: Sequence[Group], request: HttpRequest) -> list[Ranked]:
    """The entries that hold some of the words, those that hold the most of them first."""
    groups = loosened(groups)
    if len(groups) < 2:
        return []
    anything = [one for group in groups for one in group.alternatives]
    return _in_order(_visible(entries_holding([anything]), request), groups, at_least=1)


def _in_order(held: Sequence[Held], groups: Sequence[Group], *, at_least: int) -> list[Ranked]:
    fields = ["pk", "title", "date", "weights", *(["words"] if has_expressions(groups) else [])]
    known = {one.pk: one for one in held}
    rows = (
        row
        for pks in _batches(list(known))
        for row in SearchEntry.objects.filter(pk__in=pks).values_list(*fields)
    )
    ranked = []
    for pk, title, day, weights, *words in rows:
        count, points = score(groups, weights, *words)
        if count < at_least:
            continue
        newest = -day.toordinal() if day else 0
        source, key = known[pk].source, known[pk].key
        order = (-count, -points, newest, title, source, len(key), key)
        ranked.append(Ranked(pk, known[pk].kind, order))
    return sorted(ranked, key=lambda one: one.order)


# -- Mistyped words ----------------------------------------------------------------------------


def _word_meant(group: Group, request: HttpRequest) -> str:
    """The word that was probably meant, as a text that the person may read writes it."""
    allowed = mistakes_allowed(group.word)
    if not allowed:
        return ""
    length = len(group.word)
    known = dict(
        SearchWord.objects.filter(
            length__gte=length - allowed, length__lte=length + allowed
        ).values_list("plain", "form")
    )
    for plain in near(group.word, known):
        form = known[plain]
        if readable := _visible(entries_holding([[(form,)]]), request):
            return _as_written(form, [one.pk for one in readable])
    return ""


def _as_written(form: str, pks: list[int]) -> str:
    """How readable entries write a word: another, closed, may be where its spelling is from."""
    rows = SearchEntry.objects.filter(pk__in=pks).order_by("source", "key")
    for title, summary, text in rows.values_list("title", "summary", "text")[:3]:
        for part in (title, summary, text):
            for token in tokens(part):
                if form == token.forms[0]:
                    return part[token.start : token.end].lower()
    return ""
