"""What a member types, as the paragraphs of a page, and back again."""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any, Final

from django.utils.text import Truncator

from pages.blocks.text import plain_text

LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]»…]")
PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n\s*")
ANCHOR: Final = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
TAG: Final = re.compile(r"<[^>]*>")
EXCERPT: Final = 220

Body = list[dict[str, Any]]


def body_of(text: str) -> Body:
    """A paragraph for each, its lines kept, bare addresses as links; nothing else is marked up."""
    typed = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return [
        {"type": "paragraph", "value": f"<p>{_marked_up(paragraph)}</p>"}
        for paragraph in PARAGRAPHS.split(typed)
        if paragraph.strip()
    ]


def _marked_up(paragraph: str) -> str:
    lines = [line.rstrip() for line in paragraph.strip().split("\n")]
    return "<br/>".join(_with_links(line) for line in lines)


def _with_links(line: str) -> str:
    pieces, end = [], 0
    for link in LINK.finditer(line):
        address = escape(link[0])
        pieces += [escape(line[end : link.start()]), f'<a href="{address}">{address}</a>']
        end = link.end()
    return "".join([*pieces, escape(line[end:])])


def text_of(body: Iterable[Any]) -> str | None:
    """The text that a form may show; None if the page holds more than a form would give back."""
    paragraphs: list[str] = []
    for block in body:
        html = getattr(block.value, "source", "")
        if block.block_type != "paragraph" or not _is_plain(html):
            return None
        paragraphs += [_unmarked(paragraph) for paragraph in html.split("</p>")]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _is_plain(html: str) -> bool:
    tags = set(re.findall(r"</?(\w+)", html))
    links = ANCHOR.findall(html)
    return (
        tags <= {"p", "br", "a"}
        and len(links) == html.count("<a ")
        and all(address == words for address, words in links)
    )


def _unmarked(html: str) -> str:
    lines = re.sub(r"<br\s*/?>", "\n", html)
    return unescape(TAG.sub("", lines)).strip()


def excerpt_of(body: Iterable[Any]) -> str:
    """How a text begins."""
    for block in body:
        if block.block_type == "paragraph":
            words = " ".join(plain_text(str(block.value)).split())
            if words:
                return Truncator(words).chars(EXCERPT)
    return ""
