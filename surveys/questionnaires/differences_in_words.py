"""What changed between two definitions, as sentences that people read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language_info, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from surveys.questionnaires.blocks import BUILDER_BLOCKS
from surveys.questionnaires.definition import text_in
from surveys.questionnaires.differences import (
    Change,
    Differences,
    Effect,
    QuestionChanges,
    SectionChanges,
    compared_words,
)


@dataclass(frozen=True)
class EffectInWords:
    """`badge` is how it looks, `label` what it is called, `advice` what to do about it."""

    badge: str
    label: str | Promise
    advice: str | Promise
    count: Any


EFFECTS: dict[Effect, EffectInWords] = {
    Effect.NONE: EffectInWords(
        "ok",
        pgettext_lazy("question", "Comparable"),
        lazy("The answers before and after can be compared."),
        ngettext_lazy(
            "%(count)d question compares without reserve",
            "%(count)d questions compare without reserve",
            "count",
        ),
    ),
    Effect.CARE: EffectInWords(
        "wait",
        lazy("Compare with care"),
        lazy("It is asked differently: people may have understood something else."),
        ngettext_lazy(
            "%(count)d question is to be compared with care",
            "%(count)d questions are to be compared with care",
            "count",
        ),
    ),
    Effect.RATES: EffectInWords(
        "wait",
        lazy("Non-response does not compare"),
        lazy("The share of those who did not answer cannot be compared; the answers can."),
        ngettext_lazy(
            "%(count)d question compares, but not its non-response",
            "%(count)d questions compare, but not their non-response",
            "count",
        ),
    ),
    Effect.BASES: EffectInWords(
        "late",
        lazy("Asked of other people"),
        lazy("The bases differ: those who were asked are not the same people."),
        ngettext_lazy(
            "%(count)d question is asked of other people",
            "%(count)d questions are asked of other people",
            "count",
        ),
    ),
    Effect.SHARES: EffectInWords(
        "late",
        lazy("Shares do not compare"),
        lazy("People had other answers to choose from: shares cannot be compared."),
        ngettext_lazy(
            "%(count)d question has other answers to choose from",
            "%(count)d questions have other answers to choose from",
            "count",
        ),
    ),
    Effect.VALUES: EffectInWords(
        "late",
        lazy("Figures do not compare"),
        lazy("The same figure does not mean the same thing: they cannot be compared."),
        ngettext_lazy(
            "%(count)d question counts something else",
            "%(count)d questions count something else",
            "count",
        ),
    ),
    Effect.NEW: EffectInWords(
        "draft",
        lazy("New question"),
        lazy("There is nothing to compare it with."),
        ngettext_lazy("%(count)d question is new", "%(count)d questions are new", "count"),
    ),
    Effect.GONE: EffectInWords(
        "draft",
        lazy("Not asked any more"),
        lazy("The answers it received stay, readable and exported."),
        ngettext_lazy(
            "%(count)d question is not asked any more",
            "%(count)d questions are not asked any more",
            "count",
        ),
    ),
}

CHANGES: dict[str, str | Promise] = {
    "title": lazy("The title changed."),
    "introduction": lazy("The introduction changed."),
    "language_added": lazy("It can be answered in another language: %(after)s."),
    "language_removed": lazy("It cannot be answered any more in this language: %(before)s."),
    "written_in": lazy("It was written in %(before)s, it is now in %(after)s."),
    "section_added": lazy("New section."),
    "section_removed": lazy("This section is not there any more."),
    "section_title": lazy("The section is called something else."),
    "section_introduction": lazy("The introduction of the section changed."),
    "section_moved": lazy("The section comes earlier or later."),
    "section_condition": lazy("The section is shown to other people."),
    "group_title": lazy("The title of a group of questions changed."),
    "group_condition": lazy("The group “%(about)s” is shown to other people."),
    "added": lazy("New question."),
    "removed": lazy("This question is not asked any more."),
    "retyped": lazy(
        "Another question took its place: its kind was “%(before)s”, it is “%(after)s”."
    ),
    "label": lazy("The question is worded differently."),
    "hint": lazy("The hint changed."),
    "unit": lazy("The unit changed."),
    "lowest_label": lazy("What the lowest rating means changed."),
    "highest_label": lazy("What the highest rating means changed."),
    "required_message": lazy("The sentence that asks for a missing answer changed."),
    "check_message": lazy("The sentence that refuses an answer changed."),
    "translation": lazy("The translation changed (%(language)s)."),
    "moved": lazy("Moved from “%(before)s” to “%(after)s”."),
    "reordered": lazy("Asked earlier or later in its section."),
    "group": lazy("It stands in another group of its section."),
    "code": lazy("Its code was %(before)s, it is now %(after)s."),
    "condition": lazy("It is not asked of the same people."),
    "check": lazy("Answers are checked differently."),
    "calculation": lazy("It is worked out differently."),
    "required": lazy("An answer is now required, or not any more."),
    "may_decline": lazy("One may now prefer not to say, or not any more."),
    "has_other": lazy("“Other, specify” was added or removed."),
    "several": lazy("One answer per row, or several: this changed."),
    "minimum": lazy("The smallest number accepted was %(before)s, it is now %(after)s."),
    "maximum": lazy("The largest number accepted was %(before)s, it is now %(after)s."),
    "default": lazy("The answer given in advance changed."),
    "accepts": lazy("Other kinds of files are accepted."),
    "commitments": lazy("It informs other commitments of the charter."),
    "data_class": lazy("The data it collects are classed differently."),
    "appearance": lazy("It looks different."),
    "carried": lazy("What came with its file changed, and is not used here."),
    "choice_added": lazy("Choice added: “%(about)s”."),
    "choice_removed": lazy("Choice removed: “%(about)s”."),
    "choice_label": lazy("A choice is worded differently."),
    "choice_code": lazy("The code of “%(about)s” was %(before)s, it is now %(after)s."),
    "choice_exclusive": lazy("“%(about)s” now excludes the other choices, or not any more."),
    "choice_score": lazy("The score of “%(about)s” was %(before)s, it is now %(after)s."),
    "choices_reordered": lazy("The choices come in another order."),
    "row_added": lazy("Row added: “%(about)s”."),
    "row_removed": lazy("Row removed: “%(about)s”."),
    "row_label": lazy("A row is worded differently."),
    "row_code": lazy("The code of the row “%(about)s” was %(before)s, it is now %(after)s."),
    "rows_reordered": lazy("The rows come in another order."),
}
"""A sentence for everything that `differences` tells."""

NOW_OR_NOT: dict[str, tuple[str | Promise, str | Promise]] = {
    "required": (lazy("An answer is now required."), lazy("An answer is not required any more.")),
    "may_decline": (
        lazy("One may now prefer not to say."),
        lazy("One may not prefer not to say any more."),
    ),
    "has_other": (lazy("“Other, specify” was added."), lazy("“Other, specify” was removed.")),
    "several": (
        lazy("Each row now takes several answers."),
        lazy("Each row now takes one answer only."),
    ),
    "choice_exclusive": (
        lazy("“%(about)s” now excludes the other choices."),
        lazy("“%(about)s” does not exclude the other choices any more."),
    ),
}

EXPRESSIONS = {"condition", "check", "calculation", "section_condition", "group_condition"}


@dataclass(frozen=True)
class ChangeInWords:
    """A sentence; the words that changed, where a text did; expressions, where one did."""

    sentence: str
    effect: Effect
    words: list[tuple[str, str]]
    language: str
    expressions: tuple[str, str] | None

    @property
    def matters(self) -> bool:
        return self.effect > Effect.NONE

    @property
    def advice(self) -> str:
        return str(EFFECTS[self.effect].advice)


@dataclass(frozen=True)
class QuestionInWords:
    label: str
    code: str
    kind: str
    effect: EffectInWords
    is_comparable: bool
    changes: list[ChangeInWords]


@dataclass(frozen=True)
class SectionInWords:
    title: str
    changes: list[ChangeInWords]
    questions: list[QuestionInWords]


@dataclass(frozen=True)
class DifferencesInWords:
    """`counts` says how many questions there are of each effect, the gravest first."""

    counts: list[tuple[str, str]]
    changes: list[ChangeInWords]
    sections: list[SectionInWords]


def in_words(
    found: Differences, language: str = "fr", *, everything: bool = False
) -> DifferencesInWords:
    """Only what changed, or also the questions that did not."""
    sections = [
        _section(section, language, everything)
        for section in found.sections
        if everything or section.has_changes
    ]
    return DifferencesInWords(
        counts=_counts(found.questions),
        changes=[_change(change, language) for change in found.changes],
        sections=sections,
    )


def _counts(questions: Iterable[QuestionChanges]) -> list[tuple[str, str]]:
    counted = Counter(question.effect for question in questions)
    return [
        (EFFECTS[effect].badge, EFFECTS[effect].count % {"count": counted[effect]})
        for effect in Effect
        if counted[effect]
    ]


def _section(found: SectionChanges, language: str, everything: bool) -> SectionInWords:
    return SectionInWords(
        title=text_in(found.section.title, language),
        changes=[_change(change, language) for change in found.changes],
        questions=[
            _question(question, language)
            for question in found.questions
            if everything or question.changes
        ],
    )


def _question(found: QuestionChanges, language: str) -> QuestionInWords:
    question = found.question
    return QuestionInWords(
        label=text_in(question.label, language),
        code=question.code,
        kind=kind_in_words(question.kind),
        effect=EFFECTS[found.effect],
        is_comparable=found.effect.is_comparable,
        changes=[_change(change, language) for change in found.changes],
    )


def kind_in_words(kind: str) -> str:
    block = BUILDER_BLOCKS.get(kind)
    return str(block._meta_class.label) if block else kind


def changes_in_words(changes: Iterable[Change], language: str) -> list[ChangeInWords]:
    return [_change(change, language) for change in changes]


def _change(change: Change, language: str) -> ChangeInWords:
    is_text = bool(change.language)
    is_expression = change.what in EXPRESSIONS
    return ChangeInWords(
        sentence=_sentence(change, language),
        effect=change.effect,
        words=compared_words(change.before, change.after) if is_text else [],
        language=change.language,
        expressions=(change.before or "", change.after or "") if is_expression else None,
    )


def _sentence(change: Change, language: str) -> str:
    sentence = CHANGES[change.what]
    if change.what in NOW_OR_NOT:
        sentence = NOW_OR_NOT[change.what][0 if change.after else 1]
    return str(sentence) % {
        "before": _value(change.what, change.before, language),
        "after": _value(change.what, change.after, language),
        "about": text_in(change.about or {}, language),
        "language": language_in_words(change.language),
    }


def _value(what: str, value: Any, language: str) -> str:
    if isinstance(value, dict):
        return text_in(value, language)
    if what == "retyped":
        return kind_in_words(value)
    if what in {"language_added", "language_removed", "written_in"} and value:
        return language_in_words(value)
    if isinstance(value, int | float):
        return number_format(value)
    return str(value) if value not in (None, "") else _("none")


def language_in_words(language: str) -> str:
    """A language as this page's readers call it, or its code if nobody told its name."""
    try:
        return str(get_language_info(language)["name_translated"]).lower()
    except KeyError:
        return language
