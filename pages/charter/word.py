"""From a Word file, styled or not, to the pieces of a document.

Headings are what Word calls so, or short paragraphs in bold or in capitals; list items are
numbered or bulleted paragraphs, or begin with a bullet typed by hand. Plain Python.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun
from lxml.etree import LxmlError

from pages.charter.numbering import looks_like_a_title
from pages.charter.pieces import (
    Heading,
    Listing,
    Paragraph,
    Piece,
    Run,
    Words,
    is_in_capitals,
    plain,
    readable,
)
from pages.charter.word_package import UnreadableDocument, examine

NAMED_LEVEL = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
TYPED_BULLET = re.compile(r"\s*[•●▪◦‣·–—\uf0b7-][ \t]+")
NUMBER_ALONE = re.compile(r"(?:article\s+)?\d{1,2}(?:er)?\s*[.):°–—-]*", re.IGNORECASE)
# What python-docx and lxml raise on a package that says what Word never would.
BROKEN = (
    AttributeError,
    BadZipFile,
    IndexError,
    KeyError,
    LxmlError,
    RecursionError,
    TypeError,
    ValueError,
)
# Far more than a charter has: reading a paragraph takes about a millisecond.
MOST_PARAGRAPHS = 3_000
MOST_RUNS = 20_000
BODY_TEXT = 9
"""Word's outline level of what is no heading."""
KEPT_ASIDE = frozenset({qn("w:del"), qn("w:moveFrom")})
PASSED_THROUGH = frozenset(
    {qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent")}
)


class _Paragraph(WordParagraph):
    """A paragraph that looks its style up once for all: in a long file, nothing costs more."""

    def __init__(self, element: Any, parent: Any, styles: dict[str | None, Any]) -> None:
        super().__init__(element, parent)
        self._styles = styles

    @property  # type: ignore[misc]  # Nothing here gives a paragraph another style.
    def style(self) -> Any:
        if self._p.style not in self._styles:
            self._styles[self._p.style] = super().style
        return self._styles[self._p.style]


@dataclass
class _List:
    """The items found so far of a list, and the number of its first if they are numbered."""

    start: int | None
    items: list[list[Words]] = field(default_factory=list)


def read_word(content: bytes) -> list[Piece]:
    """The headings, paragraphs and lists of a Word file, or `UnreadableDocument` and why."""
    examine(content)
    try:
        document = Document(BytesIO(content))
        _refuse_if_too_long(document.element.body)
        return _Reader(document).pieces()
    except BROKEN as broken:
        raise UnreadableDocument("damaged") from broken


def _refuse_if_too_long(body: Any) -> None:
    for name, most in (("w:p", MOST_PARAGRAPHS), ("w:r", MOST_RUNS)):
        if sum(1 for _element in body.iter(qn(name))) > most:
            raise UnreadableDocument("too_long")


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.counters: Counter[tuple[int, int]] = Counter()
        self.formats = _formats(document)
        self.styles: dict[str | None, Any] = {}

    def pieces(self) -> list[Piece]:
        found: list[Piece] = []
        listing: _List | None = None
        for element in _paragraphs(self.document.element.body):
            paragraph = _Paragraph(element, self.document._body, self.styles)
            words = self._words(paragraph)
            if not plain(words):
                continue
            item = self._item(paragraph, words)
            if item is None:
                self._end(listing, found)
                listing = None
                found.append(self._text(paragraph, words))
                continue
            words, level, number = item
            if listing and level > 0 and listing.items:
                listing.items[-1].append(words)
                continue
            if listing and (listing.start is None) != (number is None):
                self._end(listing, found)
                listing = None
            listing = listing or _List(number)
            listing.items.append([words])
        self._end(listing, found)
        return found

    def _end(self, listing: _List | None, found: list[Piece]) -> None:
        if listing:
            found.append(Listing(tuple(tuple(item) for item in listing.items), listing.start))

    # -- What a paragraph is ---------------------------------------------------------------

    def _text(self, paragraph: WordParagraph, words: Words) -> Piece:
        level = _outline_level(paragraph)
        if level is None:
            return Heading(1, words) if _looks_like_a_heading(words) else Paragraph(words)
        if (numbered := self._numbering(paragraph)) and self._is_numbered(*numbered):
            # The number of a heading that Word counts is in no text.
            number = self._next(*numbered)
            words = (Run(f"{number}. "), *words)
        return Heading(level, words)

    def _item(self, paragraph: WordParagraph, words: Words) -> tuple[Words, int, int | None] | None:
        """The words, depth and number of an item of a list; None if it is not one."""
        if _outline_level(paragraph) is not None:
            return None
        if numbered := self._numbering(paragraph):
            number = self._next(*numbered) if self._is_numbered(*numbered) else None
            return words, numbered[1], number
        first = words[0]
        if match := TYPED_BULLET.match(first.text):
            rest = Run(first.text[match.end() :], first.bold, first.italic, first.href)
            return (rest, *words[1:]), 0, None
        return None

    def _numbering(self, paragraph: WordParagraph) -> tuple[int, int] | None:
        """The list that the paragraph is in, by itself or by its style, and how deep."""
        for properties in _properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            if numbering is not None:
                list_id = _number(numbering, "w:numId")
                return (list_id, _number(numbering, "w:ilvl")) if list_id else None
        name = (paragraph.style.name or "") if paragraph.style else ""
        if name.startswith(("List Bullet", "List Number")):
            return (-1 if name.startswith("List Bullet") else -2), 0
        return None

    def _is_numbered(self, list_id: int, level: int) -> bool:
        if list_id < 0:
            return list_id == -2
        return self.formats.get((list_id, level), "bullet") not in {"bullet", "none"}

    def _next(self, list_id: int, level: int) -> int:
        self.counters[list_id, level] += 1
        return self.counters[list_id, level]

    # -- Its words -------------------------------------------------------------------------

    def _words(self, paragraph: WordParagraph) -> Words:
        inherited = _inherited_bold(paragraph.style)
        runs: list[Run] = []
        for run, href in self._runs(paragraph, paragraph._p, ""):
            text = readable(run.text)
            bold = _own_bold(run)
            styled = Run(text, inherited if bold is None else bold, bool(run.italic), href)
            _join(runs, styled)
        return tuple(runs)

    def _runs(
        self, paragraph: WordParagraph, parent: Any, href: str
    ) -> Iterator[tuple[WordRun, str]]:
        """The runs of a paragraph as it reads: what was inserted, not what was deleted."""
        for child in parent.iterchildren():
            if child.tag == qn("w:r"):
                yield WordRun(child, paragraph), href
            elif child.tag == qn("w:hyperlink"):
                relation = paragraph.part.rels.get(child.get(qn("r:id")) or "")
                address = relation.target_ref if relation and relation.is_external else ""
                yield from self._runs(paragraph, child, address)
            elif child.tag in PASSED_THROUGH:
                yield from self._runs(paragraph, child, href)


def _paragraphs(parent: Any) -> Iterator[Any]:
    """Every paragraph in the order of reading, those of tables and of fields included."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield child
        elif child.tag not in KEPT_ASIDE and not _is_a_contents_table(child):
            yield from _paragraphs(child)


def _is_a_contents_table(element: Any) -> bool:
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _join(runs: list[Run], run: Run) -> None:
    """Word cuts a sentence anywhere: pieces of one style are one, and a space has the style of
    what it follows."""
    if runs:
        last = runs[-1]
        same = (last.bold, last.italic, last.href) == (run.bold, run.italic, run.href)
        if same or not run.text.strip():
            runs[-1] = Run(last.text + run.text, last.bold, last.italic, last.href)
            return
    if run.text:
        runs.append(run)


def _looks_like_a_heading(words: Words) -> bool:
    text = plain(words)
    if NUMBER_ALONE.fullmatch(text):
        return True
    bold = all(run.bold for run in words if run.text.strip())
    return (bold or is_in_capitals(text)) and looks_like_a_title(text)


# -- Word's styles -------------------------------------------------------------------------


def _chain(style: BaseStyle | None) -> Iterator[Any]:
    """A style and those it is based on. A file may make them turn round."""
    for _turn in range(20):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def _properties(paragraph: WordParagraph) -> Iterator[Any]:
    """The properties of a paragraph: its own, then those of its styles."""
    for element in (paragraph._p, *(style.element for style in _chain(paragraph.style))):
        if (properties := element.find(qn("w:pPr"))) is not None:
            yield properties


def _outline_level(paragraph: WordParagraph) -> int | None:
    """From 1; None for what Word does not call a heading."""
    for style in _chain(paragraph.style):
        if style.name == "Title":
            return 1
        if match := NAMED_LEVEL.match(style.name or ""):
            return int(match[1]) or 1
    for properties in _properties(paragraph):
        if (outline := properties.find(qn("w:outlineLvl"))) is not None:
            level = int(outline.get(qn("w:val")) or BODY_TEXT)
            return level + 1 if 0 <= level < BODY_TEXT else None
    return None


def _inherited_bold(style: BaseStyle | None) -> bool:
    """Whether a style writes in bold. A subtitle stands out, whatever it looks like."""
    for one in _chain(style):
        if one.name == "Subtitle" or one.font.bold is not None:
            return one.name == "Subtitle" or bool(one.font.bold)
    return False


def _own_bold(run: WordRun) -> bool | None:
    if run.bold is not None or run._r.style is None:
        return run.bold
    found = (style.font.bold for style in _chain(run.style) if style.font.bold is not None)
    return next(found, None)


def _formats(document: Any) -> dict[tuple[int, int], str]:
    """How each level of each list is counted: "bullet", "decimal"…"""
    part = next(
        (one.target_part for one in document.part.rels.values() if "numbering" in one.reltype), None
    )
    if part is None:
        return {}
    root = part.element
    abstract = {
        one.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl")) or 0): level.find(qn("w:numFmt")).get(qn("w:val"))
            for level in one.iterchildren(qn("w:lvl"))
            if level.find(qn("w:numFmt")) is not None
        }
        for one in root.iterchildren(qn("w:abstractNum"))
    }
    found: dict[tuple[int, int], str] = {}
    for one in root.iterchildren(qn("w:num")):
        named = one.find(qn("w:abstractNumId"))
        levels = abstract.get(named.get(qn("w:val")), {}) if named is not None else {}
        found |= {
            (int(one.get(qn("w:numId"))), level): kind for level, kind in levels.items() if kind
        }
    return found


def _number(parent: Any, name: str) -> int:
    element = parent.find(qn(name))
    return int(element.get(qn("w:val")) or 0) if element is not None else 0
