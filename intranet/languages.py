"""Languages: how they are called by those who speak them, and which way they are written.

Plain Python. A language is a BCP 47 tag: `fr`, `pt-BR`, `zh-Hans`.
"""

import re
from collections.abc import Iterable
from typing import Final

SITE_LANGUAGE: Final = "fr"

INTERFACE_LANGUAGES: Final = ("fr", "en", "ar", "tr", "pt", "es")
"""What the pages on which people answer can say; the rest of the site speaks French."""

WRITTEN_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "prs", "ps", "sd", "ug", "ur", "yi"}
)
RIGHT_TO_LEFT_SCRIPTS: Final = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})

OWN_NAMES: Final = {
    "fr": "Français",
    "ar": "العربية",
    "en": "English",
    "tr": "Türkçe",
    "pt": "Português",
    "es": "Español",
    "bm": "Bamanankan",
    "bn": "বাংলা",
    "br": "Brezhoneg",
    "ckb": "کوردیی ناوەندی",
    "de": "Deutsch",
    "fa": "فارسی",
    "ff": "Pulaar",
    "he": "עברית",
    "hi": "हिन्दी",
    "ht": "Kreyòl ayisyen",
    "hy": "Հայերեն",
    "it": "Italiano",
    "ka": "ქართული",
    "kab": "Taqbaylit",
    "kmr": "Kurmancî",
    "km": "ភាសាខ្មែរ",
    "ln": "Lingála",
    "lo": "ລາວ",
    "mg": "Malagasy",
    "nl": "Nederlands",
    "pl": "Polski",
    "prs": "دری",
    "ps": "پښتو",
    "ro": "Română",
    "rom": "Romani",
    "ru": "Русский",
    "snk": "Sooninkanxanne",
    "so": "Soomaali",
    "sq": "Shqip",
    "sr": "Српски",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "ti": "ትግርኛ",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "wo": "Wolof",
    "zdj": "Shingazidja",
    "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "zh": "中文",
}


class Words(str):
    """A text that remembers which language it is in: it may not be the one that was asked."""

    language: str = ""


def said_in(language: str, text: str) -> Words:
    words = Words(text)
    words.language = language
    return words


def language_of(text: object) -> str:
    """The language of a text, or nothing if nobody said it."""
    return text.language if isinstance(text, Words) else ""


TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
LONGEST_TAG = 35


def primary(language: str) -> str:
    """`pt` of `pt-BR`."""
    return re.split("[-_]", language.strip(), maxsplit=1)[0].lower()


def tidy(language: str) -> str:
    """A tag as it is usually written (`pt_br` is `pt-BR`), or nothing if it is not one."""
    tag = language.strip().replace("_", "-")
    if len(tag) > LONGEST_TAG or not TAG.fullmatch(tag):
        return ""
    first, *others = tag.split("-")
    return "-".join([first.lower(), *map(_subtag, others)])


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def own_name(language: str, given: str = "") -> str:
    """How those who speak it call a language: as we know it, as it was given, or its tag."""
    known = OWN_NAMES.get(primary(language), "")
    region = language.partition("-")[2]
    if known:
        return f"{known} ({region})" if region else known
    # A file calls a language "Wolof (wo)".
    return given.removesuffix(f"({language})").strip() or language


def is_right_to_left(language: str) -> bool:
    parts = {part.lower() for part in language.split("-")[1:]}
    if any(len(part) == 4 and part.isalpha() for part in parts):
        return bool(parts & RIGHT_TO_LEFT_SCRIPTS)
    return primary(language) in WRITTEN_RIGHT_TO_LEFT


def direction(language: str) -> str:
    return "rtl" if is_right_to_left(language) else "ltr"


def interface_language(language: str) -> str:
    """The language in which the page around a text of this language speaks."""
    return primary(language) if primary(language) in INTERFACE_LANGUAGES else SITE_LANGUAGE


def best_language(offered: Iterable[str], wanted: Iterable[str]) -> str:
    """The first of the languages wanted that is offered, or the first that is offered.

    A language is offered when one of its regions is: `ar` suits who wants `ar-DZ`.
    """
    offered = list(offered)
    exactly = {language.lower(): language for language in reversed(offered)}
    nearly = {primary(language): language for language in reversed(offered)}
    for language in wanted:
        found = exactly.get(language.lower()) or nearly.get(primary(language))
        if language and found:
            return found
    return offered[0]
