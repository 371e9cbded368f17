"""What an export is made of: tables of typed values, whatever the file they end in.

Plain Python. The words people read come from outside (`words`), the figures from the one
dictionary that the screen prints too. A hidden figure is the word for hidden, in its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from surveys.results import shares
from surveys.results.privacy import is_hidden

Value = str | int | float | date | None
Words = Mapping[str, str]
Figures = dict[str, Any]

NOT_A_FIGURE = object()


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
    ROW = "row"
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


BASES = ("asked", "answered", "not_answered", "declined", "not_applicable", "not_in_version")
MEASURES = ("count", "share", "mention_share", "first", "mean_rank")
STATISTICS = ("mean", "median", "min", "max", "stdev")
ALWAYS = frozenset({"count", "share", "mention_share", *BASES}) - {"declined"}
IN_FRACTIONS = frozenset({"share", "mention_share"})
IN_DECIMALS = frozenset({"mean_rank"})
MOMENTS = {"min": "earliest", "max": "latest"}


# -- The figures, as people read them ------------------------------------------------------


def figures_table(figures: Figures, *, words: Words) -> Table:
    """Section by section, question by question: its bases, then a line a choice or statistic."""
    sheet = _Sheet(figures["questions"], words)
    return Table(words["figures"], sheet.columns, sheet.by_section(figures["questions"]))


def commitments_table(
    commitments: Iterable[tuple[str, str, list[dict[str, Any]]]], *, words: Words
) -> Table:
    """The same lines by commitment: `(article, commitment, its questions' figures)`."""
    commitments = list(commitments)
    sheet = _Sheet([question for *_, some in commitments for question in some], words)
    return Table(words["commitments"], sheet.columns, sheet.by_commitment(commitments))


class _Sheet:
    """Lines under the same columns: those that every questionnaire has, and those that some of
    these questions need."""

    def __init__(self, questions: Iterable[dict[str, Any]], words: Words) -> None:
        self.words = words
        needed = {name for question in questions for name in _names_in(question)} | ALWAYS
        self.measures = [name for name in MEASURES if name in needed]
        self.bases = [name for name in BASES if name in needed]

    @property
    def columns(self) -> tuple[Column, ...]:
        words = self.words
        return (
            Column(words["question_or_answer"], width=60),
            Column(words["code"], width=18),
            *(Column(words[name], _format_of(name)) for name in self.measures),
            *(Column(words[base], Format.WHOLE, width=13) for base in self.bases),
        )

    def by_section(self, questions: Iterable[dict[str, Any]]) -> Iterator[Line]:
        section = None
        for question in questions:
            if question["section"] != section:
                section = question["section"]
                yield self._line(section, None, style=Style.SECTION)
            yield from self.lines_of(question)

    def by_commitment(self, commitments) -> Iterator[Line]:
        for article, commitment, questions in commitments:
            yield self._line(f"{article} : {commitment}", None, style=Style.SECTION)
            for question in questions:
                yield from self.lines_of(question)

    def lines_of(self, question: dict[str, Any]) -> Iterator[Line]:
        bases = {name: question[name] for name in self.bases if name in question}
        yield self._line(question["label"], question["code"], bases, Style.QUESTION)
        yield from self._choices(question)
        for row in question.get("rows", []):
            code = f"{question['code']}/{row['code']}"
            yield self._line(row["label"], code, {"answered": row["answered"]}, Style.ROW)
            yield from self._choices(row)
        for name, value in statistics_of(question):
            label = self.words[MOMENTS[name] if question["kind"] in PERIODS else name]
            yield self._line(label, name, {"count": value}, Style.CHOICE)

    def _choices(self, holder: dict[str, Any]) -> Iterator[Line]:
        for choice in holder.get("choices", []):
            given = {name: choice[name] for name in self.measures if name in choice}
            given["share"] = shares.share(holder, choice)
            if "mention_share" in given:
                given["mention_share"] = shares.mention_share(holder, choice)
            if choice["count"] == 0:
                # Nobody ranked it: it has no rank, which is not a hidden one.
                given.pop("mean_rank", None)
            yield self._line(choice["label"], choice["code"], given, Style.CHOICE)

    def _line(
        self,
        label: str,
        code: str | None,
        given: Mapping[str, Any] | None = None,
        style: Style = Style.PLAIN,
    ) -> Line:
        """A line with these figures; a figure that is given as None is hidden."""
        given = given or {}
        values = (
            _shown(given[name], self.words) if name in given else None
            for name in (*self.measures, *self.bases)
        )
        return Line((label, code, *values), style)


PERIODS = frozenset({"date", "time"})


def _names_in(question: dict[str, Any]) -> Iterator[str]:
    yield from question
    for choice in question.get("choices", [])[:1]:
        yield from choice


def _format_of(name: str) -> Format:
    if name in IN_FRACTIONS:
        return Format.SHARE
    return Format.DECIMAL if name in IN_DECIMALS else Format.WHOLE


def statistics_of(question: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is said of numbers and of moments; None is hidden, NOT_A_FIGURE is not there."""
    if question["answered"] == 0:
        return
    for name in STATISTICS:
        if name not in question:
            continue
        value = question[name]
        if value is None and not is_hidden(question, name):
            value = NOT_A_FIGURE
        elif question["kind"] == "date" and isinstance(value, str):
            value = date.fromisoformat(value)
        yield name, value


def _shown(value: Any, words: Words) -> Value:
    if value is NOT_A_FIGURE:
        return None
    return words["hidden"] if value is None else value


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
            if base in question:
                yield Line((*head, base, None, None, _shown(question[base], words)))
        for code, label, measure, value in _long_choices(question):
            yield Line((*head, measure, code, label, _shown(value, words)))
        for row in question.get("rows", []):
            answered = _shown(row["answered"], words)
            yield Line((*head, "answered", row["code"], row["label"], answered))
            for code, label, measure, value in _long_choices(row):
                names = (f"{row['code']}/{code}", f"{row['label']} – {label}")
                yield Line((*head, measure, *names, _shown(value, words)))
        for name, value in statistics_of(question):
            yield Line((*head, name, None, None, _shown(value, words)))


def _long_choices(holder: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    for choice in holder.get("choices", []):
        for measure in MEASURES:
            if measure in choice:
                value = choice[measure]
                if value is None and not is_hidden(choice, measure):
                    value = NOT_A_FIGURE
                yield choice["code"], choice["label"], measure, value


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
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    condition: str = ""
    check: str = ""
    calculation: str = ""
    unit: str = ""
    data_class: str = "ordinary"


def dictionary_table(entries: Iterable[Entry], *, words: Words) -> Table:
    """A line for each question, then one for each of its rows and of its choices."""
    columns = (
        Column(words["code"], width=20),
        Column(words["choice_code"], width=20),
        Column(words["label"], width=60),
        Column(words["kind"], width=22),
        Column(words["section"], width=30),
        Column(words["versions"], width=12),
        Column(words["commitments"], width=60),
        Column(words["condition"], width=36),
        Column(words["check"], width=30),
        Column(words["calculation"], width=30),
        Column(words["unit"], width=12),
        Column(words["data_class"], width=16),
    )
    return Table(words["dictionary"], columns, _dictionary_lines(entries, words), filtered=True)


def _dictionary_lines(entries: Iterable[Entry], words: Words) -> Iterator[Line]:
    for entry in entries:
        yield Line(
            (
                entry.code,
                None,
                entry.label,
                words[f"kind_{entry.kind}"],
                entry.section,
                ", ".join(map(str, entry.versions)),
                "\n".join(entry.commitments),
                entry.condition or None,
                entry.check or None,
                entry.calculation or None,
                entry.unit or None,
                words[f"data_{entry.data_class}"],
            ),
            Style.QUESTION,
        )
        blank = (None,) * 9
        for code, label in entry.rows:
            yield Line((f"{entry.code}/{code}", None, label, *blank), Style.CHOICE)
        for code, label in entry.choices:
            yield Line((entry.code, code, label, *blank), Style.CHOICE)
