"""Permanent addresses inside the charter: given once, never changed, never given again.

Everything here works on the stored form of a body (a list of `{"id", "type", "value"}`), the
same for a page, a draft and an import.
"""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify

Stream = list[dict[str, Any]]

WORDS = 6
LONGEST = 60
# Names that the page's own layout gives to parts of itself, and addresses below the charter's.
RESERVED = frozenset(
    {
        *("content", "contenu", "main", "membres", "partie-finale", "sommaire"),
        *("engagements", "presentation", "signataires", "signature", "versions"),
    }
)

KEPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def stored_stream(content: Any) -> Stream:
    """The body of a revision, which Wagtail keeps as JSON inside JSON."""
    return json.loads(content) if isinstance(content, str) else list(content or [])


def holders(stream: Stream) -> Iterator[dict[str, Any]]:
    """The blocks that have an anchor (values and commitments), in the order of reading."""
    for block in stream:
        if block["type"] == "value":
            yield block
        elif block["type"] == "commitments":
            yield from block["value"]["commitments"]


def held(stream: Stream) -> set[str]:
    return {holder["value"]["anchor"] for holder in holders(stream)} - {"", None}


def fresh(text: str, *, taken: set[str]) -> str:
    """An anchor made of the first words of a text, that nothing has or had."""
    # An apostrophe separates words, an interpunct joins them (habitant·e·s).
    words = slugify(re.sub(r"['’]", " ", text)).split("-")[:WORDS]
    base = "-".join(words)[:LONGEST].strip("-") or "texte"
    anchor, number = base, 2
    while anchor in taken or anchor in RESERVED:
        anchor, number = f"{base}-{number}", number + 1
    return anchor


def keep(stream: Stream, *, before: list[Stream], elsewhere: set[str], ever: set[str]) -> Stream:
    """Give every value and commitment of a body its anchor.

    A block that was there before (same id, in one of the bodies saved earlier) keeps what it
    had, whatever its text has become. Any other keeps the anchor it carries unless another
    block of the charter has it (`elsewhere`, or this body): a copied block gets a new one,
    which nothing ever had (`ever`).
    """
    given: set[str] = set()
    strangers = []
    for holder in holders(stream):
        had = (anchor_of.get(holder.get("id", ""), "") for anchor_of in map(_by_id, before))
        anchor = next((anchor for anchor in had if anchor and anchor not in elsewhere | given), "")
        if anchor:
            holder["value"]["anchor"] = anchor
            given.add(anchor)
        else:
            strangers.append(holder)
    taken = elsewhere | ever.union(*map(held, before))
    for holder in strangers:
        anchor = holder["value"].get("anchor") or ""
        if not KEPT.fullmatch(anchor) or len(anchor) > 80 or anchor in elsewhere | given:
            text = holder["value"].get("name") or holder["value"].get("text") or ""
            anchor = fresh(text, taken=taken | given)
        holder["id"] = holder.get("id") or str(uuid.uuid4())
        holder["value"]["anchor"] = anchor
        given.add(anchor)
    return stream


def _by_id(stream: Stream) -> dict[str, str]:
    return {
        holder["id"]: holder["value"]["anchor"] for holder in holders(stream) if holder.get("id")
    }
