"""From Markdown, however untidy, to the pieces of a document. Plain Python."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pages.charter.pieces import Heading, Listing, Paragraph, Piece, Run, Words, readable

# Line ends of every machine.
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What text editors put before an item and Markdown does not know.
BULLETS = re.compile(r"^([ \t]*)[•●▪◦‣·–—][ \t]+", re.MULTILINE)


def read_markdown(text: str) -> list[Piece]:
    """The headings, paragraphs and lists of a text. Never fails: any text is a document."""
    tokens = _parser().parse(_readable(text))
    return list(_pieces(tokens))


def _parser() -> MarkdownIt:
    # Indented text is text, an unused reference is text, and no HTML gets through.
    return MarkdownIt("commonmark", {"html": False}).disable(["code", "reference"])


def _readable(text: str) -> str:
    return BULLETS.sub(r"\1- ", readable(LINE_ENDS.sub("\n", text)))


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            end = _closing(tokens, position)
            yield _listing(tokens[position : end + 1])
            position = end
        elif token.type == "inline":
            words = _words(token.children or [])
            opening = tokens[position - 1]
            if opening.type == "heading_open":
                yield Heading(int(opening.tag[1:]), words)
            elif words:
                yield Paragraph(words)
        elif token.type == "fence" and token.content.strip():
            yield Paragraph((_run(token.content),))
        position += 1


def _closing(tokens: list[Token], position: int) -> int:
    """Where the list that opens here closes."""
    level = tokens[position].level
    ends = (
        index
        for index in range(position + 1, len(tokens))
        if tokens[index].level == level and tokens[index].nesting == -1
    )
    return next(ends, len(tokens) - 1)


def _listing(tokens: list[Token]) -> Listing:
    """A list; what is nested in an item is more paragraphs of that item."""
    items: list[list[Words]] = []
    depth = tokens[0].level + 1
    for token in tokens[1:]:
        if token.type == "list_item_open" and token.level == depth:
            items.append([])
        elif token.type == "inline" and (words := _words(token.children or [])):
            items[-1].append(words)
        elif token.type == "fence" and token.content.strip():
            items[-1].append((_run(token.content),))
    ordered = tokens[0].type == "ordered_list_open"
    start = int(tokens[0].attrs.get("start", 1)) if ordered else None
    return Listing(tuple(tuple(item) for item in items), start)


def _words(tokens: list[Token]) -> Words:
    runs: list[Run] = []
    bold = italic = 0
    href = ""
    for token in tokens:
        bold += token.nesting if token.type.startswith("strong_") else 0
        italic += token.nesting if token.type.startswith("em_") else 0
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        text = "\n" if token.type in {"softbreak", "hardbreak"} else token.content
        if text and token.nesting == 0:
            runs.append(_run(text, bold > 0, italic > 0, href))
    return tuple(runs) if any(run.text.strip() for run in runs) else ()


def _run(text: str, bold: bool = False, italic: bool = False, href: str = "") -> Run:
    # Again: an entity (&nbsp; &#0;) brings back what the text had lost.
    return Run(readable(text), bold, italic, href)
