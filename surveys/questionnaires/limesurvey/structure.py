"""LimeSurvey's `.lss`: tables of a database, in XML. Plain Python."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from intranet.spreadsheets import UnreadableWorkbook
from surveys.questionnaires.interchange import MalformedQuestionnaire, gettext_noop
from surveys.questionnaires.limesurvey.source import Asked, Attribute, Item, Part, Source, Where

LARGEST = 20 * 1024 * 1024
MOST_VALUES = 500_000
DEEPEST = 50
CELL = 5
"""How deep a value of a table stands."""

NOT_READ = {
    "assessments": gettext_noop("The sentences shown for a score are not taken."),
    "quota": gettext_noop("Quotas are not taken: a campaign has none."),
    "conditions": gettext_noop(
        "Conditions of LimeSurvey's first versions are not taken: write them again in the editor."
    ),
}
SETTINGS_NOT_READ = {
    "surveyls_endtext": gettext_noop("The text of the last page is not taken."),
    "surveyls_policy_notice": gettext_noop(
        "The notice on personal data is not taken: the campaign has its own."
    ),
    "surveyls_url": gettext_noop("The address to go to at the end is not taken."),
}
NOT_A_SURVEY = gettext_noop(
    "This is not the structure of a LimeSurvey questionnaire: export it as “Survey structure "
    "(.lss)”."
)
IN_ORDER = gettext_noop("Sections are always shown in their order.")
BROKEN = gettext_noop("This file is cut or damaged: export it from LimeSurvey again.")

Row = dict[str, str]


def is_structure(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"LimeSurveyDocType" in content[:20_000]


class _Tables:
    """Takes the tables as they are read, so that no tree stands in memory."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = defaultdict(list)
        self.kind = ""
        self.values = 0
        self.path: list[str] = []
        self.text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(tag)
        self.text = []
        self.values += 1
        if len(self.path) > DEEPEST or self.values > MOST_VALUES:
            raise UnreadableWorkbook("too_heavy", sheet="")
        if self.path[2:] == ["rows", "row"]:
            self.tables[self.path[1]].append({})

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self.text)
        if self.path[2:4] == ["rows", "row"] and len(self.path) == CELL:
            self.tables[self.path[1]][-1][tag] = text
        if self.path[1:] == ["LimeSurveyDocType"]:
            self.kind = text.strip()
        self.text = []
        self.path.pop()

    def close(self) -> "_Tables":
        return self


def source(content: bytes) -> Source:
    tables = _tables(content)
    surveys, settings = tables["surveys"], tables["surveys_languagesettings"]
    if not surveys or not tables["questions"]:
        raise _malformed(NOT_A_SURVEY)
    languages = _languages(surveys[0], settings)
    found = Source(languages, is_assessed=surveys[0].get("assessments") == "Y")
    for row in settings:
        language = row.get("surveyls_language") or languages[0]
        found.titles[language] = row.get("surveyls_title", "")
        texts = [row.get("surveyls_description", ""), row.get("surveyls_welcometext", "")]
        found.welcomes[language] = "<br><br>".join(filter(None, texts))
    found.parts = list(_parts(tables, languages))
    _note_what_is_left(found, tables)
    return found


def _malformed(reason: str) -> MalformedQuestionnaire:
    return MalformedQuestionnaire([Where("").remark("", "", reason)])


def _tables(content: bytes) -> dict[str, list[Row]]:
    if len(content) > LARGEST:
        raise UnreadableWorkbook("too_large", maximum=LARGEST // 1024 // 1024)
    parser = XMLParser(target=_Tables(), forbid_dtd=True)
    try:
        parser.feed(content)
        read = parser.close()
    except DefusedXmlException:
        raise UnreadableWorkbook("xml_bomb") from None
    except (ParseError, ValueError, LookupError):
        raise _malformed(BROKEN) from None
    if read.kind != "Survey":
        raise _malformed(NOT_A_SURVEY)
    return read.tables


def _languages(survey: Row, settings: list[Row]) -> tuple[str, ...]:
    first = survey.get("language") or next(
        (row["surveyls_language"] for row in settings if row.get("surveyls_language")), "en"
    )
    others = survey.get("additional_languages", "").split()
    return tuple(dict.fromkeys([first, *others]))


def _numbered(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, start=1)


def _rank(row: Row, column: str) -> int:
    text = row.get(column, "")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0


class _Texts:
    """The texts of a table in every language: beside it, or in it before LimeSurvey 4."""

    def __init__(self, tables: dict[str, list[Row]], name: str, key: str, first: str) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for row in tables[f"{name}_l10ns"] or tables[f"{name}s"]:
            self.rows[row.get(key, "")].append(row)
        if name == "question" and not tables["question_l10ns"]:
            for row in tables["subquestions"]:
                self.rows[row.get(key, "")].append(row)
        self.first = first

    def of(self, key: str, column: str) -> dict[str, str]:
        return {
            row.get("language") or self.first: row[column]
            for row in self.rows[key]
            if row.get(column)
        }


def _parts(tables: dict[str, list[Row]], languages: tuple[str, ...]) -> Iterator[Part]:
    texts = _Texts(tables, "group", "gid", languages[0])
    questions = _questions(tables, languages)
    groups = [(n, row) for n, row in _numbered(tables["groups"]) if _is_first(row, languages)]
    for number, row in sorted(groups, key=lambda pair: _rank(pair[1], "group_order")):
        key = row.get("gid", "")
        yield Part(
            where=Where("groups", number),
            titles=texts.of(key, "group_name"),
            descriptions=texts.of(key, "description"),
            relevance=row.get("grelevance", ""),
            questions=questions.pop(key, []),
        )


def _is_first(row: Row, languages: tuple[str, ...]) -> bool:
    """Before LimeSurvey 4, a row is repeated in each language."""
    return row.get("language", languages[0]) == languages[0]


def _questions(tables: dict[str, list[Row]], languages: tuple[str, ...]) -> dict[str, list[Asked]]:
    """The questions of each group, in their order."""
    texts = _Texts(tables, "question", "qid", languages[0])
    by_key: dict[str, Asked] = {}
    by_group: dict[str, list[Asked]] = defaultdict(list)
    rows = [(n, row) for n, row in _numbered(tables["questions"]) if _is_first(row, languages)]
    below = list(_numbered(tables["subquestions"]))
    below += [(n, row) for n, row in rows if row.get("parent_qid", "0") not in {"", "0"}]
    for number, row in sorted(rows, key=lambda pair: _rank(pair[1], "question_order")):
        if row.get("parent_qid", "0") not in {"", "0"}:
            continue
        asked = _asked(row, Where("questions", number), texts)
        by_key[asked.key] = asked
        by_group[row.get("gid", "")].append(asked)
    _add_subquestions(by_key, below, texts, languages)
    _add_answers(by_key, tables, languages)
    _add_attributes(by_key, tables)
    _add_defaults(by_key, tables, below)
    return by_group


def _asked(row: Row, where: Where, texts: _Texts) -> Asked:
    key = row.get("qid", "")
    return Asked(
        code=row.get("title", ""),
        type=row.get("type", ""),
        where=where,
        key=key,
        texts=texts.of(key, "question"),
        helps=texts.of(key, "help"),
        relevance=row.get("relevance", ""),
        mandatory=row.get("mandatory", ""),
        other=row.get("other") == "Y",
        pattern=row.get("preg", ""),
    )


def _add_subquestions(
    by_key: dict[str, Asked],
    below: list[tuple[int, Row]],
    texts: _Texts,
    languages: tuple[str, ...],
) -> None:
    for number, row in sorted(below, key=lambda pair: _rank(pair[1], "question_order")):
        asked = by_key.get(row.get("parent_qid", ""))
        if asked and _is_first(row, languages):
            asked.subquestions.append(
                Item(
                    code=row.get("title", ""),
                    where=Where("subquestions", number),
                    texts=texts.of(row.get("qid", ""), "question"),
                    scale=_rank(row, "scale_id"),
                    relevance=row.get("relevance", ""),
                )
            )


def _add_answers(
    by_key: dict[str, Asked], tables: dict[str, list[Row]], languages: tuple[str, ...]
) -> None:
    beside: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tables["answer_l10ns"]:
        beside[row.get("aid", "")][row.get("language", languages[0])] = row.get("answer", "")
    old: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in tables["answers"]:
        if row.get("answer"):
            old[_answer_key(row)][row.get("language", languages[0])] = row["answer"]
    rows = [(n, row) for n, row in _numbered(tables["answers"]) if _is_first(row, languages)]
    for number, row in sorted(rows, key=lambda pair: _rank(pair[1], "sortorder")):
        if asked := by_key.get(row.get("qid", "")):
            asked.answers.append(
                Item(
                    code=row.get("code", ""),
                    where=Where("answers", number),
                    texts=beside.get(row.get("aid", ""), {}) or old[_answer_key(row)],
                    scale=_rank(row, "scale_id"),
                    score=row.get("assessment_value", ""),
                )
            )


def _answer_key(row: Row) -> tuple[str, str, str]:
    return row.get("qid", ""), row.get("scale_id", ""), row.get("code", "")


def _add_attributes(by_key: dict[str, Asked], tables: dict[str, list[Row]]) -> None:
    for number, row in _numbered(tables["question_attributes"]):
        asked = by_key.get(row.get("qid", ""))
        if asked and row.get("value", "").strip():
            where = Where("question_attributes", number)
            attribute = asked.attributes.setdefault(row.get("attribute", ""), Attribute(where))
            attribute.values[row.get("language", "")] = row["value"]


def _add_defaults(
    by_key: dict[str, Asked], tables: dict[str, list[Row]], below: list[tuple[int, Row]]
) -> None:
    codes = {row.get("qid", ""): row.get("title", "") for _, row in below}
    said = {
        row.get("dvid", ""): row.get("defaultvalue", "")
        for row in reversed(tables["defaultvalue_l10ns"])
    }
    for row in tables["defaultvalues"]:
        asked = by_key.get(row.get("qid", ""))
        value = row.get("defaultvalue") or said.get(row.get("dvid", ""), "")
        if not asked or not value:
            continue
        code = codes.get(row.get("sqid", ""))
        for item in asked.subquestions if code else ():
            if item.code == code:
                item.default = value
        if not code:
            asked.default = value


def _note_what_is_left(found: Source, tables: dict[str, list[Row]]) -> None:
    relevant = {row.get("qid") for row in tables["questions"] if row.get("relevance") != "1"}
    for name, reason in NOT_READ.items():
        for number, row in _numbered(tables[name]):
            # LimeSurvey writes these conditions as expressions too, since its second version.
            if name != "conditions" or row.get("qid") not in relevant:
                what = next(filter(None, (row.get(one) for one in ("name", "message", "id"))), "")
                found.remarks.append(Where(name, number).remark("", what, reason))
    for number, row in _numbered(tables["groups"]):
        if what := row.get("randomization_group", "").strip():
            where = Where("groups", number)
            found.remarks.append(where.remark("randomization_group", what, IN_ORDER))
    for number, row in _numbered(tables["surveys_languagesettings"]):
        for column, reason in SETTINGS_NOT_READ.items():
            if row.get(column, "").strip():
                where = Where("surveys_languagesettings", number)
                found.remarks.append(where.remark(column, row[column], reason))
