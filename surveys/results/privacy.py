"""What may be shown of the figures: nobody is found in a small group, not even by subtraction.

Plain Python. A group is small when it counts at least one response and fewer than the
campaign's threshold. The rule, and what it is held to:

1. A campaign with fewer responses than the threshold shows their number and nothing else; a
   question with fewer answers than the threshold shows its bases and nothing else. A row of a
   matrix is a question of its own.
2. In a table, a small count is hidden, and so is a count that nearly everybody shares: those
   who did *not* choose it are a small group too.
3. Then further counts are hidden, smallest first, until every hidden count could be as large
   as the threshold (and every group of those who did not choose it too) *for all that the
   figures left can tell*: their total, the bases, the mean of a rating, the mentions of a
   multiple choice, the zeros, the bases of the questions that depend on this one. A hidden
   count is therefore never alone, and the hidden ones together always count more than the
   threshold.
4. When hiding more counts does not do, the figure that ties them together goes (the mean, the
   shares of mentions), then the questions whose bases tell (see 7), and at last the whole table
   with its zeros. In a ranking, the mean ranks go as soon as a count does.
5. The mean, the median and the deviation of numbers describe at least `threshold` answers. The
   smallest and the largest value are shown only when that many answers share them, or they
   would be one person's answer; and when as many do not, or none, or the mean would give the
   others away.
6. Where categories are themselves answers (territories, texts that were worked out), those that
   are hidden are not even named: they are counted together.
7. Who was asked a conditional question is a group, and its size a count of what the condition
   names. The question is withdrawn, bases and all, when that group or the rest is small, when it
   would tell of something hidden in a question that it depends on, or when it differs from
   another such group by a small one. So is a computed value when anything is hidden of what it
   is computed from.

Other bases stay, as small as they are: that somebody did not answer says nothing of what anybody
answered. The exception is a table whose only count its base would give away, and those who
preferred not to say, who are told only when there are none or enough. A hidden figure is None,
and `hidden` counts them, among them those that would not exist if one could read that nobody
answered. Zeros are shown: nobody is in an empty group.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.results import bounds
from surveys.results.conditions import Conditions, Key

Figures = dict[str, Any]
BASES = ("asked", "answered", "not_answered", "declined", "not_applicable", "not_in_version")
BASES_OF_A_CONDITION = ("asked", "answered", "not_answered", "declined", "not_applicable")
STATISTICS = ("mean", "median", "stdev")
OF_ANSWERS = (*STATISTICS, "min", "max")
FIGURES = (*BASES, *OF_ANSWERS, "count", "share", "mention_share", "first", "mean_rank")
OTHERS = "_others"
"""The code of the categories that are counted together because naming them would tell."""


@dataclass(frozen=True)
class Extremes:
    """How many answers share a question's smallest value, and its largest."""

    lowest: int
    highest: int


@dataclass(frozen=True)
class Nature:
    """What is known of a question besides its figures.

    `least` and `most` bound how many choices one answer holds. The categories of an `unlisted`
    question are answers themselves.
    """

    exclusive: frozenset[str] = frozenset()
    least: int = 1
    most: int | None = None
    extremes: Extremes | None = None
    unlisted: bool = False


def protect(
    figures: Figures,
    *,
    natures: Mapping[str, Nature] | None = None,
    conditions: Conditions | None = None,
    others: str = "",
) -> Figures:
    """The same figures with what must not be shown replaced by None, counted in `hidden`.

    `natures` are by the question's code; `others` is the label of categories counted together.
    """
    questions = [_copied(question) for question in figures["questions"]]
    protection = _Protection(questions, figures["threshold"], natures or {}, conditions)
    if 0 < figures["responses"] < figures["threshold"]:
        for question in questions:
            protection.hide_everything(question)
    else:
        protection.hide(others)
    hidden = sum(_count_hidden(question) for question in questions)
    return {**figures, "questions": questions, "hidden": hidden}


def _count_hidden(holder: Figures) -> int:
    parts = (*holder.get("choices", []), *holder.get("rows", []))
    return sum(is_hidden(holder, name) for name in FIGURES) + sum(map(_count_hidden, parts))


def is_hidden(holder: Figures, name: str) -> bool:
    """Whether a figure of a question, a row or a choice is kept from the reader.

    None is also what has no value: the mean of no answers, the deviation of one, the rank of
    what nobody ranked. But only where the reader is told that there is none.
    """
    if name not in holder or holder[name] is not None:
        return False
    if name == "mean_rank":
        return holder["count"] != 0
    if name == "stdev" and holder["answered"] == 1:
        return False
    return name not in OF_ANSWERS or holder["answered"] != 0


def _copied(question: Figures) -> Figures:
    copy = dict(question)
    if "choices" in copy:
        copy["choices"] = [dict(choice) for choice in copy["choices"]]
    if "rows" in copy:
        copy["rows"] = [_copied(row) for row in copy["rows"]]
    return copy


@dataclass(frozen=True)
class Plan:
    """What is hidden of a table: some choices, what ties them, or all of it and its zeros.

    In a ranking, `first` holds the choices of which is hidden how often they came first.
    """

    choices: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    ties: bool = False
    whole: bool = False

    @property
    def hides(self) -> bool:
        return self.whole or bool(self.choices) or bool(self.first)


class _Unprotected(Exception):
    """No counts to hide are enough while the bases of the questions in `told_by` are shown."""

    def __init__(self, told_by: list[str]) -> None:
        super().__init__(told_by)
        self.told_by = told_by


class _Protection:
    """What is hidden of all the questions together."""

    def __init__(
        self,
        questions: list[Figures],
        threshold: int,
        natures: Mapping[str, Nature],
        conditions: Conditions | None,
    ) -> None:
        self.questions = {question["code"]: question for question in questions}
        self.threshold = threshold
        self.natures = natures
        self.conditions = conditions or Conditions()
        self.withdrawn: set[str] = set()

    # -- What is decided ---------------------------------------------------------------------

    def hide(self, others: str) -> None:
        plans = self._settled()
        for code, question in self.questions.items():
            if code in self.withdrawn:
                self.hide_everything(question, BASES_OF_A_CONDITION)
                continue
            guard = _Guard(question, self.threshold)
            guard.hide_declined()
            for key, holder in _tables(question):
                guard.carry_out(plans[key], holder)
            guard.hide_statistics(self._nature(code).extremes)
            if self._nature(code).unlisted:
                guard.count_together(others)

    def hide_everything(self, question: Figures, bases: Collection[str] = BASES) -> None:
        guard = _Guard(question, self.threshold)
        for _key, holder in _tables(question):
            guard.carry_out(Plan(whole=True), holder)
            if holder is not question:
                guard.hide_named(holder, "answered")
        guard.hide_named(question, *bases, *OF_ANSWERS)
        if self._nature(question["code"]).unlisted and "choices" in question:
            question["choices"] = []

    def _settled(self) -> dict[Key, Plan]:
        self.withdrawn |= self._small_groups()
        while True:
            try:
                plans = self._plans()
            except _Unprotected as error:
                self.withdrawn.add(min(error.told_by, key=self.conditions.smallest_side))
                continue
            telling = self._telling(plans)
            if not telling:
                return plans
            self.withdrawn |= telling

    def _plans(self) -> dict[Key, Plan]:
        return {
            key: self._plan(key, question, holder)
            for code, question in self.questions.items()
            if code not in self.withdrawn
            for key, holder in _tables(question)
        }

    def _plan(self, key: Key, question: Figures, holder: Figures) -> Plan:
        nature = self._nature(question["code"])
        if 0 < holder["answered"] < self.threshold:
            return Plan(whole=True, ties=True)
        if question["kind"] == "ranking":
            return self._plan_of_ranking(holder, nature)
        counts = {choice["code"]: choice["count"] for choice in holder["choices"]}
        told_by = self._followers(key)
        blocks = self.conditions.blocks(key, counts, told_by) if told_by else [set(counts)]
        kind = _kind(question, holder)
        tables = bounds.tables(
            kind, counts, holder["answered"], nature.exclusive, blocks, nature.least, nature.most
        )
        try:
            return self._plan_among(counts, holder["answered"], list(tables))
        except LookupError:
            if told_by:
                raise _Unprotected(told_by) from None
            return Plan(ties=True, whole=True)

    def _plan_among(self, counts: dict[str, int], answered: int, tables) -> Plan:
        """The least that the richest of these tables has to hide."""
        small = self._small_counts(counts, answered)
        if not small:
            return Plan()
        for table in tables:
            hidden = self._enough(table, counts, small)
            if hidden is not None:
                return Plan(frozenset(hidden), ties=not table.tied)
        raise LookupError

    def _plan_of_ranking(self, holder: Figures, nature: Nature) -> Plan:
        """Who ranked a choice at all, and who ranked it first, are two tables; the second says
        nothing of a choice that the first hides."""
        answered = holder["answered"]
        counts = {choice["code"]: choice["count"] for choice in holder["choices"]}
        first = {choice["code"]: choice["first"] for choice in holder["choices"]}
        ranked = bounds.SumTable(counts, answered, (), least=nature.least, most=nature.most)
        try:
            hidden = self._plan_among(counts, answered, [ranked]).choices
        except LookupError:
            return Plan(ties=True, whole=True)
        small = self._small_counts(first, answered) | hidden
        if not small:
            return Plan()
        ceilings = {code: count for code, count in counts.items() if code not in hidden}
        firsts = self._enough(bounds.SumTable(first, answered, ceilings=ceilings), first, small)
        if firsts is None:
            return Plan(ties=True, whole=True)
        return Plan(hidden, frozenset(firsts), ties=True)

    def _small_counts(self, counts: Mapping[str, int], answered: int) -> set[str]:
        return {
            code
            for code, count in counts.items()
            if self._is_small(count) or self._is_small(answered - count)
        }

    def _is_small(self, count: int) -> bool:
        return 0 < count < self.threshold

    def _enough(self, table: bounds.Table, counts: Mapping[str, int], small: Collection[str]):
        """The fewest choices to hide, or None when hiding all that were chosen is not enough."""
        hidden = set(small)
        more = sorted((count, code) for code, count in counts.items() if count)
        waiting = [code for _count, code in more if code not in hidden]
        while exposed := table.exposed(hidden, small=self.threshold):
            helpful = [code for code in waiting if table.helps(code, exposed)]
            if not helpful:
                break
            hidden.add(helpful[0])
            waiting.remove(helpful[0])
        else:
            return hidden
        everything = set(counts)
        return None if table.exposed(everything, small=self.threshold) else everything

    # -- What conditions tell ------------------------------------------------------------------

    def _nature(self, code: str) -> Nature:
        return self.natures.get(code, Nature())

    def _shown_conditionals(self) -> list[str]:
        return [code for code in self.conditions.conditionals if code not in self.withdrawn]

    def _follows_one_table(self, code: str) -> bool:
        """Whether the group is only a sum of counts of one question: its table answers for it."""
        return any(code in self._followers((name, "")) for name in self.questions)

    def _followers(self, key: Key) -> list[str]:
        """The shown questions that are asked according to one choice of this table alone."""
        if key not in self.conditions.cells:
            return []
        if _kind(self.questions[key[0]], {}) not in bounds.ONE_CHOICE:
            return []
        return [
            code
            for code in self._shown_conditionals()
            if self.conditions.conditionals[code].depends_on == {key[0]}
            and self.conditions.follows(key, code)
        ]

    def _small_groups(self) -> set[str]:
        return {
            code
            for code, one in self.conditions.conditionals.items()
            if not self._follows_one_table(code)
            and (
                self._is_small(self.conditions.size(one.asked))
                or self._is_small(self.conditions.size(one.not_asked))
            )
        }

    def _telling(self, plans: Mapping[Key, Plan]) -> set[str]:
        """The questions that tell of what these plans hide."""
        shown = self._shown_conditionals()
        found = {code for code in shown if self._tells(code, plans)}
        for pair in self.conditions.small_differences(shown, self._is_small):
            if not pair & found:
                found.add(min(sorted(pair), key=self.conditions.smallest_side))
        for name in self.questions:
            family = [
                code
                for code in shown
                if code not in found and name in self.conditions.conditionals[code].depends_on
            ]
            if (
                family
                and not self._has_counts(name)
                and self.conditions.has_small_piece(name, family, self._is_small)
            ):
                found.add(min(family, key=self.conditions.smallest_side))
        return found

    def _has_counts(self, name: str) -> bool:
        return any(key[0] == name for key in self.conditions.cells)

    def _tells(self, code: str, plans: Mapping[Key, Plan]) -> bool:
        one = self.conditions.conditionals[code]
        if any(self._hides(name, plans) for name in one.computed_from):
            return True
        return any(self._tells_of(code, name, plans) for name in one.depends_on)

    def _hides(self, name: str, plans: Mapping[Key, Plan]) -> bool:
        """Whether a count of this question is hidden, or all of it."""
        question = self.questions[name]
        return (
            name in self.withdrawn
            or self._is_small(question["answered"])
            or any(plan.hides for key, plan in plans.items() if key[0] == name)
        )

    def _tells_of(self, code: str, name: str, plans: Mapping[Key, Plan]) -> bool:
        question = self.questions[name]
        if name in self.withdrawn or self._is_small(question["answered"]):
            return True
        for key, _holder in _tables(question):
            plan = plans[key]
            if plan.whole or (plan.hides and key not in self.conditions.cells):
                return True
            if not plan.hides or code in self._followers(key):
                continue
            tells = self.conditions.tells_of_sums
            if _kind(question, _holder) not in bounds.ONE_CHOICE:
                tells = self.conditions.tells_of_overlaps
            if tells(key, code, plan.choices):
                return True
        return False


def _tables(question: Figures) -> Iterator[tuple[Key, Figures]]:
    """The tables of counts of a question, and what holds each: the question, or its rows."""
    if "choices" in question:
        yield (question["code"], ""), question
    for row in question.get("rows", []):
        yield (question["code"], row["code"]), row


def _kind(question: Figures, holder: Figures) -> str:
    if question["kind"] != "matrix":
        return question["kind"]
    several = any("mention_share" in choice for choice in holder.get("choices", []))
    return "multiple" if several else "single"


class _Guard:
    """Hides figures of one question."""

    def __init__(self, question: Figures, threshold: int) -> None:
        self.question = question
        self.threshold = threshold

    def hide_declined(self) -> None:
        declined = self.question.get("declined")
        if declined is not None and self.question["not_answered"] and declined < self.threshold:
            self.hide_named(self.question, "declined")

    def hide_statistics(self, extremes: Extremes | None) -> None:
        answered = self.question["answered"]
        if answered is not None and 0 < answered < self.threshold:
            self.hide_named(self.question, *OF_ANSWERS)
        elif extremes is not None:
            self._hide_extremes(extremes)

    def _hide_extremes(self, extremes: Extremes) -> None:
        answered = self.question["answered"]
        if any(choice["count"] is None for choice in self.question.get("choices", [])):
            # Who shares the first day is in the first period, whose count may be hidden.
            self.hide_named(self.question, "min", "max")
            return
        if answered is None or extremes.lowest == answered:
            return
        shown = {"min": extremes.lowest, "max": extremes.highest}
        for name, sharing in tuple(shown.items()):
            if sharing < self.threshold or self._is_small(answered - sharing):
                del shown[name]
        if self._is_small(answered - sum(shown.values())):
            shown = {}
        self.hide_named(self.question, *({"min", "max"} - set(shown)))

    def _is_small(self, count: int) -> bool:
        return 0 < count < self.threshold

    def carry_out(self, plan: Plan, holder: Figures) -> None:
        choices = holder["choices"]
        codes = {choice["code"] for choice in choices} if plan.whole else plan.choices
        for choice in choices:
            if choice["code"] in codes:
                self.hide_named(choice, "count", "share", "mention_share")
            if plan.whole or choice["code"] in plan.first:
                self.hide_named(choice, "first")
            if plan.ties or choice["code"] in codes:
                self.hide_named(choice, "mention_share", "mean_rank")
        if plan.ties:
            self.hide_named(holder, "mean")
        answered = holder["answered"]
        if len(codes) == len(choices) and (len(codes) == 1 or len(codes) == answered == 2):
            # One count is its base; two people who answered differently are one and one.
            self.hide_named(holder, "answered", "not_answered")
            self.hide_named(self.question, "answered", "not_answered")

    def count_together(self, label: str) -> None:
        """What is hidden, in one line; nothing at all where all of it is."""
        choices = self.question.get("choices")
        if choices is None:
            return
        shown = [choice for choice in choices if choice["count"] is not None]
        if len(shown) == len(choices):
            return
        answered = self.question["answered"]
        if shown:
            count = answered - sum(choice["count"] for choice in shown)
            together = {"code": OTHERS, "label": label, "count": count}
            shown.append({**together, "share": round(count / answered, 4)})
        self.question["choices"] = shown

    def hide_named(self, holder: Figures, *names: str) -> None:
        for name in names:
            if name in holder:
                holder[name] = None
