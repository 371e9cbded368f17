"""Scores, by section and by commitment of the charter, from 0 to 100. Plain Python.

The score of a section is 100 times the mean, over its scored questions that were answered, of

    (points - lowest) / (highest - lowest)

- Where choices have a `score`, the points of an answer are the score of its choice, or the sum
  of those of several choices; lowest and highest are the least and the most that can be had. A
  choice without a score counts as no answer, like "not concerned". Each row of a matrix whose
  choices have scores counts as a question.
- On a scale without scores, the points are the rank of the point, the first being the lowest;
  `non_concerne` is not a point.
- Of a rating, the points are the rating itself.

Every question weighs the same. What was not answered, declined or not asked weighs nothing; a
section or a commitment of which nothing was scored has no score.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import Choice, Definition, Question
from surveys.questionnaires.question_types import rating_bounds

NOT_CONCERNED = "non_concerne"


@dataclass(frozen=True)
class Scores:
    """From 0 to 100, by the id of a section and by the anchor of a commitment."""

    sections: dict[str, float]
    commitments: dict[str, float]


def scores_of(definition: Definition, document: Mapping[str, Any]) -> Scores:
    """The scores of a document as it was sent: without the answers that conditions hide."""
    sections: dict[str, list[float]] = {}
    commitments: dict[str, list[float]] = {}
    for section in definition.sections:
        for question in section.questions:
            parts = list(parts_of(question, document.get(question.id)))
            sections.setdefault(section.id, []).extend(parts)
            for anchor in question.commitments:
                commitments.setdefault(anchor, []).extend(parts)
    return Scores(_means(sections), _means(commitments))


def is_scored(question: Question) -> bool:
    """Whether its answers count in a score."""
    return bool(_points(question)) or question.kind == "rating"


def parts_of(question: Question, answer: Any) -> Iterator[float]:
    """Where an answer stands between the lowest, 0, and the highest, 1: of a matrix, by row."""
    if answer is None or (isinstance(answer, dict) and answer.get("declined")):
        return
    if question.kind == "rating":
        lowest, highest = rating_bounds(question)
        yield from _part(answer, lowest, highest)
        return
    points = _points(question)
    for chosen in _chosen(answer):
        had = [points[one] for one in chosen if one in points]
        if had:
            yield from _part(sum(had), *_bounds(question, points.values()))


def _part(points: float, lowest: float, highest: float) -> Iterator[float]:
    if highest > lowest:
        yield (points - lowest) / (highest - lowest)


def _points(question: Question) -> dict[str, float]:
    """What each choice is worth, by its id."""
    scored = {one.id: float(one.score) for one in question.choices if one.score is not None}
    if scored or question.kind != "scale":
        return scored
    points: list[Choice] = [one for one in question.choices if one.code != NOT_CONCERNED]
    return {choice.id: float(rank) for rank, choice in enumerate(points)}


def _bounds(question: Question, points: Iterable[float]) -> tuple[float, float]:
    worth = list(points)
    if question.kind == "multiple" or question.several:
        return sum(min(one, 0) for one in worth), sum(max(one, 0) for one in worth)
    return min(worth), max(worth)


def _chosen(answer: Any) -> list[list[str]]:
    """The ids of what was chosen together: one list, or one for each row of a matrix."""
    if not isinstance(answer, dict):
        return []
    if "rows" in answer:
        return [row if isinstance(row, list) else [row] for row in answer["rows"].values()]
    return [answer.get("choices") or [answer.get("choice", "")]]


def _means(parts: Mapping[str, list[float]]) -> dict[str, float]:
    return {key: 100 * sum(ones) / len(ones) for key, ones in parts.items() if ones}
