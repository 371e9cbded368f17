"""What changed from one definition to another, and what it does to comparability.

Plain Python. Everything is paired by identity: a question that was renamed, moved or reworded
is still the same question. Changing the kind of a question makes another question of it; the
two are said together (`retyped`) when one takes the place of the other.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from surveys.questionnaires.definition import (
    Choice,
    Definition,
    Question,
    Row,
    Section,
    Text,
    text_in,
)
from surveys.questionnaires.expressions.writing import rename


class Effect(IntEnum):
    """What a change does to comparing the answers before and after it, the least first."""

    NONE = 0
    # The same question in other words, or other circumstances: it is for people to judge.
    CARE = 1
    # Answered more or less often: how many did not answer cannot be compared.
    RATES = 2
    # Asked of other people.
    BASES = 3
    # Other choices to choose from: shares cannot be compared.
    SHARES = 4
    # Other numbers for the same thing.
    VALUES = 5
    NEW = 6
    GONE = 7

    @property
    def is_comparable(self) -> bool:
        return self <= Effect.RATES


@dataclass(frozen=True)
class Change:
    """One thing that changed: `what` names it, `about` the choice or the row it happened to.

    `before` and `after` are texts in `language` where it is given, and otherwise values.
    """

    what: str
    effect: Effect = Effect.NONE
    before: Any = None
    after: Any = None
    language: str = ""
    about: Text | None = None


@dataclass(frozen=True)
class QuestionChanges:
    """A question of either definition: None on the side that does not have it."""

    before: Question | None
    after: Question | None
    changes: tuple[Change, ...] = ()

    @property
    def question(self) -> Question:
        question = self.after or self.before
        assert question is not None
        return question

    @property
    def effect(self) -> Effect:
        return max((change.effect for change in self.changes), default=Effect.NONE)


@dataclass(frozen=True)
class SectionChanges:
    before: Section | None
    after: Section | None
    changes: tuple[Change, ...]
    questions: tuple[QuestionChanges, ...]

    @property
    def section(self) -> Section:
        section = self.after or self.before
        assert section is not None
        return section

    @property
    def has_changes(self) -> bool:
        return bool(self.changes) or any(question.changes for question in self.questions)


@dataclass(frozen=True)
class Differences:
    """What changed in the whole, then section by section in the order of the later definition.

    A question that is gone is told in the section that held it.
    """

    changes: tuple[Change, ...]
    sections: tuple[SectionChanges, ...]

    @property
    def questions(self) -> Iterator[QuestionChanges]:
        for section in self.sections:
            yield from section.questions

    def __bool__(self) -> bool:
        return bool(self.changes) or any(section.has_changes for section in self.sections)


def differences(before: Definition, after: Definition) -> Differences:
    return _Comparison(before, after).differences()


# -- Texts -------------------------------------------------------------------------------


def compared_words(before: str, after: str) -> list[tuple[str, str]]:
    """The words of two texts as `("same" | "removed" | "added", text)`, in reading order."""
    old, new = _words(before), _words(after)
    pieces: list[tuple[str, str]] = []
    for tag, *spans in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        old_start, old_end, new_start, new_end = spans
        if tag == "equal":
            pieces.append(("same", "".join(old[old_start:old_end])))
            continue
        pieces.append(("removed", "".join(old[old_start:old_end])))
        pieces.append(("added", "".join(new[new_start:new_end])))
    return [piece for piece in pieces if piece[1]]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts have the same words: spaces, capitals and punctuation aside."""
    return _said(one) == _said(other)


def _said(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _text_changes(
    what: str,
    before: Text,
    after: Text,
    *,
    language: str,
    effect: Effect = Effect.CARE,
    about: Text | None = None,
) -> Iterator[Change]:
    """A text that changed in the language it was written in, then its translations."""
    if before.get(language, "") != after.get(language, ""):
        yield _text_change(what, before, after, language, effect, about)
    for other in dict.fromkeys([*before, *after]):
        if other != language and before.get(other, "") != after.get(other, ""):
            was_read = before.get(other) and after.get(other)
            worst = min(effect, Effect.CARE) if was_read else Effect.NONE
            yield _text_change("translation", before, after, other, worst, about)


def _text_change(
    what: str, before: Text, after: Text, language: str, effect: Effect, about: Text | None
) -> Change:
    one, other = before.get(language, ""), after.get(language, "")
    if says_the_same(one, other):
        effect = Effect.NONE
    return Change(what, effect, one, other, language=language, about=about)


# -- Expressions -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Names:
    """Every code of a definition and the identity it stands for."""

    questions: dict[str, str]
    choices: dict[tuple[str, str], str]
    rows: dict[tuple[str, str], str]

    @classmethod
    def of(cls, definition: Definition) -> "_Names":
        questions = list(definition.questions)
        return cls(
            questions={one.code: one.id for one in questions},
            choices={(one.code, c.code): c.id for one in questions for c in one.choices},
            rows={(one.code, row.code): row.id for one in questions for row in one.rows},
        )

    def by_identity(self, expression: str, own: str = "") -> str:
        """An expression that names everything by identity: a renamed code does not change it."""
        renamed = rename(
            expression, questions=self.questions, choices=self.choices, rows=self.rows, own=own
        )
        return " ".join(renamed.split())


# -- The whole ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where a question stands, and every condition that decides whether it is asked."""

    section: Section
    group: str
    conditions: tuple[str, ...]


class _Comparison:
    def __init__(self, before: Definition, after: Definition) -> None:
        self.before, self.after = before, after
        self.language = after.language
        self.old_questions = {question.id: question for question in before.questions}
        self.new_questions = {question.id: question for question in after.questions}
        self.old_sections = {section.id: section for section in before.sections}
        self.new_sections = {section.id: section for section in after.sections}
        self.old_names, self.new_names = _Names.of(before), _Names.of(after)
        self.old_places = _places(before, self.old_names)
        self.new_places = _places(after, self.new_names)
        self.kept = [
            one.id
            for one in after.questions
            if one.id in self.old_questions and self.old_questions[one.id].kind == one.kind
        ]
        self.replaced = self._replaced()
        self.reordered = self._reordered()

    def differences(self) -> Differences:
        sections = [
            self._section(self.old_sections.get(one.id), one) for one in self.after.sections
        ]
        gone = [
            self._section(section, None)
            for section in self.before.sections
            if section.id not in self.new_sections
        ]
        return Differences(tuple(self._whole()), tuple(sections + gone))

    def _whole(self) -> Iterator[Change]:
        for what in ("title", "introduction"):
            old, new = getattr(self.before, what), getattr(self.after, what)
            effect = Effect.NONE if what == "title" else Effect.CARE
            yield from _text_changes(what, old, new, language=self.language, effect=effect)
        for language in self.after.languages:
            if language not in self.before.languages:
                yield Change("language_added", after=language)
        for language in self.before.languages:
            if language not in self.after.languages:
                yield Change("language_removed", Effect.CARE, before=language)
        if self.before.language != self.after.language:
            yield Change("written_in", Effect.CARE, self.before.language, self.after.language)

    def _section(self, old: Section | None, new: Section | None) -> SectionChanges:
        questions = [self._question(question) for question in (new.questions if new else ())]
        questions += [
            self._gone(question)
            for question in (old.questions if old else ())
            if question.id not in self.kept and question.id not in self.replaced.values()
        ]
        return SectionChanges(old, new, tuple(self._section_changes(old, new)), tuple(questions))

    def _section_changes(self, old: Section | None, new: Section | None) -> Iterator[Change]:
        if new is None:
            yield Change("section_removed")
            return
        if old is None:
            yield Change("section_added")
            return
        yield from _text_changes(
            "section_title", old.title, new.title, language=self.language, effect=Effect.NONE
        )
        yield from _text_changes(
            "section_introduction", old.introduction, new.introduction, language=self.language
        )
        if self._order_of_sections(new):
            yield Change("section_moved")
        if self._old(old.condition) != self._new(new.condition):
            yield Change("section_condition", Effect.BASES, old.condition, new.condition)
        yield from self._group_changes(old, new)

    def _order_of_sections(self, section: Section) -> bool:
        old = [one.id for one in self.before.sections if one.id in self.new_sections]
        new = [one.id for one in self.after.sections if one.id in self.old_sections]
        return section.id in _out_of_order(old, new)

    def _group_changes(self, old: Section, new: Section) -> Iterator[Change]:
        for group in new.groups:
            known = old.group(group.id)
            if known is None:
                continue
            yield from _text_changes(
                "group_title", known.title, group.title, language=self.language
            )
            if self._old(known.condition) != self._new(group.condition):
                about = group.title
                yield Change(
                    "group_condition", Effect.BASES, known.condition, group.condition, about=about
                )

    def _replaced(self) -> dict[str, str]:
        """`{id after: id before}` where a question of another kind took the place of one."""
        gone = [one for one in self.before.questions if one.id not in self.kept]
        replaced: dict[str, str] = {}
        for question in self.after.questions:
            if question.id in self.kept:
                continue
            for old in gone:
                if old.id not in replaced.values() and _takes_the_place(question, old):
                    replaced[question.id] = old.id
                    break
        return replaced

    def _reordered(self) -> frozenset[str]:
        """The fewest questions to put elsewhere in their section to get the new order."""
        found: set[str] = set()
        for section in self.after.sections:
            stayed = {
                one.id
                for one in section.questions
                if one.id in self.kept and self.old_places[one.id].section.id == section.id
            }
            known = self.old_sections.get(section.id)
            old = [one.id for one in known.questions if one.id in stayed] if known else []
            new = [one.id for one in section.questions if one.id in stayed]
            found |= _out_of_order(old, new)
        return frozenset(found)

    def _gone(self, question: Question) -> QuestionChanges:
        return QuestionChanges(question, None, (Change("removed", Effect.GONE),))

    def _question(self, new: Question) -> QuestionChanges:
        if new.id in self.kept:
            old = self.old_questions[new.id]
            return QuestionChanges(old, new, tuple(self._changes(old, new)))
        if new.id in self.replaced:
            old = self.old_questions[self.replaced[new.id]]
            changes = (Change("retyped", Effect.NEW, old.kind, new.kind),)
            return QuestionChanges(old, new, changes)
        return QuestionChanges(None, new, (Change("added", Effect.NEW),))

    def _changes(self, old: Question, new: Question) -> Iterator[Change]:
        yield from self._wording(old, new)
        yield from self._place(old, new)
        yield from self._settings(old, new)
        yield from _choices_changes(old, new, self.language)
        yield from _rows_changes(old, new, self.language)

    def _wording(self, old: Question, new: Question) -> Iterator[Change]:
        effects = {"required_message": Effect.NONE, "check_message": Effect.NONE}
        effects["unit"] = Effect.VALUES
        for what in (
            "label",
            "hint",
            "unit",
            "lowest_label",
            "highest_label",
            "required_message",
            "check_message",
        ):
            yield from _text_changes(
                what,
                getattr(old, what),
                getattr(new, what),
                language=self.language,
                effect=effects.get(what, Effect.CARE),
            )

    def _place(self, old: Question, new: Question) -> Iterator[Change]:
        was, now = self.old_places[old.id], self.new_places[new.id]
        if was.section.id != now.section.id:
            yield Change("moved", before=was.section.title, after=now.section.title)
        elif new.id in self.reordered:
            yield Change("reordered")
        if was.group != now.group:
            yield Change("group")
        if old.code != new.code:
            yield Change("code", before=old.code, after=new.code)
        if was.conditions != now.conditions:
            yield Change("condition", Effect.BASES, _asked_if(old, was), _asked_if(new, now))

    def _settings(self, old: Question, new: Question) -> Iterator[Change]:
        if self._old(old.check, old) != self._new(new.check, new):
            yield Change("check", Effect.CARE, old.check, new.check)
        if self._old(old.calculation) != self._new(new.calculation):
            yield Change("calculation", Effect.VALUES, old.calculation, new.calculation)
        for name, effect in SETTINGS.items():
            one, other = getattr(old, name), getattr(new, name)
            if one != other:
                yield Change(name, effect(new), one, other)

    def _old(self, expression: str, question: Question | None = None) -> str:
        return self.old_names.by_identity(expression, question.code if question else "")

    def _new(self, expression: str, question: Question | None = None) -> str:
        return self.new_names.by_identity(expression, question.code if question else "")


def _limits(question: Question) -> Effect:
    """Other ends of a rating, or another number of choices to take, change the figures."""
    changes_figures = question.kind in {"rating", "multiple", "ranking"}
    return Effect.SHARES if changes_figures else Effect.CARE


def _always(effect: Effect) -> Callable[[Question], Effect]:
    return lambda question: effect


SETTINGS: Mapping[str, Callable[[Question], Effect]] = {
    "required": _always(Effect.RATES),
    "may_decline": _always(Effect.RATES),
    "has_other": _always(Effect.SHARES),
    "several": _always(Effect.SHARES),
    "minimum": _limits,
    "maximum": _limits,
    "default": _always(Effect.CARE),
    "accepts": _always(Effect.CARE),
    "commitments": _always(Effect.NONE),
    "data_class": _always(Effect.NONE),
    "appearance": _always(Effect.NONE),
    "carried": _always(Effect.NONE),
}
"""What else a question says, and what changing it does."""


def _places(definition: Definition, names: _Names) -> dict[str, _Place]:
    places = {}
    for section in definition.sections:
        for question in section.questions:
            groups = section.groups_around(question)
            said = [section.condition, *(one.condition for one in reversed(groups))]
            conditions = [names.by_identity(one) for one in [*said, question.condition] if one]
            places[question.id] = _Place(section, question.group, tuple(conditions))
    return places


def _asked_if(question: Question, place: _Place) -> str:
    """Every condition that decides whether a question is asked, as it is written."""
    groups = reversed(place.section.groups_around(question))
    said = [place.section.condition, *(one.condition for one in groups), question.condition]
    return " and ".join(one for one in said if one.strip())


def _takes_the_place(new: Question, old: Question) -> bool:
    if new.id == old.id:
        return True
    if new.kind == old.kind:
        return False
    label = text_in(new.label, "")
    return new.code == old.code or (
        bool(label.strip()) and says_the_same(label, text_in(old.label, ""))
    )


def _out_of_order(old: list[str], new: list[str]) -> set[str]:
    """Those that moved, as few as possible: the others follow each other as before."""
    rank = {one: number for number, one in enumerate(old)}
    in_order = _longest_rise([rank[one] for one in new])
    return set(new) - {old[number] for number in in_order}


def _longest_rise(numbers: list[int]) -> list[int]:
    best: list[list[int]] = []
    for at, number in enumerate(numbers):
        before = [best[earlier] for earlier in range(at) if numbers[earlier] < number]
        best.append([*max(before, key=len, default=[]), number])
    return max(best, key=len, default=[])


# -- Choices and rows --------------------------------------------------------------------


def _choices_changes(old: Question, new: Question, language: str) -> Iterator[Change]:
    known = {choice.id: choice for choice in old.choices}
    yield from _list_changes("choice", old.choices, new.choices, language, Effect.SHARES)
    for choice in new.choices:
        if choice.id in known:
            yield from _choice_changes(known[choice.id], choice)


def _choice_changes(old: Choice, new: Choice) -> Iterator[Change]:
    if old.exclusive != new.exclusive:
        effect = Effect.SHARES
        yield Change("choice_exclusive", effect, old.exclusive, new.exclusive, about=new.label)
    if old.score != new.score:
        yield Change("choice_score", Effect.CARE, old.score, new.score, about=new.label)


def _rows_changes(old: Question, new: Question, language: str) -> Iterator[Change]:
    # Rows are counted each by itself: one more or one less changes nothing for the others.
    yield from _list_changes("row", old.rows, new.rows, language, Effect.NONE)


def _list_changes(
    thing: str,
    old: Sequence[Choice] | Sequence[Row],
    new: Sequence[Choice] | Sequence[Row],
    language: str,
    effect: Effect,
) -> Iterator[Change]:
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    for one in new:
        if one.id not in before:
            yield Change(f"{thing}_added", effect, about=one.label)
            continue
        was = before[one.id]
        yield from _text_changes(
            f"{thing}_label", was.label, one.label, language=language, about=was.label
        )
        if was.code != one.code:
            yield Change(f"{thing}_code", Effect.NONE, was.code, one.code, about=one.label)
    for one in old:
        if one.id not in after:
            yield Change(f"{thing}_removed", effect, about=one.label)
    if _out_of_order(_kept(old, after), _kept(new, before)):
        yield Change(f"{thing}s_reordered")


def _kept(things: Iterable[Choice] | Iterable[Row], others: Mapping[str, Any]) -> list[str]:
    return [one.id for one in things if one.id in others]
