"""The pieces of a written document, whatever file it comes from. Plain Python."""

import re
import unicodedata
from dataclasses import dataclass
from html import escape

# What no text holds: control characters, halves of characters.
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Typographic spaces are put in at rendering, never stored.
NO_BREAK_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
SAFE_LINKS = ("https://", "http://", "mailto:", "/")


@dataclass(frozen=True)
class Run:
    """Some words in one style. A line break is a newline in the text."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    words: Words


@dataclass(frozen=True)
class Listing:
    """A list; every item has one paragraph or more. `start` is the number of the first."""

    items: tuple[tuple[Words, ...], ...]
    start: int | None = None


Piece = Heading | Paragraph | Listing


def readable(text: str) -> str:
    """A text as it is stored: one form for each letter, ordinary spaces, nothing unreadable."""
    return NO_BREAK_SPACES.sub(" ", UNREADABLE.sub("", unicodedata.normalize("NFC", text)))


def plain(words: Words) -> str:
    return " ".join("".join(run.text for run in words).split())


def lines(words: Words) -> list[str]:
    found = (" ".join(line.split()) for line in "".join(run.text for run in words).split("\n"))
    return [line for line in found if line]


def html(words: Words) -> str:
    """The words as the editor stores them: bold, italic and links, one space between words."""
    words = trimmed(words)
    return "".join(_html(run) for run in words)


def trimmed(words: Words) -> Words:
    """The same words, one space where there were several or a line break, none at the ends."""
    kept: list[Run] = []
    spaced = True
    for run in words:
        text = " ".join(run.text.split())
        if run.text[:1].isspace() and not spaced:
            text = " " + text
        if run.text[-1:].isspace() and text.strip():
            text += " "
        if text:
            kept.append(Run(text, run.bold, run.italic, run.href))
            spaced = text.endswith(" ")
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Run(last.text.rstrip(), last.bold, last.italic, last.href)
    return tuple(kept)


def _html(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.italic:
        text = f"<i>{text}</i>"
    if run.bold:
        text = f"<b>{text}</b>"
    if run.href.startswith(SAFE_LINKS):
        text = f'<a href="{escape(run.href)}">{text}</a>'
    return text


def is_in_capitals(text: str) -> bool:
    return text.upper() == text and any(letter.isalpha() for letter in text)
