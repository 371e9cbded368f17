"""The geometry of charts: numbers in, positions out. Templates draw, style sheets colour.

Plain Python. A hidden figure has no geometry: where counts are hidden, what is left of the
whole is one hatched piece, which tells no more than the bases do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WHOLE = 100.0
TONES = 5
BESIDE_THE_SCALE = "non_concerne"
"""The code of "not concerned": not one more point, and not drawn like one."""
COLUMN, GAP, HEIGHT = 22, 8, 100


@dataclass(frozen=True)
class Mark:
    """A bar, a piece of a stacked bar or a column, and the choice it stands for.

    `tone` tells the points of a scale apart, from 1 (the first) to 5 (the last); 0 is beside
    the scale.
    """

    choice: dict[str, Any]
    x: float = 0.0
    y: float = 0.0
    width: float | None = None
    height: float | None = None
    tone: int = 0

    @property
    def middle(self) -> float:
        return self.x + (self.width or 0.0) / 2


@dataclass(frozen=True)
class Chart:
    """`template` draws the marks; `rest` is the piece of a stacked bar that is hidden.

    `rows` are the lines of a matrix, each with its own chart.
    """

    template: str
    marks: list[Mark] = field(default_factory=list)
    rest: Mark | None = None
    width: float = WHOLE
    height: float = HEIGHT
    mean_x: float | None = None
    highest: str = ""
    rows: "list[Line]" = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row of a matrix: its figures, which are those of a question, and how to draw them."""

    row: dict[str, Any]
    chart: Chart

    @property
    def has_mentions(self) -> bool:
        return any("mention_share" in choice for choice in self.row["choices"])


def draw(question: dict[str, Any]) -> Chart:
    return CHARTS[question["kind"]](question)


def _bars(question: dict[str, Any]) -> Chart:
    marks = [Mark(choice, width=_percent(choice["share"])) for choice in question["choices"]]
    return Chart("surveys/results/bars.html", marks)


def _stack(question: dict[str, Any]) -> Chart:
    marks, x = [], 0.0
    tones = _tones([choice["code"] for choice in question["choices"]])
    for choice, tone in zip(question["choices"], tones, strict=True):
        width = _percent(choice["share"])
        marks.append(Mark(choice, x=round(x, 2), width=width, tone=tone))
        x += width or 0.0
    hidden = any(mark.width is None for mark in marks)
    # Shares are rounded: what misses at the end of a whole is not a piece.
    rest = Mark({}, x=round(x, 2), width=round(max(0.0, WHOLE - x), 2)) if hidden else None
    return Chart("surveys/results/stack.html", marks, rest)


def _tones(codes: list[str]) -> list[int]:
    """From the lightest to the darkest over the points of the scale, however many there are."""
    points = [code for code in codes if code != BESIDE_THE_SCALE]
    steps = max(1, len(points) - 1)
    tones = {code: 1 + round((TONES - 1) * rank / steps) for rank, code in enumerate(points)}
    return [tones.get(code, 0) for code in codes]


def _columns(question: dict[str, Any]) -> Chart:
    choices = question["choices"]
    highest = max((choice["share"] or 0.0 for choice in choices), default=0.0)
    step = COLUMN + GAP
    marks = []
    for number, choice in enumerate(choices):
        height = None
        if choice["share"] is not None:
            height = round(HEIGHT * choice["share"] / highest, 2) if highest else 0.0
        marks.append(
            Mark(choice, x=step * number + GAP / 2, y=HEIGHT - (height or 0.0),
                 width=COLUMN, height=height)
        )  # fmt: skip
    lowest, highest = int(choices[0]["code"]), choices[-1]["code"]
    mean = question.get("mean")
    mean_x = None if mean is None else round(step * (mean - lowest) + step / 2, 2)
    return Chart(
        "surveys/results/columns.html",
        marks,
        width=step * len(choices),
        mean_x=mean_x,
        highest=highest,
    )


def _matrix(question: dict[str, Any]) -> Chart:
    """One scale for all rows: stacks that are compared; several choices: bars."""
    lines = []
    for row in question["rows"]:
        several = any("mention_share" in choice for choice in row["choices"])
        lines.append(Line(row, _bars(row) if several else _stack(row)))
    return Chart("surveys/results/matrix.html", rows=lines)


def _ranking(question: dict[str, Any]) -> Chart:
    """The longer the bar, the better the rank: a mean of 1 fills it."""
    last = _last_rank(question["choices"])
    marks = []
    for choice in question["choices"]:
        mean = choice["mean_rank"]
        width = None if mean is None else _percent((last - mean + 1) / last)
        marks.append(Mark(choice, width=width))
    return Chart("surveys/results/ranking.html", marks)


def _last_rank(choices: list[dict[str, Any]]) -> int:
    """The last rank that is given; where figures are hidden, as many as there are choices."""
    given = [(choice["count"], choice["mean_rank"]) for choice in choices if choice["count"] != 0]
    if not given or any(None in figures for figures in given):
        return len(choices)
    ranked = sum(count for count, _mean in given)
    # The mean of the ranks 1 to n is (n + 1) / 2.
    return round(2 * sum(count * mean for count, mean in given) / ranked - 1)


def _computed(question: dict[str, Any]) -> Chart:
    return _bars(question) if "choices" in question else _numbers(question)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(WHOLE * share, 2)


def _numbers(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/numbers.html")


def _words(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/words.html")


def _files(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/files.html")


def _periods(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/periods.html", _bars(question).marks)


CHARTS: dict[str, Callable[[dict[str, Any]], Chart]] = {
    "single": _bars,
    "multiple": _bars,
    "boolean": _bars,
    "scale": _stack,
    "rating": _columns,
    "ranking": _ranking,
    "matrix": _matrix,
    "integer": _numbers,
    "decimal": _numbers,
    "date": _periods,
    "time": _periods,
    "territory": _bars,
    "text": _words,
    "file": _files,
    "computed": _computed,
}
"""How each kind of figures is drawn."""
