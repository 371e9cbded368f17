"""How answers are counted: one pass over the documents, over all versions of the questionnaire.

Plain Python. For every question, *asked* = *answered* + *not answered*; beside them *not
applicable* (hidden by a condition) and *not in the version*; together they are the responses.
Who preferred not to say was asked and did not answer; *declined* says how many they are, where
that could be said. Nothing is hidden here: see `privacy`.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from surveys.questionnaires.question_types import is_declined
from surveys.results.conditions import Conditions
from surveys.results.privacy import Extremes, Nature
from surveys.results.questions import AskedQuestion, Version, asked_questions
from surveys.results.strata import Response, Strata
from surveys.results.tallies import BY_CATEGORY, NOT_ANSWERED, TALLIES

Document = dict[str, Any]
Where = Iterable[tuple[str, str]]

NOT_APPLICABLE = "_not_applicable"
NOT_IN_VERSION = "_not_in_version"
"""The categories of those who were not asked the question that figures are crossed with.

They are told apart from those who did not answer it, and listed when there are any.
"""


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
        """`versions` holds every version that a response may name, by the key it is named by."""
        self.questions = asked_questions(versions.values(), words=words, language=language)
        self.where = _conditions(self.questions, where)
        self.by = _Categories(find(self.questions, by)) if by is not None else None
        self.responses = 0
        self.unexplained = 0
        self._responses_of: Counter[int] = Counter()
        self._tallies = {question.id: _Crossed(question, self.by) for question in self.questions}
        self._strata = Strata(self.questions)
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

    def add(
        self, version: Hashable, document: Document, not_applicable: Collection[str] = ()
    ) -> None:
        """Count one response; `not_applicable` holds the ids of what a condition hid.

        An answer to a question that the response's version does not ask, or that a condition
        hid, is counted apart (`unexplained`) and nowhere else.
        """
        number, tallies = self._asked[version]
        one = Response(document, not_applicable, tallies.keys())
        if not all(condition.holds(one) for condition in self.where):
            return
        self.responses += 1
        self._responses_of[number] += 1
        self._strata.add(one, number)
        groups = self._groups_of(one)
        for question_id in one.hidden:
            tallies[question_id].not_applicable += 1
        for question_id, value in document.items():
            if question_id not in tallies or question_id in one.hidden:
                self.unexplained += 1
            else:
                tallies[question_id].add(value, groups)

    def _groups_of(self, response: "Response") -> list[str]:
        if self.by is None:
            return []
        groups = self.by.of(response)
        for code in groups:
            if code not in self.by.codes:
                self.by.codes.append(code)
                for crossed in self._tallies.values():
                    crossed.open_group(code)
        return groups

    def figures(self) -> list[dict[str, Any]]:
        return [self._figures(question) for question in self.questions]

    def conditions(self) -> Conditions:
        """What the bases of conditional questions may tell, for `privacy`."""
        return self._strata.conditions()

    def natures(self) -> dict[str, Nature]:
        """What is known of each question besides its figures, for `privacy`."""
        return {question.code: self._nature(question) for question in self.questions}

    def _nature(self, question: AskedQuestion) -> Nature:
        tally = self.tally(question)
        is_numeric = getattr(tally, "is_numeric", True)
        has_extremes = hasattr(tally, "extremes") and is_numeric
        least, most = question.bounds
        return Nature(
            exclusive=frozenset(item.code for item in question.categories if item.exclusive),
            least=least,
            most=most,
            extremes=Extremes(*tally.extremes()) if has_extremes else None,
            unlisted=question.kind == "territory" or not is_numeric,
        )

    def tally(self, question: AskedQuestion) -> Any:
        return self._tallies[question.id].whole

    def _figures(self, question: AskedQuestion) -> dict[str, Any]:
        crossed = self._tallies[question.id]
        in_version = sum(self._responses_of[number] for number in question.versions)
        asked = in_version - crossed.not_applicable
        declined = {"declined": crossed.declined} if question.may_decline else {}
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
            **declined,
            "not_applicable": crossed.not_applicable,
            "not_in_version": self.responses - in_version,
            **crossed.whole.figures(crossed.groups),
        }


class _Crossed:
    """The tally of a question, and one more per category of the question it is crossed with."""

    def __init__(self, question: AskedQuestion, by: "_Categories | None") -> None:
        self.question = question
        self.whole: Any = TALLIES[question.kind](question)
        self.groups: dict[str, Any] | None = None
        self.not_applicable = 0
        self.declined = 0
        for code in by.codes if by else ():
            self.open_group(code)

    def open_group(self, code: str) -> None:
        self.groups = {**(self.groups or {}), code: TALLIES[self.question.kind](self.question)}

    def add(self, value: Any, groups: Iterable[str]) -> None:
        if is_declined(value):
            self.declined += 1
            return
        self.whole.add(value)
        for code in groups:
            if self.groups is not None:
                self.groups[code].add(value)


class _Categories:
    """Which categories of a question a response falls in, by their codes."""

    def __init__(self, question: AskedQuestion) -> None:
        self.question_id = question.id
        self._keys = BY_CATEGORY[question.kind].keys
        self._codes = {category.id: category.code for category in question.categories}
        self.codes = [*self._codes.values(), NOT_ANSWERED]

    def of(self, response: Response) -> list[str]:
        value = response.answer(self.question_id)
        if value is not None:
            return [self._codes.get(key, key) for key in self._keys(value)]
        if self.question_id not in response.in_version:
            return [NOT_IN_VERSION]
        return [NOT_APPLICABLE if self.question_id in response.hidden else NOT_ANSWERED]


class _Condition:
    def __init__(self, question: AskedQuestion, codes: set[str]) -> None:
        self.categories = _Categories(question)
        self.codes = codes

    def holds(self, response: Response) -> bool:
        return not self.codes.isdisjoint(self.categories.of(response))


def _conditions(questions: list[AskedQuestion], where: Where) -> list[_Condition]:
    """One condition per question: any of the choices given for it; all questions together."""
    wanted: dict[str, set[str]] = {}
    for code, choice in where:
        question = find(questions, code)
        possible = [category.code for category in question.categories]
        if choice not in (*possible, NOT_ANSWERED, NOT_APPLICABLE, NOT_IN_VERSION):
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
