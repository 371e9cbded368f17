"""Count a campaign's answers from the stored documents, importing nothing of the product.

usage: python tests/independent_count.py DATABASE_URL CAMPAIGN_SLUG

Prints one JSON object: per question code, the bases, the counts per choice code, and what is
said of numbers. Written apart from the product on purpose: what it shares with it is the
database. The tests that already hold a database in their hands give its rows to `count`.

Who was not asked a question is read from the response. Where a condition is simple (`${code} =
'choice'` or `selected(${code}, 'choice')`, in the way of one question), it is worked out here
too: questions whose responses say otherwise are listed under `contradictions`.
"""

import collections
import json
import re
import sqlite3
import statistics
import sys
from fractions import Fraction
from urllib.parse import urlsplit

RESPONSES = """
    SELECT r.version_id, r.document, r.not_applicable FROM surveys_response r
    JOIN surveys_campaign c ON c.id = r.campaign_id WHERE c.slug = {0}
"""
VERSIONS = """
    SELECT v.id, v.number, v.document FROM surveys_questionnaireversion v
    JOIN surveys_campaign c ON c.questionnaire_id = v.questionnaire_id
    WHERE c.slug = {0} ORDER BY v.number
"""
SIMPLE = re.compile(
    r"""\$\{(?P<code>[^}/]+)\}\s*=\s*'(?P<choice>[^']*)'"""
    r"""|selected\(\s*\$\{(?P<of>[^}/]+)\}\s*,\s*'(?P<among>[^']*)'\s*\)"""
)


def read(database_url: str, slug: str) -> tuple[list, list]:
    url = urlsplit(database_url)
    if url.scheme == "sqlite":
        connection, mark = sqlite3.connect(f"file:{url.path[1:]}?mode=ro", uri=True), "?"
    else:
        import psycopg

        connection, mark = psycopg.connect(database_url), "%s"
    cursor = connection.cursor()
    try:
        answers = cursor.execute(RESPONSES.format(mark), [slug]).fetchall()
        versions = cursor.execute(VERSIONS.format(mark), [slug]).fetchall()
    finally:
        connection.close()
    return answers, versions


def parsed(document):
    return json.loads(document) if isinstance(document, str) else document


# -- One answer --------------------------------------------------------------------------


def keys_of(kind: str, value) -> list[str]:
    """What one answer adds one to."""
    if kind in ("single", "scale"):
        return [value["choice"]]
    if kind == "multiple":
        return list(value["choices"])
    if kind == "boolean":
        return ["true" if value else "false"]
    if kind == "rating":
        return [str(value)]
    if kind == "ranking":
        return list(value["ranking"])
    if kind == "territory":
        return [value]
    return []


def is_declined(value) -> bool:
    return isinstance(value, dict) and value.get("declined") is True


def is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# -- The answers to one question ---------------------------------------------------------


def described(numbers: list) -> dict:
    """What is said of numbers, decimals taken as they are written."""
    exact = [Fraction(str(number)) for number in numbers]
    return {
        "mean": round(float(sum(exact) / len(exact)), 4),
        "median": float(statistics.median(exact)),
        "min": min(numbers),
        "max": max(numbers),
        "stdev": round(float(statistics.stdev(exact)), 4) if len(exact) > 1 else None,
    }


def ranked(values: list, codes: dict) -> dict:
    ranks = collections.defaultdict(list)
    for value in values:
        for rank, choice in enumerate(value["ranking"], start=1):
            ranks[codes[choice]].append(rank)
    return {
        code: {"first": found.count(1), "mean_rank": round(statistics.fmean(found), 4)}
        for code, found in ranks.items()
    }


def periods(days: list[str]) -> dict:
    """Days by month, by year or by decade: the first that makes at most 24 lines."""
    months = [12 * int(day[:4]) + int(day[5:7]) - 1 for day in days]
    years = [int(day[:4]) for day in days]
    if max(months) - min(months) < 24:
        named = [day[:7] for day in days]
    elif max(years) - min(years) < 24:
        named = [day[:4] for day in days]
    else:
        named = [f"{year // 10 * 10:04}-{year // 10 * 10 + 9:04}" for year in years]
    return dict(collections.Counter(named))


def counted_rows(question: dict, values: list, codes: dict) -> dict:
    found = {}
    for row in question["rows"]:
        chosen = [value["rows"][row["id"]] for value in values if row["id"] in value["rows"]]
        many = [one if isinstance(one, list) else [one] for one in chosen]
        counts = collections.Counter(codes.get(key, key) for one in many for key in one)
        found[row["code"]] = {"answered": len(chosen), "counts": dict(counts)}
    return found


def entry_of(question: dict, values: list) -> dict:
    """What is said of the answers to a question."""
    kind = question["kind"]
    codes = {choice["id"]: choice["code"] for choice in question.get("choices", [])}
    counts = collections.Counter(
        codes.get(key, key) for value in values for key in keys_of(kind, value)
    )
    entry = {"answered": len(values), "counts": dict(counts)}
    if kind == "matrix":
        entry["rows"] = counted_rows(question, values, codes)
    if not values:
        return entry
    if kind == "ranking":
        entry["ranks"] = ranked(values, codes)
    if kind == "rating":
        entry["mean"] = round(statistics.fmean(values), 4)
    if kind in ("integer", "decimal") or (kind == "computed" and all(map(is_number, values))):
        entry |= described(values)
    elif kind == "computed":
        entry["counts"] = dict(collections.Counter(map(str, values)))
    if kind in ("date", "time"):
        entry |= {"min": min(values), "max": max(values)}
        hours = collections.Counter(value[:2] for value in values)
        entry["counts"] = periods(values) if kind == "date" else dict(hours)
    return entry


# -- Conditions --------------------------------------------------------------------------


def simple_conditions(definition: dict) -> dict:
    """By question id: the id of the question that its only condition names, and the choice."""
    ids, choices = {}, {}
    for section in definition["sections"]:
        for question in section.get("questions", []):
            ids[question["code"]] = question["id"]
            choices[question["id"]] = {
                choice["code"]: choice["id"] for choice in question.get("choices", [])
            }
    found = {}
    for section in definition["sections"]:
        around = section.get("condition") or any(
            group.get("condition") for group in section.get("groups", [])
        )
        for question in section.get("questions", []):
            said = SIMPLE.fullmatch(question.get("condition", "").strip())
            if said and not around:
                named = ids[said["code"] or said["of"]]
                code = said["choice"] or said["among"]
                found[question["id"]] = named, choices[named].get(code, code)
    return found


def holds(kind: str, value, choice: str) -> bool:
    return value is not None and not is_declined(value) and choice in keys_of(kind, value)


# -- Everything --------------------------------------------------------------------------


def merged(older: dict, newer: dict) -> dict:
    """A question over two versions: the newer words, and every choice and row of both."""
    parts = {}
    for name in ("choices", "rows"):
        by_id = {item["id"]: item for item in (*older.get(name, []), *newer.get(name, []))}
        parts[name] = list(by_id.values())
    may_decline = older.get("may_decline", False) or newer.get("may_decline", False)
    return {**newer, **parts, "may_decline": may_decline}


def count(answers: list, versions: list) -> dict:
    questions: dict[str, dict] = {}
    in_version: dict[int, list[str]] = {}
    conditions: dict[int, dict] = {}
    for version_id, _number, document in versions:
        definition = parsed(document)
        conditions[version_id] = simple_conditions(definition)
        in_version[version_id] = []
        for section in definition["sections"]:
            for question in section.get("questions", []):
                if question["kind"] != "statement":
                    in_version[version_id].append(question["id"])
                    known = questions.get(question["id"], {})
                    questions[question["id"]] = merged(known, question)
    values = collections.defaultdict(list)
    held, not_applicable = collections.Counter(), collections.Counter()
    declined = collections.Counter()
    contradictions = set()
    for version_id, stored, stored_hidden in answers:
        document, hidden = parsed(stored), set(parsed(stored_hidden))
        for question_id in in_version[version_id]:
            held[question_id] += 1
            if question_id in conditions[version_id]:
                named, choice = conditions[version_id][question_id]
                asked = holds(questions[named]["kind"], document.get(named), choice)
                if asked == (question_id in hidden):
                    contradictions.add(questions[question_id]["code"])
            if question_id in hidden:
                not_applicable[question_id] += 1
            elif is_declined(document.get(question_id)):
                declined[question_id] += 1
            elif question_id in document:
                values[question_id].append(document[question_id])
    result = {}
    for question_id, question in questions.items():
        entry = entry_of(question, values[question_id])
        entry["asked"] = held[question_id] - not_applicable[question_id]
        entry["not_answered"] = entry["asked"] - entry["answered"]
        entry["not_applicable"] = not_applicable[question_id]
        entry["not_in_version"] = len(answers) - held[question_id]
        if question["may_decline"]:
            entry["declined"] = declined[question_id]
        result[question["code"]] = entry
    return {
        "responses": len(answers),
        "contradictions": sorted(contradictions),
        "questions": result,
    }


if __name__ == "__main__":
    json.dump(count(*read(*sys.argv[1:])), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
