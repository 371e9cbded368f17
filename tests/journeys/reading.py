"""The same figures as the command prints them, as a workbook and a screen hold them."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from tests.independent_count import RESPONSES, VERSIONS, count

BASES = ("asked", "answered", "not_answered", "declined", "not_applicable", "not_in_version")
MEASURES = ("count", "share", "mention_share", "first", "mean_rank")
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
        found["choices"] = _choices_in(question)
    if "rows" in question:
        found["rows"] = {
            row["code"]: {"answered": row["answered"], "choices": _choices_in(row)}
            for row in question["rows"]
        }
    return found


def _choices_in(holder: dict[str, Any]) -> dict[str, Any]:
    """No rank where nobody ranked: that is no figure."""
    return {
        choice["code"]: {
            name: choice[name]
            for name in MEASURES
            if name in choice and not (name == "mean_rank" and choice["count"] == 0)
        }
        for choice in holder["choices"]
    }


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
    found = {name: question[name] for name in (*BASES, *STATISTICS) if name in question}
    if not question["answered"]:
        found = {name: value for name, value in found.items() if name in BASES}
    choices = question.get("choices", {})
    found["counts"] = _counts_in(question)
    if question["answered"] and any("first" in choice for choice in choices.values()):
        found["ranks"] = {
            code: {"first": choice["first"], "mean_rank": choice["mean_rank"]}
            for code, choice in choices.items()
            if choice["count"]
        }
    if "rows" in question:
        found["rows"] = {
            code: {"answered": row["answered"], "counts": _counts_in(row)}
            for code, row in question["rows"].items()
        }
    return found


def _counts_in(holder: Question) -> dict[str, int]:
    choices = holder.get("choices", {})
    return {code: choice["count"] for code, choice in choices.items() if choice["count"]}


# -- A workbook --------------------------------------------------------------------------


def in_workbook(path: Path, sheet: str = "Chiffres") -> dict[str, Question]:
    """The figures of a sheet, by the code of their question."""
    workbook = load_workbook(path, read_only=True)
    found: dict[str, Question] = {}
    question = holder = {}
    lines = workbook[sheet].iter_rows(values_only=True)
    headings = [HEADINGS.get(heading) for heading in next(lines)]
    for label, code, *numbers in lines:
        if code is None:
            continue
        named = zip(headings[2:], numbers, strict=True)
        said = {name: four_decimals(value) for name, value in named if value is not None}
        if "asked" in said:
            question = holder = found[code] = said
        elif "/" in code and said.keys() == {"answered"}:
            holder = {**said, "choices": {}}
            question.setdefault("rows", {})[code.split("/")[1]] = holder
        elif "share" in said:
            holder.setdefault("choices", {})[code] = said
        else:
            assert label
            question[code] = said.get("count")
    workbook.close()
    return found


HEADINGS = {
    "Réponses": "count",
    "Part": "share",
    "Part des mentions": "mention_share",
    "Fois en premier": "first",
    "Rang moyen": "mean_rank",
    "Posée à": "asked",
    "Ont répondu": "answered",
    "Sans réponse": "not_answered",
    "dont préférant ne pas répondre": "declined",
    "Sans objet": "not_applicable",
    "Non posée (autre version)": "not_in_version",
}


def four_decimals(value: Any) -> Any:
    """The sheet holds the fraction itself, the command four decimals of it."""
    value = unhidden(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
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


SAID_OF_BASES = re.compile(
    r"([\d ]+) réponses? sur ([\d ]+?)"
    r"(?: · ([\d ]+) sans réponse(?:, dont ([\d ]+) préférant ne pas répondre)?)?"
    r"(?: · ([\d ]+) sans objet)?"
    r"(?: · ([\d ]+) à qui elle n'a pas été posée .*)?"
)


def _bases(article: Tag) -> Question:
    text = plain(article.select_one(".result__bases"))
    if text.startswith("Trop peu de réponses"):
        return {"answered": None}
    said = SAID_OF_BASES.fullmatch(text)
    assert said, text
    answered, asked, *others = (number(part or "0") for part in said.groups())
    names = ("not_answered", "declined", "not_applicable", "not_in_version")
    return {"asked": asked, "answered": answered, **dict(zip(names, others, strict=True))}


def _numbers(article: Tag) -> Question:
    if table := article.select_one("table.results-table--numbers"):
        cells = [number(cell.get_text()) for cell in table.select("td")]
        return dict(zip(STATISTICS, cells, strict=True))
    if mean := article.select_one(".figure__number"):
        return {"mean": number(mean.get_text())}
    return {}


def _choices(article: Tag) -> Question:
    if lines := article.select(".results-row"):
        return {"rows": {plain(line.h4): _lines(line) for line in lines}}
    found = _lines(article)
    return {"choices": found} if found else {}


def _lines(holder: Tag) -> dict[str, Any]:
    """The lines of a table by their label, each number under its heading."""
    found = {}
    for table in holder.select("table.results-table:not(.results-table--numbers)"):
        names = [ON_SCREEN[plain(cell)] for cell in table.select("thead th")[1:]]
        for line in table.select("tbody tr"):
            cells = zip(names, line.select("td"), strict=True)
            found[plain(line.th)] = {
                name: number(cell.get_text()) for name, cell in cells if plain(cell) != "–"
            }
    return found


ON_SCREEN = {
    "Réponses": "count",
    "Part": "share",
    "Part des mentions": "mention_share",
    "Rang moyen": "mean_rank",
    "Fois en premier": "first",
    "Fois classé": "count",
}


def as_on_screen(question: dict[str, Any]) -> tuple[str, Question]:
    """What the screen has to say of a question that the command printed."""
    found = figures_in(question)
    shown: Question = {"answered": found["answered"]}
    if found["answered"] is not None:
        names = ("asked", "not_answered", "declined", "not_applicable", "not_in_version")
        shown |= {name: found.get(name) or 0 for name in names}
    decimals = 1 if question["kind"] == "rating" else 2
    if question["kind"] not in {"date", "time"}:
        shown |= {name: rounded(found[name], decimals) for name in STATISTICS if name in found}
    if found.get("choices"):
        shown["choices"] = _as_lines(question)
    if "rows" in found:
        shown["rows"] = {" ".join(row["label"].split()): _as_lines(row) for row in question["rows"]}
    return " ".join(question["label"].split()), shown


def _as_lines(holder: dict[str, Any]) -> dict[str, Any]:
    return {
        " ".join(choice["label"].split()): _percentages(choice, holder)
        for choice in holder["choices"]
    }


def _percentages(choice: dict[str, Any], holder: dict[str, Any]) -> dict[str, Any]:
    """The percentages of the fractions themselves, where the counts they are made of are shown."""
    counts = [other["count"] for other in holder["choices"]]
    wholes = {
        "share": holder["answered"],
        "mention_share": None if None in counts else sum(counts),
    }
    shown = {}
    for name in MEASURES:
        if (value := choice.get(name)) is not None and name in wholes:
            whole = choice["count"] is not None and wholes[name]
            exact = Decimal(choice["count"]) / whole if whole else Decimal(str(value))
            value = rounded(exact * 100, 1)
        elif name == "mean_rank":
            value = rounded(value, 2)
        if name in choice and not (name == "mean_rank" and choice["count"] == 0):
            shown[name] = value
    return shown


def rounded(value: float | Decimal | None, decimals: int) -> Decimal | None:
    if value is None:
        return None
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
