"""The same figures as the command prints them, as a workbook and a screen hold them."""

import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from tests.independent_count import RESPONSES, VERSIONS, count

BASES = ("asked", "answered", "not_answered", "not_applicable", "not_in_version")
MEASURES = ("count", "share", "mention_share")
STATISTICS = ("mean", "median", "min", "max", "stdev")
HIDDEN = "masqué"

Question = dict[str, Any]
"""Bases, what is said of numbers, and `choices`: measures by code (by label on a screen)."""


def printed(slug: str, *options: str) -> dict[str, Any]:
    """What `results SLUG --json` prints."""
    out = StringIO()
    call_command("results", slug, "--json", *options, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def by_code(figures: dict[str, Any]) -> dict[str, Question]:
    return {question["code"]: figures_in(question) for question in figures["questions"]}


def figures_in(question: dict[str, Any]) -> Question:
    """The numbers of a question, without its words."""
    found = {name: question[name] for name in (*BASES, *STATISTICS) if name in question}
    if "choices" in question:
        found["choices"] = {
            choice["code"]: {name: choice[name] for name in MEASURES if name in choice}
            for choice in question["choices"]
        }
    return found


# -- The independent count ---------------------------------------------------------------


def counted_apart(slug: str) -> dict[str, Any]:
    """What `independent_count` finds in the test's database.

    It may live in this process's memory: the rows are read here and counted there.
    """
    with connection.cursor() as cursor:
        cursor.execute(RESPONSES.format("%s"), [slug])
        answers = cursor.fetchall()
        cursor.execute(VERSIONS.format("%s"), [slug])
        versions = cursor.fetchall()
    return count(answers, versions)


def as_counted(question: Question) -> Question:
    """What the independent count says, of a question that the command printed."""
    bases = {name: question[name] for name in BASES if name != "not_applicable"}
    numbers = {name: question[name] for name in STATISTICS if name in question}
    choices = question.get("choices", {})
    counts = {code: choice["count"] for code, choice in choices.items() if choice["count"]}
    return {**bases, **numbers, "counts": counts}


# -- A workbook --------------------------------------------------------------------------


def in_workbook(path: Path, sheet: str = "Chiffres") -> dict[str, Question]:
    """The figures of a sheet, by the code of their question."""
    workbook = load_workbook(path, read_only=True)
    found: dict[str, Question] = {}
    current: Question = {}
    rows = workbook[sheet].iter_rows(min_row=2, values_only=True)
    for label, code, *numbers in rows:
        if code is None:
            continue
        measures, bases = numbers[:3], numbers[3:8]
        if bases[0] is not None:
            current = found[code] = dict(zip(BASES, map(unhidden, bases), strict=True))
        elif measures[1] is None:
            assert label
            current[code] = unhidden(measures[0])
        else:
            named = zip(MEASURES, measures, strict=True)
            choice = {name: four_decimals(value) for name, value in named if value is not None}
            current.setdefault("choices", {})[code] = choice
    workbook.close()
    return found


def four_decimals(value: Any) -> Any:
    """The sheet holds the fraction itself, the command four decimals of it."""
    value = unhidden(value)
    return round(value, 4) if isinstance(value, float) else value


def unhidden(value: Any) -> Any:
    return None if value == HIDDEN else value


# -- A screen ----------------------------------------------------------------------------


def on_screen(html: str | bytes) -> Iterator[tuple[str, Question]]:
    """The heading of each question and its figures, as they are rounded for reading."""
    for article in BeautifulSoup(html, "html.parser").select("article.result"):
        yield plain(article.h3), _bases(article) | _numbers(article) | _choices(article)


def plain(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def number(text: str) -> Decimal | None:
    text = re.sub(r"\s", "", text)
    return None if text == HIDDEN else Decimal(text.rstrip("%").replace(",", "."))


def _bases(article: Tag) -> Question:
    text = plain(article.select_one(".result__bases"))
    if text.startswith("Trop peu de réponses"):
        return {"answered": None}
    said = re.fullmatch(r"([\d ]+) réponses? sur ([\d ]+?)(?: · ([\d ]+) sans réponse)?", text)
    assert said, text
    answered, asked, not_answered = (number(part or "0") for part in said.groups())
    return {"asked": asked, "answered": answered, "not_answered": not_answered}


def _numbers(article: Tag) -> Question:
    if table := article.select_one("table.results-table--numbers"):
        cells = [number(cell.get_text()) for cell in table.select("td")]
        return dict(zip(STATISTICS, cells, strict=True))
    if mean := article.select_one(".figure__number"):
        return {"mean": number(mean.get_text())}
    return {}


def _choices(article: Tag) -> Question:
    rows = article.select("table.results-table:not(.results-table--numbers) tbody tr")
    choices = {
        plain(row.th): dict(
            zip(MEASURES, (number(cell.get_text()) for cell in row.select("td")), strict=False)
        )
        for row in rows
    }
    return {"choices": choices} if choices else {}


def as_on_screen(question: dict[str, Any]) -> tuple[str, Question]:
    """What the screen has to say of a question that the command printed."""
    found = figures_in(question)
    shown: Question = {"answered": found["answered"]}
    if found["answered"] is not None:
        shown |= {name: found[name] for name in ("asked", "not_answered")}
        assert (found["not_applicable"], found["not_in_version"]) == (0, 0)
    decimals = 1 if question["kind"] == "rating" else 2
    shown |= {name: rounded(found[name], decimals) for name in STATISTICS if name in found}
    if "choices" in found:
        shown["choices"] = {
            " ".join(choice["label"].split()): _percentages(choice, question)
            for choice in question["choices"]
        }
    return " ".join(question["label"].split()), shown


def _percentages(choice: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    """The percentages of the fractions themselves, where the counts they are made of are shown."""
    counts = [other["count"] for other in question["choices"]]
    wholes = {
        "share": question["answered"],
        "mention_share": None if None in counts else sum(counts),
    }
    shown = {}
    for name in MEASURES:
        if (value := choice.get(name)) is not None and name != "count":
            whole = choice["count"] is not None and wholes[name]
            exact = Decimal(choice["count"]) / whole if whole else Decimal(str(value))
            value = rounded(exact * 100, 1)
        if name in choice:
            shown[name] = value
    return shown


def rounded(value: float | Decimal | None, decimals: int) -> Decimal | None:
    if value is None:
        return None
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
