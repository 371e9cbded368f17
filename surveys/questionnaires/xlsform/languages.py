"""Languages: what a file calls them, and the code that says which they are."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from surveys.questionnaires.definition import Definition, Text
from surveys.questionnaires.xlsform.tables import STRAIGHT, Line, Table, is_of
from surveys.questionnaires.xlsform.vocabulary import (
    CONSTRAINT_MESSAGE,
    HINT,
    LABEL,
    REQUIRED_MESSAGE,
    Tokens,
)

WRITTEN_IN = "fr"
"""What a text is taken to be written in when the file does not say."""
UNDETERMINED = "und"
LONGEST = 35

CODE_AT_THE_END = re.compile(r".*\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)")
CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

TEXTS: tuple[Tokens, ...] = (LABEL, HINT, CONSTRAINT_MESSAGE, REQUIRED_MESSAGE)
TRANSLATED: tuple[Tokens, ...] = (
    *TEXTS,
    ("guidance_hint",),
    *(("media", medium) for medium in ("image", "big-image", "audio", "video")),
)

OWN_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "it": "Italiano",
    "ku": "Kurdî",
    "nl": "Nederlands",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
NAMES_ELSEWHERE = {
    "am": "amharic amharique",
    "ar": "arabic arabe",
    "bg": "bulgarian bulgare",
    "bm": "bambara",
    "bn": "bengali",
    "br": "breton",
    "bs": "bosnian bosniaque",
    "ca": "catalan",
    "co": "corsican corse",
    "cs": "czech tchèque",
    "da": "danish danois",
    "de": "german allemand",
    "el": "greek grec",
    "en": "anglais",
    "es": "spanish espagnol espanol castellano",
    "eu": "basque",
    "fa": "persian farsi persan",
    "ff": "pulaar peul fula",
    "fi": "finnish finnois",
    "fr": "french francais francés",
    "ha": "hausa haoussa",
    "he": "hebrew hébreu",
    "hi": "hindi",
    "hr": "croatian croate",
    "ht": "creole créole",
    "hu": "hungarian hongrois",
    "hy": "armenian arménien",
    "id": "indonesian indonésien",
    "it": "italian italien",
    "ja": "japanese japonais",
    "ka": "georgian géorgien",
    "km": "khmer",
    "ko": "korean coréen",
    "ku": "kurdish kurde",
    "ln": "lingala",
    "lo": "lao",
    "mg": "malagasy malgache",
    "my": "burmese birman",
    "ne": "nepali népalais",
    "nl": "dutch néerlandais",
    "no": "norwegian norvégien",
    "oc": "occitan",
    "pl": "polish polonais",
    "prs": "dari",
    "ps": "pashto pachto",
    "pt": "portuguese portugais portugues",
    "rn": "kirundi",
    "ro": "romanian roumain",
    "rom": "romani",
    "ru": "russian russe",
    "rw": "kinyarwanda",
    "sk": "slovak slovaque",
    "snk": "soninke soninké",
    "so": "somali",
    "sq": "albanian albanais",
    "sr": "serbian serbe",
    "sv": "swedish suédois",
    "sw": "swahili kiswahili",
    "ta": "tamil tamoul",
    "th": "thai thaï",
    "ti": "tigrinya",
    "tr": "turkish turc turkce",
    "uk": "ukrainian ukrainien",
    "ur": "urdu ourdou",
    "vi": "vietnamese vietnamien",
    "wo": "wolof",
    "zh": "chinese chinois mandarin",
}
NAMES = {
    **{name.casefold(): code for code, name in OWN_NAMES.items()},
    **{name: code for code, names in NAMES_ELSEWHERE.items() for name in names.split()},
}


@dataclass
class Languages:
    """`codes` gives the code of each name in the file, "" being the texts that have none."""

    codes: dict[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = (WRITTEN_IN,)

    def text(self, line: Line, column: Tokens) -> Text:
        """What a row says in a column, in each language."""
        said: Text = {}
        for tokens, words in line.beginning(column).items():
            code = self.code(tokens[len(column)] if len(tokens) > len(column) else "")
            # Where a language has both `label` and `label::its name`, the second wins.
            if len(tokens) > len(column) or code not in said:
                said[code] = words
        return {code: said[code] for code in sorted(said, key=self._rank)}

    def code(self, name: str) -> str:
        return self.codes.get(name, self.order[0])

    def _rank(self, code: str) -> int:
        return self.order.index(code) if code in self.order else len(self.order)

    @property
    def names(self) -> dict[str, str]:
        """What the file calls each language, even where it is by its code."""
        names: dict[str, str] = {}
        for name, code in self.codes.items():
            if code not in names or not names[code]:
                names[code] = name
        return names


def languages_of(tables: Iterable[Table], default: str, noted: Any = None) -> Languages:
    """The languages that texts of these tables are in; `default` is what the settings say.

    `noted` is what an export of ours wrote of them: `{what the file calls it: its code}`.
    """
    used: dict[str, int] = {}
    labels: Counter[str] = Counter()
    for at, table in enumerate(tables):
        for tokens, name in _languages_in(table):
            used.setdefault(name, len(used))
            if at == 0 and tokens[:1] == LABEL:
                labels[name] += 1
    codes = _codes(used, default)
    if known := _known(noted):
        return _as_noted(codes, known)
    if not codes:
        code = _code_of_the_unnamed({}, default)
        return Languages({"": code}, (code,))
    first = _first(codes, default, labels)
    rest = [code for code in dict.fromkeys(codes.values()) if code != first]
    return Languages(codes, (first, *rest))


def _known(noted: Any) -> dict[str, str]:
    known = noted if isinstance(noted, dict) else {}
    codes = {name: code for name, code in known.items() if isinstance(code, str) and code}
    return codes if len(set(codes.values())) == len(codes) else {}


def _as_noted(codes: dict[str, str], known: dict[str, str]) -> Languages:
    new = {name: code for name, code in codes.items() if name not in known}
    free = {name: code for name, code in new.items() if code not in known.values()}
    every = {**known, **free, **{name: _made_from(name) for name in new if name not in free}}
    return Languages(every, tuple(dict.fromkeys(every.values())))


def _languages_in(table: Table) -> Iterable[tuple[Tokens, str]]:
    for column in table.headers:
        base = next((one for one in TRANSLATED if is_of(column, one)), None)
        if base is None:
            continue
        name = column[len(base)] if len(column) > len(base) else ""
        for line in table.lines:
            if line[column] and (base in TEXTS or name):
                yield column, name


def _codes(used: Iterable[str], default: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for name in sorted(used, key=lambda name: name == ""):
        code = code_of(name) if name else _code_of_the_unnamed(codes, default)
        if name and code in codes.values():
            code = _made_from(name)
        codes[name] = code
    return {name: codes[name] for name in used}


def _code_of_the_unnamed(codes: dict[str, str], default: str) -> str:
    if default:
        return codes.get(default) or code_of(default)
    return WRITTEN_IN if WRITTEN_IN not in codes.values() else UNDETERMINED


def _first(codes: dict[str, str], default: str, labels: Counter[str]) -> str:
    if default in codes:
        return codes[default]
    if default and "" in codes:
        return codes[""]
    names = list(codes)
    return codes[max(names, key=lambda name: (labels[name], name == "", -names.index(name)))]


def code_of(name: str) -> str:
    """The code of a language that a file calls by this name."""
    if at_the_end := CODE_AT_THE_END.fullmatch(name):
        first, *rest = re.split("[-_]", at_the_end[1])
        return "-".join([first.lower(), *rest])[:LONGEST]
    if CODE.fullmatch(name):
        return name[:LONGEST]
    return NAMES.get(name.casefold()) or _made_from(name)


def _made_from(name: str) -> str:
    """A code that is nobody's, the same each time: private use, in the way of BCP 47."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]{1,8}", plain)
    words = words or [hashlib.sha256(name.encode()).hexdigest()[:8]]
    return "-".join(["x", *words])[:LONGEST].rstrip("-")


# -- Written -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """What an export calls each language; `order` begins with the one it was written in."""

    names: dict[str, str]

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(self.names)

    @property
    def named(self) -> dict[str, str]:
        return {name: code for code, name in self.names.items()}

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def column(self, column: Tokens, code: str) -> Tokens:
        name = self.name(code)
        return (*column, name) if name else column


def languages_written(definition: Definition) -> Written:
    """The languages of a definition, and any other that one of its texts is in."""
    names: dict[str, str] = {}
    for code in dict.fromkeys([*definition.languages, *_languages_of_texts(definition)]):
        name = definition.language_names.get(code)
        if name is None or (name and not _may_be_header(name)) or name in names.values():
            name = _own_name(code)
        names[code] = name if name not in names.values() else code
    return Written(names)


def _own_name(code: str) -> str:
    own = OWN_NAMES.get(code)
    return f"{own} ({code})" if own else code


def _may_be_header(name: str) -> bool:
    return name == " ".join(name.split()) and ":" not in name and name.translate(STRAIGHT) == name


def _languages_of_texts(definition: Definition) -> Iterable[str]:
    for section in definition.sections:
        texts = [section.title, section.introduction, *(group.title for group in section.groups)]
        for question in section.questions:
            texts += [question.label, question.hint, question.check_message]
            texts.append(question.required_message)
            texts += [choice.label for choice in question.choices]
            texts += [row.label for row in question.rows]
        for text in texts:
            yield from text
    yield from definition.introduction
