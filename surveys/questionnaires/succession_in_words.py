"""Whether two years compare, question by question, as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.questionnaires.definition import Question, text_in
from surveys.questionnaires.differences import Effect, compared_words
from surveys.questionnaires.differences_in_words import EFFECTS, ChangeInWords, changes_in_words
from surveys.questionnaires.succession import Comparison


@dataclass(frozen=True)
class Verdict:
    badge: str
    label: str | Promise
    why: str | Promise


VERDICTS: dict[str, Verdict] = {
    "": Verdict("ok", EFFECTS[Effect.NONE].label, _("The same question, with the same words.")),
    "reworded": Verdict(
        "wait", _("Compare with care"), _("Its words changed; it was said to mean the same.")
    ),
    "care": Verdict("wait", _("Compare with care"), EFFECTS[Effect.CARE].advice),
    "rates": Verdict("wait", EFFECTS[Effect.RATES].label, EFFECTS[Effect.RATES].advice),
    "to_decide": Verdict(
        "draft",
        pgettext_lazy("comparison", "To be decided"),
        _("Its words changed: somebody has to say whether it means the same."),
    ),
    "not_the_same": Verdict(
        "late", _("Does not compare"), _("It does not mean the same, or is of another kind.")
    ),
    "split": Verdict("late", _("Does not compare"), _("One question became several.")),
    "merged": Verdict("late", _("Does not compare"), _("Several questions became one.")),
    "bases": Verdict("late", EFFECTS[Effect.BASES].label, EFFECTS[Effect.BASES].advice),
    "shares": Verdict("late", EFFECTS[Effect.SHARES].label, EFFECTS[Effect.SHARES].advice),
    "values": Verdict("late", EFFECTS[Effect.VALUES].label, EFFECTS[Effect.VALUES].advice),
    "dropped": Verdict("draft", EFFECTS[Effect.GONE].label, EFFECTS[Effect.GONE].advice),
    "new": Verdict("draft", EFFECTS[Effect.NEW].label, EFFECTS[Effect.NEW].advice),
}
"""A verdict for every reason of `succession.Comparison`."""


@dataclass(frozen=True)
class QuestionInWords:
    id: str
    code: str
    label: str


@dataclass(frozen=True)
class ComparisonInWords:
    """`words` compares the texts of one question that follows one."""

    origins: list[QuestionInWords]
    successors: list[QuestionInWords]
    verdict: Verdict
    is_comparable: bool
    said: str
    words: list[tuple[str, str]]
    changes: list[ChangeInWords]


def in_words(comparison: Comparison, language: str = "fr") -> ComparisonInWords:
    origins = [_question(one, language) for one in comparison.origins]
    successors = [_question(one, language) for one in comparison.successors]
    is_pair = len(origins) == len(successors) == 1
    differ = is_pair and origins[0].label != successors[0].label
    return ComparisonInWords(
        origins=origins,
        successors=successors,
        verdict=VERDICTS[comparison.reason],
        is_comparable=comparison.is_comparable,
        said=comparison.link.reason,
        words=compared_words(origins[0].label, successors[0].label) if differ else [],
        changes=_changes(comparison, language),
    )


def _question(question: Question, language: str) -> QuestionInWords:
    return QuestionInWords(question.id, question.code, str(text_in(question.label, language)))


def _changes(comparison: Comparison, language: str) -> list[ChangeInWords]:
    """What changed beside its words."""
    if comparison.changes is None:
        return []
    beside = [one for one in comparison.changes.changes if one.what not in {"label", "code"}]
    return changes_in_words(beside, language)


def by_origin(comparisons: Iterable[Comparison], order: Iterable[Question]) -> list[Comparison]:
    """The comparisons in the order of the earlier questionnaire, then what is new."""
    rank = {question.id: number for number, question in enumerate(order)}
    last = len(rank)
    return sorted(
        comparisons,
        key=lambda one: min((rank.get(origin.id, last) for origin in one.origins), default=last),
    )


@dataclass(frozen=True)
class SideBySide:
    """A comparison read from one of the two years: `first` are its questions."""

    first: list[QuestionInWords]
    second: list[QuestionInWords]
    verdict: Verdict
    said: str
    words: list[tuple[str, str]]
    changes: list[ChangeInWords]

    @property
    def is_family(self) -> bool:
        return len(self.first) + len(self.second) > 2


def side_by_side(comparison: Comparison, *, is_later: bool, language: str = "fr") -> SideBySide:
    words = in_words(comparison, language)
    sides = (words.successors, words.origins) if is_later else (words.origins, words.successors)
    return SideBySide(
        first=sides[0] or sides[1],
        second=sides[1] if sides[0] else [],
        verdict=words.verdict,
        said=words.said,
        words=words.words,
        changes=[change for change in words.changes if change.matters],
    )
