"""Answers that pick among choices: one, several, in order of preference, or by rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import OTHER, Choice, Question, Row
from surveys.questionnaires.question_types.numbers import whole_number
from surveys.questionnaires.question_types.refusals import InvalidAnswer
from surveys.questionnaires.question_types.texts import (
    TEXT_LENGTH,
    clean_text,
    is_number,
    text_up_to,
    written,
)


@dataclass(frozen=True)
class Reading:
    """How a file or a form names choices and rows."""

    name: Callable[[Choice | Row], str]
    split: Callable[[str], list[str]]
    split_further: Callable[[str], list[str]] = lambda text: [text]

    def find(self, question: Question, given: str) -> str:
        """The id of the choice that a name stands for."""
        if found := self._named(question.choices, given):
            return found
        if question.has_other and given == OTHER:
            return OTHER
        raise InvalidAnswer("unknown_choice", value=given[:100])

    def _named(self, among: tuple[Choice, ...] | tuple[Row, ...], given: str) -> str:
        for one in among:
            if self.name(one) == given:
                return one.id
        for one in among:
            if self.name(one).casefold() == given.casefold():
                return one.id
        return ""

    def names(self, question: Question, raw: Any) -> list[str]:
        """What was chosen, by the names that were given."""
        listed = raw if isinstance(raw, list) else self._listed(question, _name_given(raw))
        return [name for name in map(_name_given, listed) if name]

    def _listed(self, question: Question, text: str) -> Iterator[str]:
        # A code may hold a comma or a bar, never a space.
        for name in self.split(text):
            known = name == OTHER or self._named(question.choices, name)
            yield from [name] if known else self.split_further(name)

    def single(self, question: Question, raw: Any) -> dict[str, str] | None:
        chosen, specified = _parts(raw, "choice")
        given = _one_name(chosen)
        if not given:
            if not (specified and question.has_other):
                return None
            given = OTHER
        choice = self.find(question, given)
        if choice == OTHER and specified:
            return {"choice": OTHER, "other": specified}
        return {"choice": choice}

    def multiple(self, question: Question, raw: Any) -> dict[str, Any] | None:
        chosen, specified = _parts(raw, "choices")
        found = {self.find(question, name) for name in self.names(question, chosen)}
        if specified and question.has_other:
            found.add(OTHER)
        if not found:
            return None
        _refuse_exclusive_with_others(question, found)
        _refuse_too_few_or_too_many(question, found)
        ordered = _in_order(question, found)
        if OTHER not in found:
            return {"choices": ordered}
        value: dict[str, Any] = {"choices": [*ordered, OTHER]}
        return {**value, "other": specified} if specified else value

    # -- Ranking -------------------------------------------------------------------------

    def ranking(self, question: Question, raw: Any) -> dict[str, list[str]] | None:
        """Best first: a list, `{"ranks": {choice: "1"}}` as numbers are typed in a form, or
        `{"places": {"1": choice}}` as files have a column for each rank."""
        if isinstance(raw, dict) and "ranks" in raw:
            ordered = self._by_rank(question, raw["ranks"])
        elif isinstance(raw, dict) and "places" in raw:
            ordered = self._by_rank(question, _turned(raw["places"]))
        else:
            chosen = raw.get("ranking") if isinstance(raw, dict) else raw
            ordered = [self.find(question, name) for name in self.names(question, chosen)]
        if not ordered:
            return None
        for choice_id, times in Counter(ordered).items():
            if times > 1:
                raise InvalidAnswer("ranked_twice", label=_label(question, choice_id))
        fewest, most = ranked_bounds(question)
        if len(ordered) < fewest:
            raise InvalidAnswer("too_few_ranks", expected=fewest, given=len(ordered))
        if len(ordered) > most:
            raise InvalidAnswer("too_many_ranks", maximum=most)
        return {"ranking": ordered}

    def _by_rank(self, question: Question, ranks: Any) -> list[str]:
        if not isinstance(ranks, dict):
            raise InvalidAnswer("not_a_rank", maximum=ranked_bounds(question)[1])
        placed: dict[int, str] = {}
        for name, typed in ranks.items():
            rank = _rank(question, typed)
            if rank is None:
                continue
            choice_id = self.find(question, _name_given(name))
            if rank in placed:
                raise InvalidAnswer("rank_twice", rank=rank)
            placed[rank] = choice_id
        for rank in range(1, len(placed) + 1):
            if rank not in placed:
                raise InvalidAnswer("rank_missing", rank=rank)
        return [placed[rank] for rank in sorted(placed)]

    # -- Matrix --------------------------------------------------------------------------

    def matrix(self, question: Question, raw: Any) -> dict[str, dict[str, Any]] | None:
        given = raw.get("rows", raw) if isinstance(raw, dict) else raw
        if given is None or given == "":
            return None
        if not isinstance(given, dict):
            raise InvalidAnswer("not_rows")
        answers: dict[str, Any] = {}
        for name, chosen in given.items():
            row_id = self._named(question.rows, _name_given(name))
            if not row_id:
                raise InvalidAnswer("unknown_row", value=str(name)[:100])
            answers[row_id] = self._row_answer(question, chosen)
        answered = {row.id: answers[row.id] for row in question.rows if answers.get(row.id)}
        return {"rows": answered} if answered else None

    def _row_answer(self, question: Question, chosen: Any) -> str | list[str]:
        if not question.several:
            name = _one_name(chosen)
            return self.find(question, name) if name else ""
        found = {self.find(question, name) for name in self.names(question, chosen)}
        _refuse_exclusive_with_others(question, found)
        return _in_order(question, found)


def ranked_bounds(question: Question) -> tuple[int, int]:
    """How many choices are ranked, at least and at most: all of them, unless it says otherwise."""
    every = len(question.choices)
    most = every if question.maximum is None else max(1, min(every, int(question.maximum)))
    fewest = most if question.minimum is None else max(1, min(most, int(question.minimum)))
    return fewest, most


def _turned(places: Any) -> dict[str, Any]:
    """`{choice: rank}` of `{rank: choice}`."""
    if not isinstance(places, dict):
        return {}
    named = {rank: _name_given(choice) for rank, choice in places.items()}
    for choice, times in Counter(filter(None, named.values())).items():
        if times > 1:
            raise InvalidAnswer("ranked_twice", label={"": choice})
    return {choice: rank for rank, choice in named.items() if choice}


def _rank(question: Question, typed: Any) -> int | None:
    most = ranked_bounds(question)[1]
    try:
        rank = whole_number(question, typed)
    except InvalidAnswer:
        raise InvalidAnswer("not_a_rank", maximum=most) from None
    if rank is not None and not 1 <= rank <= most:
        raise InvalidAnswer("not_a_rank", maximum=most)
    return rank


def _label(question: Question, choice_id: str) -> dict[str, str]:
    choice = question.choice(choice_id)
    return choice.label if choice else {}


def _in_order(question: Question, found: set[str]) -> list[str]:
    return [choice.id for choice in question.choices if choice.id in found]


def _parts(raw: Any, key: str) -> tuple[Any, str]:
    """What was chosen, and what was specified beside "other"."""
    if not isinstance(raw, dict):
        return raw, ""
    specified = raw.get("other")
    if specified is not None and not isinstance(specified, str):
        raise InvalidAnswer("not_a_text")
    return raw.get(key), text_up_to(TEXT_LENGTH, specified) or ""


def _one_name(chosen: Any) -> str:
    if isinstance(chosen, list) and len(chosen) <= 1:
        chosen = chosen[0] if chosen else None
    if isinstance(chosen, list):
        raise InvalidAnswer("one_choice_only")
    return _name_given(chosen)


def _name_given(raw: Any) -> str:
    if raw is None:
        return ""
    if is_number(raw):
        return written(raw)
    if not isinstance(raw, str):
        raise InvalidAnswer("unknown_choice", value="")
    return clean_text(raw)


def _refuse_exclusive_with_others(question: Question, found: set[str]) -> None:
    if len(found) < 2:
        return
    for choice in question.choices:
        if choice.exclusive and choice.id in found:
            raise InvalidAnswer("exclusive_choice", label=choice.label)


def _refuse_too_few_or_too_many(question: Question, found: set[str]) -> None:
    """A choice that goes alone ("none") is enough, however many are asked for."""
    alone = {choice.id for choice in question.choices if choice.exclusive}
    if question.minimum is not None and len(found) < question.minimum and not found & alone:
        raise InvalidAnswer("too_few_choices", minimum=int(question.minimum))
    if question.maximum is not None and len(found) > question.maximum:
        raise InvalidAnswer("too_many_choices", maximum=int(question.maximum))


BY_ID = Reading(name=lambda one: one.id, split=lambda text: [text] if text else [])
BY_CODE = Reading(
    name=lambda one: one.code,
    split=lambda text: text.split(),
    split_further=lambda text: re.split("[,;|]+", text),
)
