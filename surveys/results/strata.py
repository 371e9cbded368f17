"""Responses sorted by the conditions that held for them.

Plain Python. See `conditions` for what is made of it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Set
from typing import Any

from surveys.questionnaires.question_types import is_declined
from surveys.results.conditions import Conditional, Conditions, Key
from surveys.results.questions import AskedQuestion
from surveys.results.tallies import BY_CATEGORY, TerritoryTally


class Response:
    """One response as it is counted; `hidden` are the questions that a condition hid."""

    def __init__(
        self, document: dict[str, Any], not_applicable: Collection[str], in_version: Set[str]
    ) -> None:
        self.document = document
        self.in_version = in_version
        self.hidden: Set[str] = in_version & set(not_applicable) if not_applicable else set()

    def answer(self, question_id: str) -> Any:
        """The answer that counts, or None."""
        value = self.document.get(question_id)
        return None if is_declined(value) or question_id in self.hidden else value


class Strata:
    """Counts each question that others depend on, by stratum."""

    def __init__(self, questions: Iterable[AskedQuestion]) -> None:
        self.questions = {question.id: question for question in questions}
        self._closures = {
            question.id: self._closure(question.depends_on)
            for question in self.questions.values()
            if question.depends_on or question.computed_from
        }
        named = set().union(*self._closures.values()) if self._closures else set()
        self._named = [self.questions[one] for one in self.questions if one in named]
        self._strata: dict[tuple[int, frozenset[str]], int] = {}
        self._sizes: Counter[int] = Counter()
        self._answered: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._cells: defaultdict[Key, defaultdict[str, Counter[int]]] = defaultdict(
            lambda: defaultdict(Counter)
        )
        self._codes = {
            question.id: {category.id: category.code for category in question.categories}
            for question in self._named
        }
        self._in_version: dict[int, Set[str]] = {}

    def _closure(self, ids: Iterable[str]) -> frozenset[str]:
        """These questions, those that they depend on, and so on."""
        found: set[str] = set()
        waiting = [one for one in ids if one in self.questions]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                question = self.questions[one]
                more = question.depends_on | question.computed_from
                waiting += [other for other in more if other in self.questions]
        return frozenset(found)

    def add(self, response: Response, version: int) -> None:
        if not self._closures:
            return
        self._in_version[version] = response.in_version
        key = (version, frozenset(response.hidden))
        stratum = self._strata.setdefault(key, len(self._strata))
        self._sizes[stratum] += 1
        for question in self._named:
            value = response.answer(question.id)
            if value is not None and question.id in response.in_version:
                self._answered[question.code][stratum] += 1
                for row, choice in self._chosen(question, value):
                    self._cells[question.code, row][choice][stratum] += 1

    def _chosen(self, question: AskedQuestion, value: Any) -> Iterable[tuple[str, str]]:
        """The codes of the row and of the choice that an answer adds one to."""
        codes = self._codes[question.id]
        if question.kind in BY_CATEGORY:
            return [("", codes.get(key, key)) for key in BY_CATEGORY[question.kind].keys(value)]
        if question.kind == "territory":
            return [("", key) for key in TerritoryTally.keys(value)]
        if question.kind != "matrix":
            return []
        rows: dict[str, str] = {row.id: row.code for row in question.rows}
        return [
            (rows.get(row, str(row)), codes.get(choice, str(choice)))
            for row, chosen in value["rows"].items()
            for choice in (chosen if isinstance(chosen, list) else [chosen])
        ]

    def conditions(self) -> Conditions:
        return Conditions(
            sizes=self._sizes,
            conditionals={
                (question := self.questions[one]).code: self._conditional(question)
                for one in self._closures
            },
            cells=self._cells,
            answered=self._answered,
        )

    def _conditional(self, question: AskedQuestion) -> Conditional:
        asked, not_asked = set(), set()
        for (version, hidden), stratum in self._strata.items():
            if question.id in hidden:
                not_asked.add(stratum)
            elif question.id in self._in_version[version]:
                asked.add(stratum)
        return Conditional(
            code=question.code,
            depends_on=self._codes_of(self._closures[question.id]),
            computed_from=self._codes_of(self._closure(question.computed_from)),
            asked=frozenset(asked) if question.depends_on else frozenset(),
            not_asked=frozenset(not_asked),
        )

    def _codes_of(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(self.questions[one].code for one in ids)
