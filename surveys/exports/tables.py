"""What an export is made of: tables of typed values, whatever the file they end in.

Plain Python. The words people read come from outside (`words`), the figures from the one
dictionary that the screen prints too. A hidden figure is the word for hidden, in its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from surveys.results import shares

Value = str | int | float | date | None
Words = Mapping[str, str]
Figures = dict[str, Any]


class Format(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    SHARE = "share"
    DATE = "date"


class Style(StrEnum):
    """What a line is, so that a format can show it."""

    PLAIN = "plain"
    SECTION = "section"
    QUESTION = "question"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """`code` is for machines, `label` for people; one of them may be all there is."""

    label: str
    format: Format = Format.TEXT
    width: int = 12
    code: str = ""


@dataclass(frozen=True)
class Line:
    values: tuple[Value, ...]
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Table:
    """`filtered` tables have one kind of line, that people sort and filter."""

    name: str
    columns: tuple[Column, ...]
    lines: Iterable[Line]
    filtered: bool = False

    @property
    def has_codes(self) -> bool:
        return any(column.code for column in self.columns)


@dataclass(frozen=True)
class Cover:
    """The first sheet: a title, facts in two columns, and what to know before reading."""

    name: str
    title: str
    facts: tuple[tuple[str, Value], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    cover: Cover
    tables: tuple[Table, ...]
    # What the native charts are drawn from, by its name, and the name of their sheet.
    charted: str = ""
    charts_name: str = ""


BASES = ("asked", "answered", "not_answered", "not_applicable", "not_in_version")
STATISTICS = ("mean", "median", "min", "max", "stdev")
BASE_OF_THE_COLUMN = len(("label", "code", "count", "share", "mention_share"))


# -- The figures, as people read them ------------------------------------------------------


def figures_table(figures: Figures, *, words: Words) -> Table:
    """Section by section, question by question: its bases, then a line a choice or statistic."""
    return Table(words["figures"], _figures_columns(words), _figures_lines(figures, words))


def commitments_table(
    commitments: Iterable[tuple[str, str, list[dict[str, Any]]]], *, words: Words
) -> Table:
    """The same lines by commitment: `(article, commitment, its questions' figures)`."""
    return Table(
        words["commitments"], _figures_columns(words), _commitments_lines(commitments, words)
    )


def _figures_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words["question_or_answer"], width=60),
        Column(words["code"], width=18),
        Column(words["count"], Format.WHOLE),
        Column(words["share"], Format.SHARE),
        Column(words["mention_share"], Format.SHARE),
        *(Column(words[base], Format.WHOLE, width=13) for base in BASES),
    )


def _figures_lines(figures: Figures, words: Words) -> Iterator[Line]:
    section = None
    for question in figures["questions"]:
        if question["section"] != section:
            section = question["section"]
            yield _heading(section)
        yield from _question_lines(question, words)


def _commitments_lines(commitments, words: Words) -> Iterator[Line]:
    for article, commitment, questions in commitments:
        yield _heading(f"{article} : {commitment}")
        for question in questions:
            yield from _question_lines(question, words)


def _heading(text: str) -> Line:
    return Line((text, *(None,) * (BASE_OF_THE_COLUMN - 1 + len(BASES))), Style.SECTION)


def _question_lines(question: dict[str, Any], words: Words) -> Iterator[Line]:
    bases = tuple(_shown(question[base], words) for base in BASES)
    yield Line((question["label"], question["code"], None, None, None, *bases), Style.QUESTION)
    without_bases = (None,) * len(BASES)
    for choice in question.get("choices", []):
        share = shares.share(question, choice)
        numbers = (_shown(choice["count"], words), _shown(share, words))
        mentions = None
        if "mention_share" in choice:
            mentions = _shown(shares.mention_share(question, choice), words)
        values = (choice["label"], choice["code"], *numbers, mentions, *without_bases)
        yield Line(values, Style.CHOICE)
    for name in STATISTICS:
        if name in question and question["answered"] != 0:
            value = _statistic(question, name, words)
            values = (words[name], name, value, None, None, *without_bases)
            yield Line(values, Style.CHOICE)


def _shown(value: Value, words: Words) -> Value:
    return words["hidden"] if value is None else value


def _statistic(question: dict[str, Any], name: str, words: Words) -> Value:
    # One answer has no deviation: that is not a hidden figure.
    if name == "stdev" and question["answered"] == 1:
        return None
    return _shown(question[name], words)


# -- The figures, one a line -------------------------------------------------------------


def long_figures_table(figures: Figures, *, words: Words) -> Table:
    columns = tuple(
        Column(words[name], code=name, width=width)
        for name, width in (
            ("question", 18), ("label", 50), ("kind", 12), ("measure", 16),
            ("choice", 18), ("choice_label", 40),
        )
    )  # fmt: skip
    value = Column(words["value"], Format.DECIMAL, code="value")
    return Table(words["figures"], (*columns, value), _long_lines(figures, words), filtered=True)


def _long_lines(figures: Figures, words: Words) -> Iterator[Line]:
    for question in figures["questions"]:
        head = (question["code"], question["label"], question["kind"])
        for base in BASES:
            yield Line((*head, base, None, None, _shown(question[base], words)))
        for choice in question.get("choices", []):
            for measure in ("count", "share", "mention_share"):
                if measure in choice:
                    value = _shown(choice[measure], words)
                    yield Line((*head, measure, choice["code"], choice["label"], value))
        for name in STATISTICS:
            if name in question and question["answered"] != 0:
                yield Line((*head, name, None, None, _statistic(question, name, words)))


# -- The code book -----------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A question in the code book: what its code means, and where it was asked."""

    code: str
    label: str
    kind: str
    section: str
    versions: tuple[int, ...]
    commitments: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = field(default=())


def dictionary_table(entries: Iterable[Entry], *, words: Words) -> Table:
    """A line for each question, then one for each of its choices."""
    columns = (
        Column(words["code"], width=20),
        Column(words["choice_code"], width=20),
        Column(words["label"], width=60),
        Column(words["kind"], width=22),
        Column(words["section"], width=30),
        Column(words["versions"], width=12),
        Column(words["commitments"], width=60),
    )
    return Table(words["dictionary"], columns, _dictionary_lines(entries, words), filtered=True)


def _dictionary_lines(entries: Iterable[Entry], words: Words) -> Iterator[Line]:
    for entry in entries:
        kind = words[f"kind_{entry.kind}"]
        versions = ", ".join(map(str, entry.versions))
        commitments = "\n".join(entry.commitments)
        head = (entry.code, None, entry.label, kind, entry.section, versions, commitments)
        yield Line(head, Style.QUESTION)
        for code, label in entry.choices:
            yield Line((entry.code, code, label, None, None, None, None), Style.CHOICE)
