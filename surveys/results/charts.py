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
    """`template` draws the marks; `rest` is the piece of a stacked bar that is hidden."""

    template: str
    marks: list[Mark] = field(default_factory=list)
    rest: Mark | None = None
    width: float = WHOLE
    height: float = HEIGHT
    mean_x: float | None = None


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
    mean = question.get("mean")
    mean_x = None if mean is None else round(step * mean + step / 2, 2)
    return Chart("surveys/results/columns.html", marks, width=step * len(choices), mean_x=mean_x)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(WHOLE * share, 2)


def _numbers(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/numbers.html")


def _words(question: dict[str, Any]) -> Chart:
    return Chart("surveys/results/words.html")


CHARTS: dict[str, Callable[[dict[str, Any]], Chart]] = {
    "single": _bars,
    "multiple": _bars,
    "boolean": _bars,
    "scale": _stack,
    "rating": _columns,
    "integer": _numbers,
    "text": _words,
}
"""How each kind of figures is drawn."""
