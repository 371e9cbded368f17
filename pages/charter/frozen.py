"""The whole charter as one value: what a version keeps, and what two of them are compared by.

`{"title", "subtitle", "introduction", "articles": [{"anchor", "number", "title", "body"}],
"closing": {"title", "text", "members"}}`, where a body is the stored form of its blocks with their
anchors, without the marks that only the editor needs.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from pages.charter import reading
from pages.charter.anchors import Stream
from pages.charter.models import ArticlePage, CharterPage
from pages.charter.plan import Entry, entries

Content = dict[str, Any]

EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')


def freeze(page: CharterPage, articles: Iterable[ArticlePage]) -> Content:
    """What the pages say, as they are given: published, or as drafts."""
    fields = ("title", "subtitle", "introduction", "closing_title", "closing", "members")
    return frozen(
        {name: getattr(page, name) for name in fields},
        [
            {
                "anchor": article.anchor,
                "number": article.number,
                "title": article.title,
                "body": list(article.body.get_prep_value()),
            }
            for article in articles
        ],
    )


def frozen(page: dict[str, str], articles: Iterable[dict[str, Any]]) -> Content:
    """The fields of the charter's page and of its articles, without what is not the text."""
    return {
        "title": page["title"],
        "subtitle": page["subtitle"],
        "introduction": _html(page["introduction"]),
        "articles": [
            article | {"body": [_block(block) for block in article["body"]]}
            for article in sorted(articles, key=itemgetter("number"))
        ],
        "closing": {
            "title": page["closing_title"],
            "text": _html(page["closing"]),
            "members": [name.strip() for name in page["members"].splitlines() if name.strip()],
        },
    }


def checksum_of(content: Content) -> str:
    """The same for the same text, whoever wrote it and wherever it is kept."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _html(text: str) -> str:
    return EDITORS_MARK.sub("", text)


def _block(block: dict[str, Any]) -> dict[str, Any]:
    value = block["value"]
    if block["type"] == "value":
        named = {"name": value["name"], "text": _html(value["text"]), "anchor": value["anchor"]}
        return {"type": "value", "value": named}
    if block["type"] == "commitments":
        held = ((item["value"]["text"], item["value"]["anchor"]) for item in value["commitments"])
        items = [{"type": "item", "value": {"text": text, "anchor": key}} for text, key in held]
        group = {"introduction": value["introduction"], "commitments": items}
        return {"type": "commitments", "value": group}
    return {"type": block["type"], "value": _html(value)}


# -- Read again ----------------------------------------------------------------------------


@dataclass(frozen=True)
class FrozenBlock:
    block_type: str
    value: Any


@dataclass(frozen=True)
class FrozenArticle:
    """An article of a version, read as the page of today is."""

    anchor: str
    number: int
    title: str
    body: list[FrozenBlock]


def articles_of(content: Content) -> list[FrozenArticle]:
    return [
        FrozenArticle(
            article["anchor"], article["number"], article["title"], list(_blocks(article["body"]))
        )
        for article in content["articles"]
    ]


def readings_of(content: Content) -> list[reading.Reading]:
    return reading.read_all(articles_of(content))


def entries_of(content: Content) -> list[Entry]:
    """Everything that has an anchor, in the order of reading."""
    return [
        entry
        for article in content["articles"]
        for entry in entries(
            article["anchor"], article["number"], article["title"], article["body"]
        )
    ]


def _blocks(body: Stream) -> Iterator[FrozenBlock]:
    for block in body:
        value = block["value"]
        if block["type"] == "commitments":
            items = [item["value"] for item in value["commitments"]]
            value = {"introduction": value["introduction"], "commitments": items}
        yield FrozenBlock(block["type"], value)
