"""LimeSurvey's texts are HTML; ours are read as they are. Plain Python."""

import re
from html.parser import HTMLParser

BREAKING = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr"})
UNREAD = frozenset({"script", "style", "head", "title"})
PICTURES = frozenset({"img", "video", "audio", "iframe", "object", "embed", "svg", "canvas"})
PLACEHOLDER = re.compile(r"\{[A-Za-z(!][^{}\n]{0,500}\}")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.unread = 0
        self.pictures: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        if tag in PICTURES:
            self.pictures.append(tag)
        if tag in BREAKING:
            self.words.append("\n")
        if tag == "li":
            self.words.append("- ")
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNREAD:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        if tag in BREAKING - {"br", "hr"}:
            self.words.append("\n")
        if tag == "a" and self.addresses:
            address = self.addresses.pop()
            if address.startswith(("http", "mailto:")) and address not in "".join(self.words):
                self.words.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(re.sub(r"\s+", " ", data))


def plain(html: str) -> str:
    """The words of a text, a paragraph or an item of a list a line, addresses in parentheses."""
    reader = _read(html)
    lines = (line.strip() for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def pictures(html: str) -> list[str]:
    """The tags of what cannot be said in words."""
    return _read(html).pictures


def _read(html: str) -> _Words:
    reader = _Words()
    reader.feed(html if "<" in html or "&" in html else html.replace("\n", "<br>"))
    reader.close()
    return reader
