"""What a charter is made of, found in the pieces of a document. Plain Python.

Charters are written by hand and converted from one program to another: numbers stand alone in
headings of any level, titles below them in headings or not, values begin with a word in bold.
Nothing here fails: a document that is not a charter has no articles.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from pages.charter.numbering import MEMBERS, continues, looks_like_a_title, starts, title_of
from pages.charter.pieces import (
    Heading,
    Listing,
    Paragraph,
    Piece,
    Run,
    Words,
    html,
    plain,
    trimmed,
)


@dataclass(frozen=True)
class Prose:
    html: str


@dataclass(frozen=True)
class ValueText:
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class CommitmentGroup:
    introduction: str
    commitments: tuple[str, ...]


Block = Prose | ValueText | CommitmentGroup


@dataclass(frozen=True)
class Article:
    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Closing:
    title: str = ""
    blocks: tuple[Prose, ...] = ()
    aims: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Charter:
    title: str
    subtitle: str
    introduction: tuple[Prose, ...]
    articles: tuple[Article, ...]
    closing: Closing

    @property
    def values(self) -> list[ValueText]:
        return [b for article in self.articles for b in article.blocks if isinstance(b, ValueText)]

    @property
    def groups(self) -> list[CommitmentGroup]:
        blocks = (block for article in self.articles for block in article.blocks)
        return [block for block in blocks if isinstance(block, CommitmentGroup)]


PROMISE = re.compile(r"\bengag", re.IGNORECASE)
PRINCIPLE = re.compile(r"\b(?:valeur|principe)", re.IGNORECASE)
LEAD = re.compile(r"(?P<name>[^:]{2,40}?)\s*:\s+(?P<rest>\S.*)", re.DOTALL)


def read_charter(pieces: list[Piece]) -> Charter:
    found = starts(pieces)
    indexes = sorted(found)
    first = indexes[0] if indexes else len(pieces)
    title, subtitle, introduction = _presentation(pieces[:first])

    contents = []
    for index, following in pairwise([*indexes, len(pieces)]):
        name, level, rest = title_of(found[index], pieces[index + 1 : following])
        contents.append((found[index].number, name, level, rest))
    ending: list[Piece] = []
    if contents:
        number, name, level, rest = contents[-1]
        rest, ending = _split_ending(rest, max(content[2] for content in contents))
        contents[-1] = (number, name, level, rest)

    promising = any(_promises(rest, name) for _number, name, _level, rest in contents)
    articles = tuple(
        Article(number, name, _blocks(rest, name, promising))
        for number, name, _level, rest in contents
    )
    return Charter(title, subtitle, introduction, articles, _closing(ending))


# -- What articles hold ------------------------------------------------------------------


def _promises(pieces: list[Piece], title: str) -> bool:
    """Whether some list of the article is introduced as a commitment."""
    return any(
        PROMISE.search(_introduction(pieces, index) or title)
        for index, piece in enumerate(pieces)
        if isinstance(piece, Listing)
    )


def _introduction(pieces: list[Piece], index: int) -> str:
    before = pieces[index - 1] if index else None
    return plain(before.words) if isinstance(before, Paragraph | Heading) else ""


def _blocks(pieces: list[Piece], title: str, promising: bool) -> tuple[Block, ...]:
    """The blocks of an article.

    A list is a group of commitments when it is introduced by a promise, or stands in an article
    that has such a list; where no list of the charter is, any list announced by a colon.
    """
    here = _promises(pieces, title)
    blocks: list[Block] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Listing):
            _add_text(blocks, piece)
            continue
        introduction = _introduction(pieces, index)
        committed = bool(PROMISE.search(introduction))
        values = [] if committed else _values(piece, f"{title} {introduction}")
        if values:
            blocks.extend(values)
        elif committed or here or (not promising and introduction.endswith(":")):
            if introduction and blocks and isinstance(blocks[-1], Prose):
                blocks.pop()
            else:
                introduction = ""
            texts = (" ".join(plain(words) for words in item) for item in piece.items)
            commitments = tuple(text for text in texts if text)
            if commitments:
                blocks.append(CommitmentGroup(introduction, commitments))
        else:
            _add(blocks, _list(piece))
    return tuple(blocks)


def _add_text(blocks: list[Block], piece: Heading | Paragraph) -> None:
    """A paragraph; after a value it belongs to the value, unless it announces something."""
    if not plain(piece.words):
        return
    if isinstance(piece, Heading):
        blocks.append(Prose(f"<p><b>{html(_unstyled(piece.words))}</b></p>"))
        return
    lead = _lead(piece.words)
    last = blocks[-1] if blocks else None
    if lead:
        blocks.append(ValueText(lead[0], _paragraphs([lead[1]])))
    elif isinstance(last, ValueText) and not plain(piece.words).endswith(":"):
        more = (*last.paragraphs, f"<p>{html(piece.words)}</p>")
        blocks[-1] = ValueText(last.name, more)
    else:
        blocks.append(Prose(f"<p>{html(piece.words)}</p>"))


def _add(blocks: list[Block], prose: Prose) -> None:
    """A list after a value belongs to the value."""
    last = blocks[-1] if blocks else None
    if isinstance(last, ValueText):
        blocks[-1] = ValueText(last.name, (*last.paragraphs, prose.html))
    elif prose.html:
        blocks.append(prose)


def _values(piece: Listing, announced: str) -> list[ValueText]:
    """The values that a list holds: each begins with its name, in bold or before a colon."""
    found: list[ValueText] = []
    for item in piece.items:
        lead = _lead(item[0]) if item else None
        if lead is None and item and PRINCIPLE.search(announced):
            match = LEAD.fullmatch(plain(item[0]))
            lead = (match["name"], (Run(match["rest"]),)) if match else None
        if lead:
            found.append(ValueText(lead[0], _paragraphs([lead[1], *item[1:]])))
        elif item and found:
            last = found[-1]
            found[-1] = ValueText(last.name, (*last.paragraphs, *_paragraphs(list(item))))
        elif item:
            return []
    return found


def _lead(words: Words) -> tuple[str, Words] | None:
    """The name in bold that a text begins with, and the text after its colon."""
    words = trimmed(words)
    count = 0
    while count < len(words) and words[count].bold:
        count += 1
    name = plain(words[:count])
    after = "".join(run.text for run in words[count:]).lstrip()
    if not name.endswith(":") and not after.startswith(":"):
        return None
    if not (name := name.rstrip(" :")) or len(name) > 120:
        return None
    return name, _without_colon(words[count:])


def _without_colon(words: Words) -> Words:
    if not words:
        return ()
    first = words[0]
    text = first.text.lstrip().removeprefix(":").lstrip()
    return trimmed((Run(text, first.bold, first.italic, first.href), *words[1:]))


def _paragraphs(texts: list[Words]) -> tuple[str, ...]:
    return tuple(f"<p>{html(words)}</p>" for words in texts if plain(words))


def _list(piece: Listing) -> Prose:
    items = "".join(
        f"<li>{'<br/>'.join(html(words) for words in item)}</li>" for item in piece.items if item
    )
    tag = "ul" if piece.start is None else "ol"
    return Prose(f"<{tag}>{items}</{tag}>" if items else "")


def _unstyled(words: Words) -> Words:
    return tuple(Run(run.text) for run in words)


# -- Before the first article, after the last --------------------------------------------


def _presentation(pieces: list[Piece]) -> tuple[str, str, tuple[Prose, ...]]:
    """Title, subtitle and introduction."""
    if not pieces or isinstance(pieces[0], Listing):
        return "", "", _prose(pieces)
    first, *rest = pieces
    title = plain(first.words)  # type: ignore[union-attr]
    while rest and isinstance(first, Heading) and continues(first, first, rest[0]):
        title = f"{title} {plain(rest.pop(0).words)}"  # type: ignore[union-attr]
    subtitle = ""
    if rest and not isinstance(rest[0], Listing):
        text = plain(rest[0].words)
        styled = all(run.bold or run.italic for run in rest[0].words if run.text.strip())
        if looks_like_a_title(text) and (styled or isinstance(rest[0], Heading)):
            subtitle = text
            rest = rest[1:]
    return title, subtitle, _prose(rest)


def _prose(pieces: list[Piece]) -> tuple[Prose, ...]:
    blocks: list[Prose] = []
    for piece in pieces:
        if isinstance(piece, Listing):
            blocks.append(_list(piece))
        elif isinstance(piece, Heading) and plain(piece.words):
            blocks.append(Prose(f"<p><b>{html(_unstyled(piece.words))}</b></p>"))
        elif plain(piece.words):
            blocks.append(Prose(f"<p>{html(piece.words)}</p>"))
    return tuple(block for block in blocks if block.html)


def _split_ending(rest: list[Piece], level: int) -> tuple[list[Piece], list[Piece]]:
    """What follows the last article: from a heading as high as the articles', or the members."""
    for index, piece in enumerate(rest):
        if isinstance(piece, Heading) and piece.level <= level:
            return rest[:index], rest[index:]
        if isinstance(piece, Paragraph) and MEMBERS.fullmatch(plain(piece.words)):
            return rest[:index], rest[index:]
    return rest, []


def _closing(pieces: list[Piece]) -> Closing:
    title = ""
    if pieces and isinstance(pieces[0], Heading):
        title = plain(pieces[0].words)
        pieces = pieces[1:]
    members: list[str] = []
    kept: list[Piece] = []
    waiting = False
    for piece in pieces:
        if isinstance(piece, Paragraph) and (match := MEMBERS.fullmatch(plain(piece.words))):
            members += _names(match["names"])
            waiting = not match["names"]
        elif waiting and isinstance(piece, Listing):
            members += [plain(item[0]) for item in piece.items if item]
            waiting = False
        else:
            kept.append(piece)
    lists = (piece for piece in kept if isinstance(piece, Listing))
    aims = tuple(plain(item[0]) for listing in lists for item in listing.items if item)
    return Closing(title, _prose(kept), aims, tuple(members))


def _names(text: str) -> list[str]:
    for mark in (" / ", ";", ","):
        if mark in text:
            return [name.strip() for name in text.split(mark) if name.strip()]
    return [text] if text else []
