"""Figures with their charts, as screens show them."""

from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import OTHER
from surveys.results import charts


@dataclass(frozen=True)
class Drawn:
    """A question's figures and their chart."""

    question: dict[str, Any]
    chart: charts.Chart

    @property
    def has_mentions(self) -> bool:
        return self.question["kind"] == "multiple"

    @property
    def has_words(self) -> bool:
        codes = {choice["code"] for choice in self.question.get("choices", [])}
        return self.question["kind"] == "text" or OTHER in codes

    @property
    def is_all_hidden(self) -> bool:
        """Whether naming what was answered would tell who answered it."""
        return self.question.get("choices") == [] and self.question["answered"] != 0


def drawn(questions: list[dict[str, Any]]) -> list[Drawn]:
    return [Drawn(question, charts.draw(question)) for question in questions]
