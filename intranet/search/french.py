"""Words of French, as the search compares them. Plain Python, the same for both databases.

A text becomes tokens, each with where it stands in the text and the forms it is found by. Two
texts hold the same word when they share a form: case, accents, ligatures, elisions, plurals and
inclusive writing are taken away here, and nowhere else. Forms are made of `a-z0-9` alone, so
that no database has anything left to understand.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

ANALYSIS: Final = 1
"""To be raised when the same text gives other forms: everything is then indexed again."""

LONGEST: Final = 40
"""Letters of a word that count; what is longer is not a word."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_WORD = rf"(?:[^\W_][{_MARKS}]*)+"
_NOT_INSIDE = r"(?<![^\W_])"
_APOSTROPHE = "['\u2019\u02bc\u2018\u201b`\u00b4]"
_HYPHEN = "[-\u2010\u2011]"
_INTERPUNCT = "[\u00b7\u2022\u2027\u22c5\u2219\u30fb]"
# Endings that follow a full stop or a hyphen in inclusive writing, and hardly ever otherwise.
_ENDING = "(?:e|es|ne|nes|rice|rices|trice|trices|euse|euses|ère|ères|ere|eres|ve|ves)"
_ENDING_AND_S = "(?:e|ne|le|te|se|rice|trice|euse|ère|ere|ve)"

_ACRONYM = rf"{_NOT_INSIDE}(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?"
_ELISION = (
    rf"{_NOT_INSIDE}(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu){_APOSTROPHE}(?=[^\W_])"
)
_INCLUSIVE = (
    rf"{_WORD}(?:"
    rf"(?:{_INTERPUNCT}[^\W\d_]{{1,8}}){{1,3}}"
    rf"|\.{_ENDING_AND_S}\.s\b|\.{_ENDING}\b(?![.@])"
    rf"|{_HYPHEN}{_ENDING_AND_S}{_HYPHEN}s\b|{_HYPHEN}{_ENDING}\b(?!{_HYPHEN})"
    rf"|\((?:{_ENDING}|s|le|les|te|tes|se|ses)\)(?:\(s\)|s\b)?"
    rf")"
)
_PLAIN = rf"{_WORD}(?:{_APOSTROPHE}{_WORD})*"
_COMPOUND = rf"{_PLAIN}(?:{_HYPHEN}{_PLAIN})+"
_TOKEN = re.compile(
    rf"(?P<acronym>{_ACRONYM})|(?P<elision>{_ELISION})|(?P<inclusive>{_INCLUSIVE})"
    rf"|(?P<compound>{_COMPOUND})|(?P<plain>{_PLAIN})",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]"
)
_PARTS = re.compile(_PLAIN)
_LETTERS = re.compile(_WORD)

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng"}
)
# Not "été", "son" or "est", which are nouns too; not "ça", which is a board (CA) without its sign.
STOP_WORDS: Final = frozenset(
    "a à au aux avec ce ces cet cette celle celles celui ceux ceci cela dans de des du elle "
    "elles en et eux il ils je j l la le les leur leurs lui ma mais me mes moi ne ni nos notre "
    "nous on ou où par pas pour qu que qui quoi dont sa sans se ses si sur ta te tes toi tu un "
    "une vos votre vous y d c n s m t the of and".replace("à", "a")
    .replace("ù", "u")
    .split()
)
_IRREGULAR: Final = {
    "baux": "bail", "bijoux": "bijou", "cailloux": "caillou", "cheveux": "cheveu",
    "choux": "chou", "cieux": "ciel", "coraux": "corail", "emaux": "email", "enjeux": "enjeu",
    "feux": "feu", "genoux": "genou", "hiboux": "hibou", "jeux": "jeu", "joujoux": "joujou",
    "lieux": "lieu", "milieux": "milieu", "neveux": "neveu", "poux": "pou",
    "travaux": "travail", "vitraux": "vitrail", "voeux": "voeu", "yeux": "oeil",
}  # fmt: skip
_stemmer = snowballstemmer.stemmer("french")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, how it is spelt without accents, its forms.

    The first form is the one that phrases are made of. The token of a whole compound
    (auto-évaluation) stands beside those of its parts and is no step of the sentence.
    """

    start: int
    end: int
    plain: str
    forms: tuple[str, ...]
    is_step: bool = True


def clean(text: str) -> str:
    """A text that every database takes and every browser shows, on one line."""
    return " ".join(unicodedata.normalize("NFC", _UNSHOWN.sub("", text)).split())


def fold(word: str) -> str:
    """A word without case, accents or ligatures; letters of other scripts by their number."""
    # What the cache keeps has a length, whatever people send.
    return _fold(word[: 2 * LONGEST])


@lru_cache(maxsize=65_536)
def _fold(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word).casefold().translate(_LIGATURES)
    kept = (
        letter if letter.isascii() else f"u{ord(letter):x}"
        for letter in unicodedata.normalize("NFKD", folded)
        if letter.isalnum()
    )
    return "".join(kept)[:LONGEST]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What is left of a folded word once plural, feminine and endings are taken away.

    Snowball's French, which PostgreSQL calls `french_stem`, was written for words with their
    accents: what it does to é, è and to plurals is first done here for words without.
    """
    if len(word) < 3 or not word.isalpha():
        return word
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 4 and word.endswith("ee"):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ere"):
        word = word[:-1]
    if len(word) > 4 and word.endswith("ive"):
        word = f"{word[:-2]}f"
    return _stemmer.stemWord(word)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in the order of reading, stop words left out."""
    for match in _TOKEN.finditer(text):
        start = match.start()
        found = match.group()
        match match.lastgroup:
            case "acronym":
                yield from _word(start, found)
            case "inclusive":
                yield from _inclusive(start, found)
            case "compound":
                yield from _compound(start, found)
            case "plain":
                yield from _word(start, found)


def _word(start: int, found: str) -> Iterator[Token]:
    plain = fold(found)
    if plain and plain not in STOP_WORDS:
        yield Token(start, start + len(found), plain, (stem(plain),))


def _compound(start: int, found: str) -> Iterator[Token]:
    for part in _PARTS.finditer(found):
        yield from _word(start + part.start(), part.group())
    plain = fold(found)
    yield Token(start, start + len(found), plain, (stem(plain),), is_step=False)


def _inclusive(start: int, found: str) -> Iterator[Token]:
    """`habitant·e·s` is found as habitants and as habitantes, whichever sign is written."""
    base, *endings = (fold(part) for part in _LETTERS.findall(found))
    if len(base) < 3:
        # "2.e", "a-le": two words that happen to touch.
        for part in _LETTERS.finditer(found):
            yield from _word(start + part.start(), part.group())
        return
    feminine = _feminine(base, next((one for one in endings if one != "s"), ""))
    forms = dict.fromkeys([stem(base), stem(feminine)])
    yield Token(start, start + len(found), base, tuple(forms))


def _feminine(base: str, ending: str) -> str:
    """The whole word that an ending stands for: acteur and rice make actrice."""
    ending = ending.removesuffix("s")
    base = base.removesuffix("s")
    for masculine, feminines in (
        ("teur", ("rice", "trice")),
        ("eur", ("euse", "rice", "eresse")),
        ("er", ("ere",)),
        ("if", ("ive", "ve")),
        ("eux", ("euse", "se")),
        ("tou", ("te", "toute")),
        ("ceux", ("elle", "celle")),
    ):
        if base.endswith(masculine) and ending in feminines:
            return _ending_of(base, masculine, ending)
    return base + ending


def _ending_of(base: str, masculine: str, ending: str) -> str:
    match masculine:
        case "teur":
            return f"{base[:-4]}trice"
        case "if":
            return f"{base[:-1]}ve"
        case "eux":
            return f"{base[:-1]}se"
        case "tou":
            return "toute"
        case "ceux":
            return "celle"
    return base[: -len(masculine)] + ending
