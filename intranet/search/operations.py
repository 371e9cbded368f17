"""Keeping what there is to find in step with what there is."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction

from intranet.search.french import ANALYSIS, LONGEST, clean, tokens
from intranet.search.models import SearchEntry, SearchWord
from intranet.search.ranking import LONGEST_TEXT, weigh
from intranet.search.sources import Findable, sources
from intranet.search.spelling import SHORTEST

AT_A_TIME = 50
WORDS_AT_A_TIME = 10_000
READ_AGAIN = ("kind", "title", "summary", "text", "date", "is_closed", "words", "weights", "stamp")


def refresh(*, source: str, keys: Collection[str]) -> int:
    """Read things again from their source; how many of them are there to be found.

    What is no longer there leaves the index. Doing it twice changes nothing.
    """
    found = 0
    for some in _batches(sorted(set(keys)), AT_A_TIME):
        found += _refresh(source, some)
    return found


def rebuild() -> dict[str, int]:
    """Read everything again; how many things each source has.

    Whoever searches meanwhile finds what was there before, or what is there now.
    """
    SearchWord.objects.all().delete()
    counts = {}
    for name, source in sources().items():
        counts[name] = refresh(source=name, keys=_known(name) | set(source.stamps()))
    SearchEntry.objects.exclude(source__in=counts).delete()
    return counts


def repair() -> dict[str, int]:
    """Find what is missing, stale or gone, and read only that again; how many, by source."""
    repaired = {}
    for name, source in sources().items():
        wanted = {key: _stamp(stamp) for key, stamp in source.stamps().items()}
        written = dict(SearchEntry.objects.filter(source=name).values_list("key", "stamp"))
        differing = {key for key in {*wanted, *written} if wanted.get(key) != written.get(key)}
        refresh(source=name, keys=differing)
        repaired[name] = len(differing)
    return repaired


def _known(source: str) -> set[str]:
    return set(SearchEntry.objects.filter(source=source).values_list("key", flat=True))


def _stamp(stamp: str) -> str:
    return f"{ANALYSIS}:{stamp}"[:120]


def _refresh(source: str, keys: list[str]) -> int:
    # Reading a document takes seconds: not while others wait to write.
    entries = [_entry(source, one) for one in sources()[source].read(keys)]
    words = _words_to_learn(entries)
    gone = set(keys) - {entry.key for entry in entries}
    with transaction.atomic():
        SearchEntry.objects.filter(source=source, key__in=gone).delete()
        SearchEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=READ_AGAIN,
        )
        SearchWord.objects.bulk_create(words, ignore_conflicts=True)
    return len(entries)


def _entry(source: str, found: Findable) -> SearchEntry:
    title, summary = clean(found.title), clean(found.summary)
    text = clean(found.text[: 2 * LONGEST_TEXT])[:LONGEST_TEXT]
    words, weights = weigh(title, summary, text)
    return SearchEntry(
        source=source,
        key=found.key,
        kind=found.kind,
        title=title,
        summary=summary,
        text=text,
        date=found.date,
        is_closed=found.is_closed,
        words=words,
        weights=weights,
        stamp=_stamp(found.stamp),
    )


def _words_to_learn(entries: Iterable[SearchEntry]) -> list[SearchWord]:
    """The words of some entries that are not known yet, for the day when one is mistyped."""
    forms: dict[str, str] = {}
    for entry in entries:
        for token in tokens(f"{entry.title} | {entry.summary} | {entry.text}"):
            if SHORTEST <= len(token.plain) < LONGEST and token.plain.isalpha():
                forms[token.plain] = token.forms[0]
    plains = sorted(forms)
    known: set[str] = set()
    for some in _batches(plains, WORDS_AT_A_TIME):
        known |= set(SearchWord.objects.filter(plain__in=some).values_list("plain", flat=True))
    return [
        SearchWord(plain=plain, form=forms[plain], length=len(plain))
        for plain in plains
        if plain not in known
    ]


def _batches(keys: list[str], size: int) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some
