"""How the answers to one question are counted: one tally per kind of question.

Plain Python. Counts only: what may be shown of them is decided in `privacy`. Rates are
rounded to four decimals, like everything the product prints.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from surveys.results.questions import NO, YES, AskedQuestion, Category

DECIMALS = 4
NOT_ANSWERED = ""
"""The category of those who did not answer, in a cross-table."""
MOST_PERIODS = 24
"""How many periods of time a table of dates has at most: then they are longer."""


def rate(part: int, whole: int) -> float:
    return round(part / whole, DECIMALS) if whole else 0.0


def listed(known: Iterable[Category], chosen: Iterable[str]) -> list[Category]:
    """The categories to print: a choice that no version explains is printed by its id."""
    found = {category.id: category for category in known}
    strangers = sorted(set(chosen) - found.keys())
    return [*found.values(), *(Category(one, one, one) for one in strangers)]


class Tally(Protocol):
    name: str
    """The kind as figures call it."""

    answered: int

    def __init__(self, question: AskedQuestion) -> None: ...

    def add(self, value: Any) -> None: ...

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What this kind adds to the question's bases; `groups` holds one tally per category
        of the question it is crossed with."""


# -- Choices -----------------------------------------------------------------------------


class ChoiceTally:
    name = "single"

    def __init__(self, question: AskedQuestion) -> None:
        self.categories = question.categories
        self.counts: Counter[str] = Counter()
        self.answered = 0

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        """The ids of the categories that a value falls in."""
        return (value["choice"],)

    def add(self, value: Any) -> None:
        self.answered += 1
        for key in self.keys(value):
            self.counts[key] += 1

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        categories = listed(self.categories, self.counts)
        return {"choices": [self._choice(category, groups) for category in categories]}

    def _choice(self, category: Category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        count = self.counts[category.id]
        choice = {
            "code": category.code,
            "label": category.label,
            "count": count,
            "share": rate(count, self.answered),
        }
        if groups is not None:
            choice["by"] = {code: group.counts[category.id] for code, group in groups.items()}
        return choice


class ScaleTally(ChoiceTally):
    name = "scale"


class MultipleTally(ChoiceTally):
    """`share` is of respondents, `mention_share` of mentions."""

    name = "multiple"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return tuple(value["choices"])

    def _choice(self, category: Category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        choice = super()._choice(category, groups)
        mentions = sum(self.counts.values())
        by = {"by": choice.pop("by")} if groups is not None else {}
        return {**choice, "mention_share": rate(choice["count"], mentions), **by}


class BooleanTally(ChoiceTally):
    name = "boolean"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (YES if value else NO,)


class RatingTally(ChoiceTally):
    name = "rating"

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (str(value),)

    @property
    def mean(self) -> float | None:
        points = sum(int(key) * count for key, count in self.counts.items())
        return rate(points, self.answered) if self.answered else None

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {**super().figures(groups), **_mean(self, groups)}


class TerritoryTally(ChoiceTally):
    """Only the territories that were chosen, in the order of their names."""

    name = "territory"

    def __init__(self, question: AskedQuestion) -> None:
        super().__init__(question)
        self.names = question.names

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (value,)

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        chosen = [Category(code, code, self.names.get(code, code)) for code in self.counts]
        chosen.sort(key=lambda category: (category.label.casefold(), category.code))
        return {"choices": [self._choice(category, groups) for category in chosen]}


class RankingTally:
    """`share` and `first` are of those who answered; `mean_rank` of those who ranked it."""

    name = "ranking"

    def __init__(self, question: AskedQuestion) -> None:
        self.categories = question.categories
        self.answered = 0
        self.counts: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.ranks: Counter[str] = Counter()

    def add(self, value: dict[str, list[str]]) -> None:
        self.answered += 1
        for rank, choice in enumerate(value["ranking"], start=1):
            self.counts[choice] += 1
            self.ranks[choice] += rank
            self.first[choice] += rank == 1

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        categories = listed(self.categories, self.counts)
        return {"choices": [self._choice(category, groups) for category in categories]}

    def _choice(self, category: Category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        count = self.counts[category.id]
        choice = {
            "code": category.code,
            "label": category.label,
            "count": count,
            "share": rate(count, self.answered),
            "first": self.first[category.id],
            "mean_rank": rate(self.ranks[category.id], count) if count else None,
        }
        if groups is not None:
            choice["by"] = {code: group.counts[category.id] for code, group in groups.items()}
        return choice


class MatrixTally:
    """A table of choices for each row; a row's shares are of those who answered that row."""

    name = "matrix"

    def __init__(self, question: AskedQuestion) -> None:
        self.rows = question.rows
        self.several = question.several
        self.answered = 0
        self.question = question
        self.tallies = {row.id: self._tally() for row in question.rows}

    def _tally(self) -> ChoiceTally:
        return MultipleTally(self.question) if self.several else ChoiceTally(self.question)

    def add(self, value: dict[str, Any]) -> None:
        self.answered += 1
        for row, chosen in value["rows"].items():
            if row not in self.tallies:
                self.tallies[row] = self._tally()
            many = chosen if isinstance(chosen, list) else [chosen]
            self.tallies[row].add({"choices": many} if self.several else {"choice": many[0]})

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        rows = listed(self.rows, self.tallies)
        return {"rows": [self._row(row, groups) for row in rows]}

    def _row(self, row: Category, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        tally = self.tallies[row.id]
        crossed = None
        if groups is not None:
            empty = self._tally()
            crossed = {code: group.tallies.get(row.id, empty) for code, group in groups.items()}
        return {
            "code": row.code,
            "label": row.label,
            "answered": tally.answered,
            **tally.figures(crossed),
        }


# -- Numbers -----------------------------------------------------------------------------


class NumberTally:
    """Keeps each different value once, which is what a median costs.

    Exact until the last step: large values would lose their difference in floats.
    """

    name = "integer"

    def __init__(self, question: AskedQuestion) -> None:
        self.values: Counter[Any] = Counter()
        self.answered = 0

    @staticmethod
    def exact(value: Any) -> Any:
        return value

    def add(self, value: Any) -> None:
        self.answered += 1
        self.values[self.exact(value)] += 1

    @property
    def mean(self) -> float | None:
        if not self.answered:
            return None
        # A whole number divided by another is rounded once; fractions are divided as such.
        return round(float(self._sum() / self.answered), DECIMALS)

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            **_mean(self, groups),
            "median": self._median(),
            "min": _plain(min(self.values, default=None)),
            "max": _plain(max(self.values, default=None)),
            "stdev": self._deviation(),
        }

    def extremes(self) -> tuple[int, int]:
        """How many answers share the smallest value, and the largest."""
        if not self.values:
            return 0, 0
        return self.values[min(self.values)], self.values[max(self.values)]

    def _sum(self, power: int = 1) -> Any:
        return sum(value**power * count for value, count in self.values.items())

    def _median(self) -> int | float | None:
        if not self.answered:
            return None
        low, high = self._at((self.answered - 1) // 2), self._at(self.answered // 2)
        return _plain(Fraction(low + high) / 2)

    def _at(self, rank: int) -> Any:
        for value in sorted(self.values):
            rank -= self.values[value]
            if rank < 0:
                return value
        raise IndexError(rank)

    def _deviation(self) -> float | None:
        """The standard deviation of a sample (divided by n - 1)."""
        n = self.answered
        if n < 2:
            return None
        spread = Fraction(n * self._sum(2) - self._sum() ** 2) / (n * (n - 1))
        return round(math.sqrt(spread), DECIMALS)


class DecimalTally(NumberTally):
    """Decimals as they are written: 0.1 is a tenth."""

    name = "decimal"

    @staticmethod
    def exact(value: Any) -> Fraction:
        return Fraction(str(value))


def _plain(value: Any) -> int | float | None:
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.denominator == 1 else float(value)


class ComputedTally:
    """What the questionnaire worked out: numbers when all are, or the texts that came out."""

    name = "computed"

    def __init__(self, question: AskedQuestion) -> None:
        self.numbers = DecimalTally(question)
        self.texts = TextsTally(question)
        self.answered = 0

    def add(self, value: Any) -> None:
        self.answered += 1
        if _is_number(value):
            self.numbers.add(value)
        self.texts.add(_written(value))

    @property
    def is_numeric(self) -> bool:
        return self.numbers.answered == self.answered

    @property
    def mean(self) -> float | None:
        return self.numbers.mean

    def extremes(self) -> tuple[int, int]:
        return self.numbers.extremes()

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        part = "numbers" if self.is_numeric else "texts"
        crossed = None
        if groups is not None:
            crossed = {code: getattr(group, part) for code, group in groups.items()}
        return getattr(self, part).figures(crossed)


class TextsTally(ChoiceTally):
    """The texts that came out, the most frequent first."""

    @staticmethod
    def keys(value: Any) -> tuple[str, ...]:
        return (value,)

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        found = sorted(self.counts, key=lambda text: (-self.counts[text], text))
        return {"choices": [self._choice(Category(text, text, text), groups) for text in found]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# -- Time --------------------------------------------------------------------------------


class DateTally:
    """The first and the last day, and how many answers fall in each month, year or longer."""

    name = "date"

    def __init__(self, question: AskedQuestion) -> None:
        self.values: Counter[str] = Counter()
        self.answered = 0
        self.names = question.names

    def add(self, value: str) -> None:
        self.answered += 1
        self.values[value] += 1

    def extremes(self) -> tuple[int, int]:
        if not self.values:
            return 0, 0
        return self.values[min(self.values)], self.values[max(self.values)]

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        periods = list(self._periods())
        return {
            "choices": [self._choice(period, groups) for period in periods],
            "min": min(self.values, default=None),
            "max": max(self.values, default=None),
        }

    def _periods(self) -> Iterator["_Period"]:
        """Every period between the first and the last, those without an answer too."""
        months = [_month(value) for value in self.values]
        if not months:
            return
        for length in (1, 12, 120, 1200, 12000):
            first, last = min(months) // length, max(months) // length
            if last - first < MOST_PERIODS:
                break
        for number in range(first, last + 1):
            yield _Period(number, length)

    def count_in(self, period: "_Period") -> int:
        return sum(count for value, count in self.values.items() if period.holds(value))

    def _choice(self, period: "_Period", groups: Mapping[str, Any] | None) -> dict[str, Any]:
        count = self.count_in(period)
        choice = {
            "code": period.code,
            "label": period.label(self.names),
            "count": count,
            "share": rate(count, self.answered),
        }
        if groups is not None:
            choice["by"] = {code: group.count_in(period) for code, group in groups.items()}
        return choice


class _Period:
    """A number of months, counted from the year 0."""

    def __init__(self, number: int, length: int) -> None:
        self.number, self.length = number, length

    def holds(self, value: str) -> bool:
        return _month(value) // self.length == self.number

    @property
    def code(self) -> str:
        year, month = divmod(self.number * self.length, 12)
        if self.length == 1:
            return f"{year:04}-{month + 1:02}"
        years = self.length // 12
        return f"{year:04}" if years == 1 else f"{year:04}-{year + years - 1:04}"

    def label(self, names: Mapping[str, str]) -> str:
        if self.length > 1:
            return self.code.replace("-", "–")
        year, month = self.code.split("-")
        name = names.get(f"month-{month}")
        return f"{name} {int(year)}" if name else self.code


def _month(value: str) -> int:
    day = date.fromisoformat(value)
    return 12 * day.year + day.month - 1


class TimeTally:
    """The earliest and the latest, and how many answers fall in each hour between them."""

    name = "time"

    def __init__(self, question: AskedQuestion) -> None:
        self.values: Counter[str] = Counter()
        self.answered = 0

    def add(self, value: str) -> None:
        self.answered += 1
        self.values[value] += 1

    def extremes(self) -> tuple[int, int]:
        if not self.values:
            return 0, 0
        return self.values[min(self.values)], self.values[max(self.values)]

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        hours = [int(value[:2]) for value in self.values]
        between = range(min(hours), max(hours) + 1) if hours else ()
        return {
            "choices": [self._choice(f"{hour:02}", groups) for hour in between],
            "min": min(self.values, default=None),
            "max": max(self.values, default=None),
        }

    def count_in(self, hour: str) -> int:
        return sum(count for value, count in self.values.items() if value.startswith(hour))

    def _choice(self, hour: str, groups: Mapping[str, Any] | None) -> dict[str, Any]:
        count = self.count_in(hour)
        choice = {
            "code": hour,
            "label": f"{hour}:00–{hour}:59",
            "count": count,
            "share": rate(count, self.answered),
        }
        if groups is not None:
            choice["by"] = {code: group.count_in(hour) for code, group in groups.items()}
        return choice


# -- Words and files ---------------------------------------------------------------------


class TextTally:
    """A text is not a figure: how many wrote one, no more."""

    name = "text"

    def __init__(self, question: AskedQuestion) -> None:
        self.answered = 0

    def add(self, value: Any) -> None:
        self.answered += 1

    def figures(self, groups: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {}


class FileTally(TextTally):
    name = "file"


def _mean(tally: Any, groups: Mapping[str, Any] | None) -> dict[str, Any]:
    if groups is None:
        return {"mean": tally.mean}
    return {"mean": tally.mean, "by": {code: group.mean for code, group in groups.items()}}


TALLIES: dict[str, type[Tally]] = {
    "single": ChoiceTally,
    "multiple": MultipleTally,
    "boolean": BooleanTally,
    "scale": ScaleTally,
    "rating": RatingTally,
    "ranking": RankingTally,
    "matrix": MatrixTally,
    "integer": NumberTally,
    "decimal": DecimalTally,
    "date": DateTally,
    "time": TimeTally,
    "text": TextTally,
    "long_text": TextTally,
    "email": TextTally,
    "phone": TextTally,
    "territory": TerritoryTally,
    "place": TextTally,
    "file": FileTally,
    "computed": ComputedTally,
}
"""How each kind of question is counted. Statements are never answered."""

BY_CATEGORY: dict[str, type[ChoiceTally]] = {
    kind: TALLIES[kind]  # type: ignore[misc]
    for kind in ("single", "multiple", "boolean", "scale", "rating")
}
"""The kinds that sort answers, and so can filter and cross figures."""
