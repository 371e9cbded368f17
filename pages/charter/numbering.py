"""Where the articles of a charter begin, and what their titles are. Plain Python."""

import re
from dataclasses import dataclass

from pages.charter.pieces import (
    Heading,
    Listing,
    Paragraph,
    Piece,
    Run,
    is_in_capitals,
    lines,
    plain,
)

LONGEST_TITLE = 150
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
NUMBER = r"(?P<number>\d{1,2}|premier|viii|vii|vi|iv|v|ix|x|iii|ii|i)(?:er)?"
ALONE = re.compile(rf"(?P<word>article\s+)?{NUMBER}\s*[.):°–—-]*", re.IGNORECASE)
WITH_TITLE = re.compile(
    rf"(?P<word>article\s+)?{NUMBER}(?P<mark>\s*[.):°–—-]+)?\s+(?P<title>\S.*)", re.IGNORECASE
)
MEMBERS = re.compile(
    r"(?:les\s+)?(?:organisations\s+)?(?:membres|signataires)\b[^:]{0,80}:\s*(?P<names>.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Start:
    """Where an article begins: its number, the title written beside it if any."""

    number: int
    title: str
    level: int


def starts(pieces: list[Piece]) -> dict[int, Start]:
    found: dict[int, Start] = {}
    last = 0
    for index, piece in enumerate(pieces):
        start = _start(piece, expected=last + 1)
        if start is not None:
            found[index] = start
            last = start.number
    return found


def _start(piece: Piece, *, expected: int) -> Start | None:
    if isinstance(piece, Listing):
        return _start_of_list(piece, expected)
    is_heading = isinstance(piece, Heading)
    level = piece.level if isinstance(piece, Heading) else 1
    text = plain(piece.words)
    if match := ALONE.fullmatch(text):
        number = _number(match["number"])
        # A number alone in the text may be the number of a page.
        if is_heading or match["word"] or number == expected:
            return Start(number, "", level)
    elif (match := WITH_TITLE.fullmatch(text)) and len(text) <= LONGEST_TITLE * 2:
        number = _number(match["number"])
        announced = match["word"] or (is_heading and match["mark"])
        counted = is_heading and match["number"].isdigit() and number == expected
        if (announced and (is_heading or looks_like_a_title(match["title"]))) or counted:
            return Start(number, match["title"], level)
    return None


def _start_of_list(piece: Listing, expected: int) -> Start | None:
    """A number and a full stop on a line of their own are, for Markdown, a list."""
    if piece.start != expected or len(piece.items) != 1:
        return None
    texts = [plain(words) for words in piece.items[0]]
    if not texts:
        return Start(expected, "", 1)
    if len(texts) == 1 and is_in_capitals(texts[0]) and len(texts[0]) <= LONGEST_TITLE:
        return Start(expected, texts[0], 1)
    return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return ROMAN.get(text.lower(), 1)


def looks_like_a_title(text: str) -> bool:
    if len(text) > LONGEST_TITLE:
        return False
    return is_in_capitals(text) or not text.endswith((".", ";", ":", ",", "!", "…"))


def title_of(start: Start, rest: list[Piece]) -> tuple[str, int, list[Piece]]:
    """The title of an article, the level of its headings, and what comes below."""
    if start.title or not rest:
        return start.title, start.level, rest
    first = rest[0]
    if isinstance(first, Heading):
        count = 1
        while count < len(rest) and continues(first, rest[count - 1], rest[count]):
            count += 1
        title = " ".join(plain(piece.words) for piece in rest[:count])  # type: ignore[union-attr]
        return title, max(start.level, first.level), rest[count:]
    if isinstance(first, Paragraph):
        title, below = _title_in_text(first)
        rest = below + rest[1:]
        while title and is_in_capitals(title) and rest and isinstance(rest[0], Paragraph):
            more, below = _title_in_text(rest[0])
            if not more or not is_in_capitals(more):
                break
            title, rest = f"{title} {more}", below + rest[1:]
        return title, start.level, rest
    return "", start.level, rest


def continues(first: Heading, before: Piece, piece: Piece) -> bool:
    """Whether a heading is the next line of a title in capitals."""
    return (
        isinstance(before, Heading)
        and isinstance(piece, Heading)
        and piece.level == first.level
        and is_in_capitals(plain(before.words))
        and is_in_capitals(plain(piece.words))
    )


def _title_in_text(paragraph: Paragraph) -> tuple[str, list[Piece]]:
    """The title that a paragraph is, or begins with in capitals, and the rest of it."""
    text = plain(paragraph.words)
    if MEMBERS.fullmatch(text):
        return "", [paragraph]
    if looks_like_a_title(text):
        return text, []
    written = lines(paragraph.words)
    count = 0
    while count < len(written) and is_in_capitals(written[count]):
        count += 1
    title = " ".join(written[:count])
    if not title or len(title) > LONGEST_TITLE:
        return "", [paragraph]
    return title, [Paragraph((Run("\n".join(written[count:])),))]
