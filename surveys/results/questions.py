"""The questions of a campaign over all the versions that were answered.

Plain Python. A question and a choice are what their id says, whatever happened to their
words: wording, order and section come from the newest version that has them, and what a
later version removed stays, after the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from surveys.questionnaires.definition import (
    OTHER,
    STATEMENT,
    Definition,
    Question,
    Section,
    text_in,
)
from surveys.questionnaires.expressions import by_code, named, parse, places_of, references
from surveys.questionnaires.question_types import ranked_bounds, rating_bounds

YES, NO = "true", "false"
NAMED_OUTSIDE = frozenset({"territory", "date"})
RATING = (0, 10)


@dataclass(frozen=True)
class Version:
    number: int
    definition: Definition


@dataclass(frozen=True)
class Category:
    """A choice as it is counted. `id` is what answers hold, `code` what people and files read."""

    id: str
    code: str
    label: str
    exclusive: bool = False


@dataclass(frozen=True)
class AskedQuestion:
    """`names` holds the labels that no editor writes: of territories by code, of months.

    `conditions` are those in the way of the question in the newest version that has it, from
    its section's to its own. `depends_on` holds the ids of the questions that its conditions
    name in any version, `computed_from` of those that its calculations name.
    """

    id: str
    code: str
    kind: str
    label: str
    section: str
    commitments: tuple[str, ...]
    versions: tuple[int, ...]
    categories: tuple[Category, ...]
    newest: Question
    rows: tuple[Category, ...] = ()
    several: bool = False
    may_decline: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[int, int | None] = (1, None)
    conditions: tuple[str, ...] = ()
    depends_on: frozenset[str] = frozenset()
    computed_from: frozenset[str] = frozenset()


def asked_questions(
    versions: Iterable[Version], *, words: Mapping[str, str], language: str = "fr"
) -> list[AskedQuestion]:
    """Every question that was asked, statements left out.

    `words` holds the labels that no editor writes: of "true", "false" and "other".
    """
    newest_first = sorted(versions, key=attrgetter("number"), reverse=True)
    found: dict[str, list[_Asked]] = {}
    for version in newest_first:
        for section in version.definition.sections:
            for question in section.questions:
                if question.kind != STATEMENT:
                    found.setdefault(question.id, []).append(_Asked(version, section, question))
    dependencies = _Named()
    for version in newest_first:
        dependencies.read(version.definition)
    return [_merged(history, dependencies, words, language) for history in found.values()]


@dataclass(frozen=True)
class _Asked:
    """A question as one version asks it."""

    version: Version
    section: Section
    question: Question

    @property
    def conditions(self) -> tuple[str, ...]:
        around = self.section.groups_around(self.question)
        groups = [group.condition for group in reversed(around)]
        nested = (self.section.condition, *groups, self.question.condition)
        return tuple(filter(None, nested))


@dataclass
class _Named:
    """The ids of the questions that expressions name, by the question that depends on them."""

    by_conditions: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_calculations: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, definition: Definition) -> None:
        questions = by_code(definition)
        for place in places_of(definition):
            if place.field == "check":
                continue
            found = (named(questions, reference) for reference in references(parse(place.text)))
            ids = {one.question.id for one in found if one}
            by = self.by_conditions if place.field == "condition" else self.by_calculations
            for question in place.questions:
                by[question.id] |= ids


def _merged(
    history: list[_Asked], dependencies: _Named, words: Mapping[str, str], language: str
) -> AskedQuestion:
    section, newest = history[0].section, history[0].question
    newest_first = [asked.question for asked in history]
    return AskedQuestion(
        id=newest.id,
        code=newest.code,
        kind=newest.kind,
        label=text_in(newest.label, language),
        section=text_in(section.title, language),
        commitments=newest.commitments,
        versions=tuple(sorted(asked.version.number for asked in history)),
        categories=_categories(newest_first, words, language),
        newest=newest,
        rows=_rows(newest_first, language),
        several=any(question.several for question in newest_first),
        may_decline=any(question.may_decline for question in newest_first),
        names=words if newest.kind in NAMED_OUTSIDE else {},
        bounds=_bounds(newest_first),
        conditions=history[0].conditions,
        depends_on=frozenset(dependencies.by_conditions[newest.id]),
        computed_from=frozenset(dependencies.by_calculations[newest.id]),
    )


def _bounds(newest_first: list[Question]) -> tuple[int, int | None]:
    """How many choices one answer holds, at least and at most, whatever its version."""
    least: list[int] = []
    most: list[int | None] = []
    for question in newest_first:
        if question.kind == "ranking":
            fewest, highest = ranked_bounds(question)
            least.append(fewest)
            most.append(highest)
        elif question.kind == "multiple":
            least.append(max(1, int(question.minimum or 1)))
            most.append(None if question.maximum is None else int(question.maximum))
    if not least:
        return 1, None
    limits = [limit for limit in most if limit is not None]
    return min(least), max(limits) if len(limits) == len(most) else None


def _rows(newest_first: list[Question], language: str) -> tuple[Category, ...]:
    found: dict[str, Category] = {}
    for question in newest_first:
        for row in question.rows:
            found.setdefault(row.id, Category(row.id, row.code, text_in(row.label, language)))
    return tuple(found.values())


def _ratings(newest_first: list[Question], language: str) -> Iterator[Category]:
    """Every point from the lowest to the highest of all versions, words at both ends."""
    ranges = [rating_bounds(question) for question in newest_first]
    lowest, highest = min(low for low, _high in ranges), max(high for _low, high in ranges)
    newest = newest_first[0]
    words = {lowest: newest.lowest_label, highest: newest.highest_label}
    for point in range(lowest, highest + 1):
        said = text_in(words.get(point, {}), language)
        yield Category(str(point), str(point), f"{point} ({said})" if said else str(point))


def _categories(
    newest_first: list[Question], words: Mapping[str, str], language: str
) -> tuple[Category, ...]:
    kind = newest_first[0].kind
    if kind == "boolean":
        return tuple(Category(code, code, words[code]) for code in (YES, NO))
    if kind == "rating":
        return tuple(_ratings(newest_first, language))
    found: dict[str, Category] = {}
    for question in newest_first:
        for choice in question.choices:
            label = text_in(choice.label, language)
            found.setdefault(
                choice.id, Category(choice.id, choice.code, label, exclusive=choice.exclusive)
            )
        if question.has_other:
            found.setdefault(OTHER, Category(OTHER, OTHER, words[OTHER]))
    return tuple(found.values())
