"""What may be shown of the figures: nobody is found in a small group, not even by subtraction.

Plain Python. A group is small when it counts at least one response and fewer than the
campaign's threshold. The rule, and what it is held to:

1. A campaign with fewer responses than the threshold shows their number and nothing else; a
   question with fewer answers than the threshold shows its bases and nothing else.
2. In a question's table, a small count is hidden, and so is a count that nearly everybody
   shares: those who did *not* choose it are a small group too.
3. Then further counts are hidden, smallest first, until every hidden count could be as large
   as the threshold (and every group of those who did not choose it too) *for all that the
   figures left can tell*: their total, the bases, the mean of a rating, the mentions of a
   multiple choice, the zeros. A hidden count is therefore never alone, and the hidden ones
   together always count more than the threshold.
4. When hiding more counts does not do, the figure that ties them together goes (the mean, the
   shares of mentions), and at last the whole table with its zeros.
5. The mean, the median and the deviation of numbers describe at least `threshold` answers. The
   smallest and the largest value are shown only when that many answers share them, or they
   would be one person's answer; and when as many do not, or none, or the mean would give the
   others away.

Bases stay, as small as they are: that somebody did not answer says nothing of what anybody
answered. The exception is a table whose only count its base would give away. A hidden figure
is None, and `hidden` counts them. Zeros are shown: nobody is in an empty group.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.results import bounds

Figures = dict[str, Any]
BASES = ("asked", "answered", "not_answered", "not_applicable", "not_in_version")
STATISTICS = ("mean", "median", "stdev")


@dataclass(frozen=True)
class Extremes:
    """How many answers share a question's smallest value, and its largest."""

    lowest: int
    highest: int


def protect(
    figures: Figures,
    *,
    exclusive: Mapping[str, Collection[str]],
    extremes: Mapping[str, Extremes],
) -> Figures:
    """The same figures with what must not be shown replaced by None, counted in `hidden`.

    `exclusive` holds the exclusive choices of each multiple choice, `extremes` how shared the
    smallest and largest values are, both by the question's code.
    """
    threshold = figures["threshold"]
    hide_all = 0 < figures["responses"] < threshold
    questions = [dict(question) for question in figures["questions"]]
    hidden = 0
    for question in questions:
        code = question["code"]
        guard = _Guard(question, threshold)
        if hide_all:
            guard.hide_everything()
        elif 0 < question["answered"] < threshold:
            guard.hide_answers()
        elif question["kind"] == "integer":
            guard.hide_extremes(extremes[code])
        elif "choices" in question:
            guard.hide_small_groups(frozenset(exclusive.get(code, ())))
        hidden += guard.hidden
    return {**figures, "questions": questions, "hidden": hidden}


class _Guard:
    """Hides figures of one question, and counts them."""

    def __init__(self, question: Figures, threshold: int) -> None:
        self.question = question
        self.threshold = threshold
        self.hidden = 0
        if "choices" in question:
            question["choices"] = [dict(choice) for choice in question["choices"]]

    def hide_everything(self) -> None:
        self.hide_answers()
        self._hide(self.question, *BASES)

    def hide_answers(self) -> None:
        self._hide(self.question, *STATISTICS, "min", "max")
        if "choices" in self.question:
            self._hide_table()

    def hide_extremes(self, extremes: Extremes) -> None:
        answered = self.question["answered"]
        if extremes.lowest == answered:
            return
        shown = {"min": extremes.lowest, "max": extremes.highest}
        for name, sharing in tuple(shown.items()):
            if sharing < self.threshold or self._is_small(answered - sharing):
                del shown[name]
        if self._is_small(answered - sum(shown.values())):
            shown = {}
        self._hide(self.question, *({"min", "max"} - set(shown)))

    def hide_small_groups(self, exclusive: frozenset[str]) -> None:
        counts = {choice["code"]: choice["count"] for choice in self.question["choices"]}
        answered = self.question["answered"]
        small = {
            code
            for code, count in counts.items()
            if self._is_small(count) or self._is_small(answered - count)
        }
        if not small:
            return
        for table in bounds.tables(self.question["kind"], counts, answered, exclusive):
            hidden = self._enough(table, counts, small)
            if hidden is not None:
                self._hide_choices(hidden)
                if not table.tied:
                    self._hide_ties()
                return
        self._hide_ties()
        self._hide_table()

    def _is_small(self, count: int) -> bool:
        return 0 < count < self.threshold

    def _enough(self, table: bounds.Table, counts: dict[str, int], small: set[str]):
        """The fewest choices to hide, or None when hiding all that were chosen is not enough."""
        hidden = set(small)
        more = sorted((count, code) for code, count in counts.items() if count)
        waiting = [code for _count, code in more if code not in hidden]
        while True:
            if table.keeps_secret(hidden, small=self.threshold):
                return hidden
            if not waiting:
                break
            hidden.add(waiting.pop(0))
        everything = set(counts)
        return everything if table.keeps_secret(everything, small=self.threshold) else None

    def _hide_choices(self, codes: Collection[str]) -> None:
        for choice in self.question["choices"]:
            if choice["code"] in codes:
                self._hide(choice, "count", "share", "mention_share")
        whole, answered = len(codes), self.question["answered"]
        if whole == len(self.question["choices"]) and (whole == 1 or whole == answered == 2):
            # One count is its base; two people who answered differently are one and one.
            self._hide(self.question, "answered", "not_answered")

    def _hide_ties(self) -> None:
        self._hide(self.question, "mean")
        for choice in self.question["choices"]:
            self._hide(choice, "mention_share")

    def _hide_table(self) -> None:
        self._hide_choices([choice["code"] for choice in self.question["choices"]])

    def _hide(self, holder: dict[str, Any], *names: str) -> None:
        for name in names:
            if holder.get(name) is not None:
                holder[name] = None
                self.hidden += 1
