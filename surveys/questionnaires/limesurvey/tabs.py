"""LimeSurvey's tab-separated text: a row for everything, by class. Plain Python."""

import csv
import io
import re
from typing import Any

from intranet.spreadsheets import UnreadableWorkbook, decoded
from surveys.questionnaires.interchange import MalformedQuestionnaire, gettext_noop
from surveys.questionnaires.limesurvey.source import Asked, Attribute, Item, Part, Source, Where

LARGEST = 20 * 1024 * 1024
SHEET = ""
ORDINARY = frozenset(
    [
        "id",
        "related_id",
        "class",
        "type/scale",
        "name",
        "relevance",
        "text",
        "help",
        "language",
        "validation",
        "mandatory",
        "encrypted",
        "other",
        "default",
        "same_default",
        "same_script",
    ]
)
SETTINGS = frozenset(["language", "additional_languages", "assessments", "sid"])
LETTERS = re.compile(r"surveyls_(email|legal|dateformat|numberformat|survey_id|language|alias)")
TITLES = frozenset({"surveyls_title", "surveyls_description", "surveyls_welcometext"})

NOT_TABS = gettext_noop("This is not a LimeSurvey questionnaire: its first row names no columns.")
UNKNOWN_CLASS = gettext_noop("Rows of this class are not taken.")
NO_GROUP = gettext_noop("This question stands before any group: add a row of class G above it.")
NO_QUESTION = gettext_noop("This row stands before any question: add a row of class Q above it.")
TEXT_NOT_TAKEN = gettext_noop("This text has no place in a questionnaire here.")

Row = dict[str, str]


def is_tabs(content: bytes) -> bool:
    try:
        first = decoded(content[:4000] if len(content) > 4000 else content).split("\n", 1)[0]
    except UnreadableWorkbook:
        return False
    names = {name.strip().strip('"').lower() for name in first.split("\t")}
    return {"class", "type/scale", "name"} <= names


def source(content: bytes) -> Source:
    if len(content) > LARGEST:
        raise UnreadableWorkbook("too_large", maximum=LARGEST // 1024 // 1024)
    reading = _Reading()
    for number, row in _rows(decoded(content)):
        reading.take(Where(SHEET, number), row)
    if reading.problems:
        raise MalformedQuestionnaire(reading.problems)
    return reading.found


def _rows(text: str) -> list[tuple[int, Row]]:
    if "\0" in text:
        raise UnreadableWorkbook("not_a_workbook")
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    rows: list[tuple[int, Row]] = []
    header: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if not header:
                header = [name.strip().lower() for name in cells]
                if "class" not in header or "name" not in header:
                    raise MalformedQuestionnaire([Where(SHEET, 1).remark("", "", NOT_TABS)])
            elif any(cells):
                rows.append((number, dict(zip(header, cells, strict=False))))
    except csv.Error:
        raise UnreadableWorkbook("broken_csv", line=reader.line_num) from None
    return rows


class _Reading:
    """Rows follow each other: a question belongs to the group above it, an answer to the question.

    Each language repeats the rows: what comes back under the same name is a translation.
    """

    def __init__(self) -> None:
        self.found = Source(("en",))
        self.problems: list[Any] = []
        self.parts: dict[str, Part] = {}
        self.asked: dict[str, Asked] = {}
        self.items: dict[tuple[str, str, int, str], Item] = {}
        self.part: Part | None = None
        self.question: Asked | None = None

    def take(self, where: Where, row: Row) -> None:
        take = {
            "S": self._setting,
            "SL": self._language_setting,
            "G": self._group,
            "Q": self._question,
            "SQ": self._item,
            "A": self._item,
        }.get(row.get("class", "").strip().upper())
        if take is None:
            remark = where.remark("class", row.get("class", ""), UNKNOWN_CLASS)
            self.found.remarks.append(remark)
        else:
            take(where, row)

    def _language(self, row: Row) -> str:
        return row.get("language", "").strip() or self.found.languages[0]

    def _setting(self, where: Where, row: Row) -> None:
        name, text = row.get("name", ""), row.get("text", "").strip()
        if name == "language" and text:
            self.found.languages = tuple(dict.fromkeys([text, *self.found.languages[1:]]))
        if name == "additional_languages":
            self.found.languages = tuple(dict.fromkeys([self.found.languages[0], *text.split()]))
        if name == "assessments":
            self.found.is_assessed = text == "Y"

    def _language_setting(self, where: Where, row: Row) -> None:
        name, text = row.get("name", ""), row.get("text", "")
        language = self._language(row)
        if name == "surveyls_title":
            self.found.titles[language] = text
        elif name in TITLES and text:
            before = self.found.welcomes.get(language)
            self.found.welcomes[language] = f"{before}<br><br>{text}" if before else text
        elif text.strip() and not LETTERS.match(name):
            self.found.remarks.append(where.remark("text", f"{name}: {text}", TEXT_NOT_TAKEN))

    def _group(self, where: Where, row: Row) -> None:
        language = self._language(row)
        key = row.get("type/scale", "").strip() or row.get("name", "")
        part = self.parts.get(key)
        if part is None or language in part.titles:
            part = self.parts[key] = Part(where, relevance=row.get("relevance", ""))
            self.found.parts.append(part)
        part.titles[language] = row.get("name", "")
        part.descriptions[language] = row.get("text", "")
        self.part, self.question = part, None

    def _question(self, where: Where, row: Row) -> None:
        if self.part is None:
            self.problems.append(where.remark("class", row.get("name", ""), NO_GROUP))
            return
        code, language = row.get("name", "").strip(), self._language(row)
        asked = self.asked.get(code)
        if asked is None or language in asked.texts:
            asked = self._new_question(where, row, code)
            self.asked[code] = asked
            self.part.questions.append(asked)
        asked.texts[language] = row.get("text", "")
        asked.helps[language] = row.get("help", "")
        for name, value in row.items():
            if name not in ORDINARY and value.strip():
                attribute = asked.attributes.setdefault(name, Attribute(where))
                attribute.values[language] = value
        self.question = asked

    def _new_question(self, where: Where, row: Row, code: str) -> Asked:
        return Asked(
            code=code,
            type=row.get("type/scale", "").strip(),
            where=where,
            key=row.get("id", ""),
            relevance=row.get("relevance", ""),
            mandatory=row.get("mandatory", ""),
            other=row.get("other", "").strip().upper() == "Y",
            pattern=row.get("validation", ""),
            default=row.get("default", ""),
        )

    def _item(self, where: Where, row: Row) -> None:
        if self.question is None:
            self.problems.append(where.remark("class", row.get("name", ""), NO_QUESTION))
            return
        kind, code = row["class"].strip().upper(), row.get("name", "").strip()
        scale = row.get("type/scale", "").strip()
        number = int(scale) if re.fullmatch(r"[0-9]", scale) else 0
        language = self._language(row)
        key = (self.question.code, kind, number, code)
        item = self.items.get(key)
        if item is None or language in item.texts:
            item = Item(code, where, scale=number, default=row.get("default", ""))
            self.items[key] = item
            if kind == "A":
                item.score = row.get("relevance", "")
                self.question.answers.append(item)
            else:
                item.relevance = row.get("relevance", "")
                self.question.subquestions.append(item)
        item.texts[language] = row.get("text", "")
