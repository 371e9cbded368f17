"""Articles as they are read: values side by side, commitments numbered through the charter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Part:
    """A paragraph, some values, or a group of commitments and the number of its first."""

    kind: str
    items: list[Any] = field(default_factory=list)
    introduction: str = ""
    first: int = 0


@dataclass
class Reading:
    article: Any
    parts: list[Part]
    commitments: int


def read(article: Any, *, first: int = 1) -> Reading:
    """The parts of an article; `first` is the number of its first commitment."""
    parts: list[Part] = []
    number = first
    for block in article.body:
        if block.block_type == "commitments":
            items = list(block.value["commitments"])
            parts.append(Part("commitments", items, block.value["introduction"], number))
            number += len(items)
        elif block.block_type == "value" and parts and parts[-1].kind == "values":
            parts[-1].items.append(block.value)
        elif block.block_type == "value":
            parts.append(Part("values", [block.value]))
        else:
            parts.append(Part("paragraph", [block.value]))
    return Reading(article, parts, number - first)


def read_all(articles: Iterable[Any]) -> list[Reading]:
    readings: list[Reading] = []
    for article in articles:
        first = 1 + sum(reading.commitments for reading in readings)
        readings.append(read(article, first=first))
    return readings
