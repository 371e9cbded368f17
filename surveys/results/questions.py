"""The questions of a campaign over all the versions that were answered.

Plain Python. A question and a choice are what their id says, whatever happened to their
words: wording, order and section come from the newest version that has them, and what a
later version removed stays, after the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from surveys.questionnaires.definition import OTHER, Definition, Question, Section, text_in

YES, NO = "true", "false"
RATINGS = tuple(str(rating) for rating in range(11))


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
    id: str
    code: str
    kind: str
    label: str
    section: str
    commitments: tuple[str, ...]
    versions: tuple[int, ...]
    categories: tuple[Category, ...]


def asked_questions(
    versions: Iterable[Version], *, words: Mapping[str, str], language: str = "fr"
) -> list[AskedQuestion]:
    """Every question that was asked, statements left out.

    `words` holds the labels that no editor writes: of "true", "false" and "other".
    """
    newest_first = sorted(versions, key=attrgetter("number"), reverse=True)
    found: dict[str, list[tuple[int, Section, Question]]] = {}
    for version in newest_first:
        for section in version.definition.sections:
            for question in section.questions:
                if question.kind != "statement":
                    found.setdefault(question.id, []).append((version.number, section, question))
    return [_merged(history, words, language) for history in found.values()]


def _merged(
    history: list[tuple[int, Section, Question]], words: Mapping[str, str], language: str
) -> AskedQuestion:
    _number, section, newest = history[0]
    return AskedQuestion(
        id=newest.id,
        code=newest.code,
        kind=newest.kind,
        label=text_in(newest.label, language),
        section=text_in(section.title, language),
        commitments=newest.commitments,
        versions=tuple(sorted(number for number, _section, _question in history)),
        categories=_categories([question for _n, _s, question in history], words, language),
    )


def _categories(
    newest_first: list[Question], words: Mapping[str, str], language: str
) -> tuple[Category, ...]:
    kind = newest_first[0].kind
    if kind == "boolean":
        return tuple(Category(code, code, words[code]) for code in (YES, NO))
    if kind == "rating":
        return tuple(Category(code, code, code) for code in RATINGS)
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
