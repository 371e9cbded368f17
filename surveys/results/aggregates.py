"""How answers are counted: one pass over the documents, over all versions of the questionnaire.

Plain Python. For every question, *asked* = *answered* + *not answered*; beside them *not
applicable* (hidden by a condition: none exists yet) and *not in the version*; together they
are the responses. Nothing is hidden here: see `privacy`.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from surveys.results.questions import AskedQuestion, Version, asked_questions
from surveys.results.tallies import BY_CATEGORY, NOT_ANSWERED, TALLIES

Document = dict[str, Any]
Where = Iterable[tuple[str, str]]


class UnknownQuestion(LookupError):
    """No question has this code; `possible` are those that have choices."""

    def __init__(self, code: str, possible: list[str]) -> None:
        super().__init__(code, possible)
        self.code, self.possible = code, possible


class UnknownChoice(LookupError):
    """The question has no choice with this code."""

    def __init__(self, question: str, code: str, possible: list[str]) -> None:
        super().__init__(question, code, possible)
        self.question, self.code, self.possible = question, code, possible


class WithoutChoices(LookupError):
    """The question has no choices to filter or to cross by; `possible` are those that have."""

    def __init__(self, code: str, possible: list[str]) -> None:
        super().__init__(code, possible)
        self.code, self.possible = code, possible


class Aggregate:
    """The figures of a campaign, being counted."""

    def __init__(
        self,
        versions: Mapping[Any, Version],
        *,
        words: Mapping[str, str],
        where: Where = (),
        by: str | None = None,
        language: str = "fr",
    ) -> None:
        self.questions = asked_questions(versions.values(), words=words, language=language)
        self.where = _conditions(self.questions, where)
        self.by = _Categories(find(self.questions, by)) if by is not None else None
        self.responses = 0
        self._responses_of: Counter[int] = Counter()
        self._tallies = {question.id: _Crossed(question, self.by) for question in self.questions}
        self._asked = {
            key: (
                version.number,
                {
                    item.id: self._tallies[item.id]
                    for item in version.definition.questions
                    if item.id in self._tallies
                },
            )
            for key, version in versions.items()
        }

    def add(self, version: Hashable, document: Document) -> None:
        if not all(condition.holds(document) for condition in self.where):
            return
        number, tallies = self._asked[version]
        self.responses += 1
        self._responses_of[number] += 1
        groups = self.by.of(document) if self.by else ()
        for question_id, value in document.items():
            if question_id in tallies:
                tallies[question_id].add(value, groups)

    def figures(self) -> list[dict[str, Any]]:
        return [self._figures(question) for question in self.questions]

    def tally(self, question: AskedQuestion) -> Any:
        return self._tallies[question.id].whole

    def _figures(self, question: AskedQuestion) -> dict[str, Any]:
        crossed = self._tallies[question.id]
        asked = sum(self._responses_of[number] for number in question.versions)
        return {
            "code": question.code,
            "kind": crossed.whole.name,
            "label": question.label,
            "section": question.section,
            "commitments": list(question.commitments),
            "versions": list(question.versions),
            "asked": asked,
            "answered": crossed.whole.answered,
            "not_answered": asked - crossed.whole.answered,
            "not_applicable": 0,
            "not_in_version": self.responses - asked,
            **crossed.whole.figures(crossed.groups),
        }


class _Crossed:
    """The tally of a question, and one more per category of the question it is crossed with."""

    def __init__(self, question: AskedQuestion, by: "_Categories | None") -> None:
        tally = TALLIES[question.kind]
        self.whole: Any = tally(question)
        self.groups: dict[str, Any] | None = (
            {code: tally(question) for code in by.codes} if by else None
        )

    def add(self, value: Any, groups: Iterable[str]) -> None:
        self.whole.add(value)
        for code in groups:
            if self.groups is not None:
                self.groups[code].add(value)


class _Categories:
    """Which categories of a question a document falls in, by their codes."""

    def __init__(self, question: AskedQuestion) -> None:
        self.question_id = question.id
        self._keys = BY_CATEGORY[question.kind].keys
        self._codes = {category.id: category.code for category in question.categories}
        self.codes = [*self._codes.values(), NOT_ANSWERED]

    def of(self, document: Document) -> list[str]:
        if self.question_id not in document:
            return [NOT_ANSWERED]
        return [self._codes[key] for key in self._keys(document[self.question_id])]


class _Condition:
    def __init__(self, question: AskedQuestion, codes: set[str]) -> None:
        self.categories = _Categories(question)
        self.codes = codes

    def holds(self, document: Document) -> bool:
        return not self.codes.isdisjoint(self.categories.of(document))


def _conditions(questions: list[AskedQuestion], where: Where) -> list[_Condition]:
    """One condition per question: any of the choices given for it; all questions together."""
    wanted: dict[str, set[str]] = {}
    for code, choice in where:
        question = find(questions, code)
        possible = [category.code for category in question.categories]
        if choice not in (*possible, NOT_ANSWERED):
            raise UnknownChoice(code, choice, possible)
        wanted.setdefault(code, set()).add(choice)
    return [_Condition(find(questions, code), codes) for code, codes in wanted.items()]


def find(questions: list[AskedQuestion], code: str) -> AskedQuestion:
    """The question with this code, which must have categories to be filtered or crossed by."""
    possible = [item.code for item in questions if item.kind in BY_CATEGORY]
    for question in questions:
        if question.code == code:
            if code not in possible:
                raise WithoutChoices(code, possible)
            return question
    raise UnknownQuestion(code, possible)
