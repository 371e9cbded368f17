"""What a document would make of the charter: which anchor each text keeps, what changes.

Works on the stored form of bodies, for pages, drafts and documents alike.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.blocks.text import plain_text
from pages.charter import anchors
from pages.charter.anchors import Stream
from pages.charter.matching import kept_in_order, pair
from pages.charter.structure import Article, CommitmentGroup, ValueText

Wordings = dict[str, list[str]]
"""The wordings that each anchor has, or had."""


@dataclass(frozen=True)
class Entry:
    """Something of the charter that has an anchor, and where it stands."""

    anchor: str
    text: str
    place: tuple[Any, ...]


@dataclass(frozen=True)
class Changes:
    """Anchors, in the order of reading."""

    added: list[str]
    reworded: list[str]
    moved: list[str]
    removed: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.reworded or self.moved or self.removed)


@dataclass
class Known:
    """What there is already: in force, in drafts, or no longer current (`retired`)."""

    articles: Wordings = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    names: Wordings = field(default_factory=dict)
    values: Wordings = field(default_factory=dict)
    commitments: Wordings = field(default_factory=dict)
    retired: Wordings = field(default_factory=dict)
    retired_names: Wordings = field(default_factory=dict)

    @property
    def taken(self) -> set[str]:
        return {
            *self.articles,
            *self.names,
            *self.commitments,
            *self.retired,
            *self.retired_names,
        }

    def learn(self, body: Stream) -> None:
        """Take in the wordings of a body, published or not."""
        for holder in anchors.holders(body):
            value = holder["value"]
            if "name" in value:
                self.names.setdefault(value["anchor"], []).append(value["name"])
                self.values.setdefault(value["anchor"], []).append(plain_text(value["text"]))
            else:
                self.commitments.setdefault(value["anchor"], []).append(value["text"])


# -- Bodies --------------------------------------------------------------------------------


def body_of(article: Article) -> Stream:
    """The body that an article of a document makes, its anchors still to be given."""
    return [_block(block) for block in article.blocks]


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, ValueText):
        value = {"name": block.name, "text": "".join(block.paragraphs), "anchor": ""}
        return {"type": "value", "value": value}
    if isinstance(block, CommitmentGroup):
        items = [
            {"type": "item", "value": {"text": text, "anchor": ""}} for text in block.commitments
        ]
        group = {"introduction": block.introduction, "commitments": items}
        return {"type": "commitments", "value": group}
    return {"type": "paragraph", "value": block.html}


def give_anchors(articles: Sequence[Article], bodies: list[Stream], known: Known) -> list[str]:
    """Fill in the anchors of the bodies; answer those of the articles."""
    holders = [holder["value"] for body in bodies for holder in anchors.holders(body)]
    values = [holder for holder in holders if "name" in holder]
    commitments = [holder for holder in holders if "name" not in holder]

    of_articles = pair([article.title for article in articles], known.articles, {})
    for index, article in enumerate(articles):
        same_number = known.numbers.get(article.number)
        if of_articles[index] is None and same_number not in of_articles:
            of_articles[index] = same_number
    by_name = pair([value["name"] for value in values], known.names, known.retired_names)
    left = {anchor: texts for anchor, texts in known.values.items() if anchor not in by_name}
    by_text = pair([plain_text(value["text"]) for value in values], left, {})
    of_values = [name or text for name, text in zip(by_name, by_text, strict=True)]
    texts = [commitment["text"] for commitment in commitments]
    of_commitments = pair(texts, known.commitments, known.retired)

    taken = known.taken
    titles = [article.title or f"article {article.number}" for article in articles]
    given = _complete(of_articles, titles, taken)
    for holder, anchor in zip(
        [*values, *commitments],
        _complete(
            [*of_values, *of_commitments], [*(value["name"] for value in values), *texts], taken
        ),
        strict=True,
    ):
        holder["anchor"] = anchor
    return given


def _complete(found: list[str | None], texts: list[str], taken: set[str]) -> list[str]:
    """New anchors where none was found; `taken` learns them."""
    given = []
    for anchor, text in zip(found, texts, strict=True):
        given.append(anchor or anchors.fresh(text, taken=taken))
        taken.add(given[-1])
    return given


def reuse_ids(body: Stream, before: Stream) -> Stream:
    """Give blocks the ids they had, so that two versions are compared block by block."""
    ids = {h["value"]["anchor"]: h["id"] for h in anchors.holders(before) if h.get("id")}
    for holder in anchors.holders(body):
        holder["id"] = ids.get(holder["value"]["anchor"]) or str(uuid.uuid4())
    group_of = {
        item["value"]["anchor"]: block["id"]
        for block in before
        if block["type"] == "commitments" and block.get("id")
        for item in block["value"]["commitments"]
    }
    used: set[str] = set()
    for block in body:
        if block["type"] == "commitments":
            items = (item["value"]["anchor"] for item in block["value"]["commitments"])
            before_ids = Counter(group_of[anchor] for anchor in items if anchor in group_of)
            found = next((key for key, _count in before_ids.most_common() if key not in used), None)
            block["id"] = found or str(uuid.uuid4())
            used.add(block["id"])
    _reuse_ids_of_paragraphs(body, before)
    return body


def _reuse_ids_of_paragraphs(body: Stream, before: Stream) -> None:
    known = {
        block["id"]: [plain_text(block["value"])]
        for block in before
        if block["type"] == "paragraph" and block.get("id")
    }
    paragraphs = [block for block in body if block["type"] == "paragraph"]
    found = pair([plain_text(block["value"]) for block in paragraphs], known, {})
    for block, block_id in zip(paragraphs, found, strict=True):
        block["id"] = block_id or str(uuid.uuid4())


# -- Comparing -----------------------------------------------------------------------------


def same(body: Stream, other: Stream) -> bool:
    return list(_content(body)) == list(_content(other))


def _content(body: Stream) -> Iterator[tuple[Any, ...]]:
    """What a reader would see of a body, without ids and the editor's own marks."""
    for block in body:
        value = block["value"]
        if block["type"] == "paragraph":
            yield "paragraph", plain_text(value), _marks(value)
        elif block["type"] == "value":
            text = value["text"]
            yield "value", value["anchor"], value["name"], plain_text(text), _marks(text)
        else:
            items = ((i["value"]["anchor"], i["value"]["text"]) for i in value["commitments"])
            yield "commitments", value["introduction"], tuple(items)


def _marks(html: str) -> tuple[int, ...]:
    """How much bold, italic, link and list a rich text has."""
    return tuple(html.count(f"<{tag}") for tag in ("b>", "i>", "a ", "ul", "ol", "li"))


def entries(article: str, number: int, title: str, body: Stream) -> Iterator[Entry]:
    """The article itself (its title and what it says outside its commitments), then its parts."""
    prose = [
        plain_text(block["value"])
        if block["type"] == "paragraph"
        else block["value"]["introduction"]
        for block in body
        if block["type"] != "value"
    ]
    yield Entry(article, "\n".join([title, *prose]), (number,))
    group = 0
    for block in body:
        value = block["value"]
        if block["type"] == "value":
            text = f"{value['name']}\n{plain_text(value['text'])}"
            yield Entry(value["anchor"], text, (article, 0))
        elif block["type"] == "commitments":
            group += 1
            for item in value["commitments"]:
                yield Entry(item["value"]["anchor"], item["value"]["text"], (article, group))


def compare(old: Sequence[Entry], new: Sequence[Entry]) -> Changes:
    """What a reader of the old text finds in the new one."""
    before = {entry.anchor: entry for entry in old}
    after = {entry.anchor: entry for entry in new}
    both = [entry for entry in new if entry.anchor in before]
    return Changes(
        added=[entry.anchor for entry in new if entry.anchor not in before],
        reworded=[e.anchor for e in both if _words(e) != _words(before[e.anchor])],
        moved=_moved(before, both, [entry.anchor for entry in old if entry.anchor in after]),
        removed=[entry.anchor for entry in old if entry.anchor not in after],
    )


def _words(entry: Entry) -> list[str]:
    return entry.text.split()


def _moved(before: dict[str, Entry], both: list[Entry], order: list[str]) -> list[str]:
    """Articles with another number; texts in another group or out of their order.

    A group is known by what most of its texts were in: adding one before it moves nothing.
    """
    homes: dict[tuple[Any, ...], Counter] = {}
    for entry in both:
        homes.setdefault(entry.place, Counter())[before[entry.anchor].place] += 1

    def is_at_home(entry: Entry) -> bool:
        was = before[entry.anchor].place
        return was == homes[entry.place].most_common(1)[0][0] and was[0] == entry.place[0]

    # What changed its group has moved: it does not say that the others did.
    texts = [entry for entry in both if len(entry.place) == 2 and is_at_home(entry)]
    rank = {anchor: position for position, anchor in enumerate(order)}
    steady = kept_in_order([rank[entry.anchor] for entry in texts])
    moved = []
    for entry in both:
        was = before[entry.anchor].place
        if len(entry.place) == 1:
            if was != entry.place:
                moved.append(entry.anchor)
        elif not is_at_home(entry) or rank[entry.anchor] not in steady:
            moved.append(entry.anchor)
    return moved
