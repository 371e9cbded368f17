"""Count a campaign's answers from the stored documents, importing nothing of the product.

usage: python tests/independent_count.py DATABASE_URL CAMPAIGN_SLUG

Prints one JSON object: per question code, the bases, the counts per choice code, and what is
said of numbers. Written apart from the product on purpose: what it shares with it is the
database. The tests that already hold a database in their hands give its rows to `count`.
"""

import collections
import json
import sqlite3
import statistics
import sys
from urllib.parse import urlsplit

RESPONSES = """
    SELECT r.version_id, r.document FROM surveys_response r
    JOIN surveys_campaign c ON c.id = r.campaign_id WHERE c.slug = {0}
"""
VERSIONS = """
    SELECT v.id, v.number, v.document FROM surveys_questionnaireversion v
    JOIN surveys_campaign c ON c.questionnaire_id = v.questionnaire_id
    WHERE c.slug = {0} ORDER BY v.number
"""


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


def parsed(document) -> dict:
    return json.loads(document) if isinstance(document, str) else document


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
    return []


def described(numbers: list[int]) -> dict:
    return {
        "mean": round(statistics.fmean(numbers), 4),
        "median": statistics.median(numbers),
        "min": min(numbers),
        "max": max(numbers),
        "stdev": round(statistics.stdev(numbers), 4) if len(numbers) > 1 else None,
    }


def count(answers: list, versions: list) -> dict:
    questions: dict[str, dict] = {}
    in_version: dict[int, set[str]] = {}
    for version_id, _number, document in versions:
        in_version[version_id] = set()
        for section in parsed(document)["sections"]:
            for question in section["questions"]:
                if question["kind"] != "statement":
                    in_version[version_id].add(question["id"])
                    questions[question["id"]] = question
    tally = {q: collections.Counter() for q in questions}
    answered, asked = collections.Counter(), collections.Counter()
    numbers = collections.defaultdict(list)
    for version_id, document in answers:
        values = parsed(document)
        asked.update(in_version[version_id])
        for question_id, value in values.items():
            kind = questions[question_id]["kind"]
            answered[question_id] += 1
            tally[question_id].update(keys_of(kind, value))
            if kind in ("integer", "rating"):
                numbers[question_id].append(value)
    result = {}
    for question_id, question in questions.items():
        codes = {choice["id"]: choice["code"] for choice in question["choices"]}
        entry = {
            "asked": asked[question_id],
            "answered": answered[question_id],
            "not_answered": asked[question_id] - answered[question_id],
            "not_in_version": len(answers) - asked[question_id],
            "counts": {codes.get(key, key): n for key, n in tally[question_id].items()},
        }
        if question["kind"] == "rating" and numbers[question_id]:
            entry["mean"] = round(statistics.fmean(numbers[question_id]), 4)
        if question["kind"] == "integer" and numbers[question_id]:
            entry |= described(numbers[question_id])
        result[question["code"]] = entry
    return {"responses": len(answers), "questions": result}


if __name__ == "__main__":
    json.dump(count(*read(*sys.argv[1:])), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
