"""What a questionnaire says in other languages than the one it was written in. Plain Python.

Stored beside the blocks, which editors' screens send back whole: a translator and an editor who
save at the same moment write in two places.

    {language: {"<identity>/<field>": {"text": the translation, "of": the text it translates}}}

The questionnaire itself has the identity "". A translation whose source text has changed since
is to review, and is read meanwhile.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import Any, Final

from surveys.questionnaires.definition import Definition, Group, Question, Section, Text, text_in

Entries = dict[str, dict[str, str]]
"""`{key: {"text", "of"}}`: the translations into one language."""

Stored = dict[str, Entries]

TITLES: Final = ("title", "introduction")
ASKED: Final = ("label", "hint", "unit", "lowest_label", "highest_label")
SAID_WHEN_REFUSED: Final = ("required_message", "check_message")


class State(StrEnum):
    TRANSLATED = "translated"
    MISSING = "missing"
    TO_REVIEW = "to_review"


@dataclass(frozen=True)
class SourceText:
    """A text to translate. `of` says whose it is: "questionnaire", "section", "group",
    "question", "row" or "choice"; `code` names that one, `section` is the number of its page
    and `question` the code of the question around a row or a choice. `said` is what is read in
    each language: the points of our scales are translated by themselves."""

    key: str
    text: str
    of: str
    code: str
    section: int
    question: str = ""
    said: Text = dataclass_field(default_factory=dict, compare=False)

    @property
    def field(self) -> str:
        return self.key.rpartition("/")[2]


@dataclass(frozen=True)
class Progress:
    """How far a language is."""

    total: int
    translated: int
    missing: int
    to_review: int

    @property
    def is_complete(self) -> bool:
        return self.translated == self.total

    @property
    def percent(self) -> int:
        """Rounded down: 100 when nothing is left, and only then."""
        return 100 * self.translated // self.total if self.total else 100


# -- The list of texts -------------------------------------------------------------------


def source_texts(definition: Definition) -> list[SourceText]:
    """Everything that a person reads, in the order of reading, without what is empty."""
    return [text for text in _all_texts(definition) if text.text]


def _all_texts(definition: Definition) -> Iterator[SourceText]:
    language = definition.language
    yield from _texts(definition, "", TITLES, language, "questionnaire", "", 0)
    for number, section in enumerate(definition.sections, start=1):
        yield from _texts(section, section.id, TITLES, language, "section", section.code, number)
        shown: set[str] = set()
        for question in section.questions:
            for group in reversed(section.groups_around(question)):
                if group.id not in shown:
                    shown.add(group.id)
                    of_group = (language, "group", group.code, number)
                    yield from _texts(group, group.id, ("title",), *of_group)
            yield from _texts_of_question(question, language, number)


def _texts_of_question(question: Question, language: str, number: int) -> Iterator[SourceText]:
    about = (language, "question", question.code, number)
    yield from _texts(question, question.id, ASKED, *about)
    for of, parts in (("row", question.rows), ("choice", question.choices)):
        for part in parts:
            yield from _texts(
                part, part.id, ("label",), language, of, part.code, number, question.code
            )
    yield from _texts(question, question.id, SAID_WHEN_REFUSED, *about)


def _texts(
    part: Any,
    identity: str,
    fields: tuple[str, ...],
    language: str,
    of: str,
    code: str,
    section: int,
    question: str = "",
) -> Iterator[SourceText]:
    for field in fields:
        said = getattr(part, field)
        text = str(text_in(said, language))
        yield SourceText(f"{identity}/{field}", text, of, code, section, question, said)


# -- How far a language is ---------------------------------------------------------------


def state_of(source: SourceText, entries: Entries, language: str) -> State:
    entry = entries.get(source.key, {})
    if not entry.get("text", "").strip():
        return State.TRANSLATED if source.said.get(language) else State.MISSING
    return State.TRANSLATED if entry.get("of") == source.text else State.TO_REVIEW


def progress_of(definition: Definition, translations: Stored, language: str) -> Progress:
    """Counted over the texts that there are now: what was removed is not asked for."""
    said = translations.get(language, {})
    states = [state_of(source, said, language) for source in source_texts(definition)]
    return Progress(
        total=len(states),
        translated=states.count(State.TRANSLATED),
        missing=states.count(State.MISSING),
        to_review=states.count(State.TO_REVIEW),
    )


# -- Writing, several people at a time ---------------------------------------------------


@dataclass(frozen=True)
class Translation:
    """What a translator sends of one text: theirs, what the page showed when it was opened, and
    the text that it translates. `still_right` confirms a translation whose source changed."""

    text: str
    shown: str
    of: str
    still_right: bool = False


@dataclass(frozen=True)
class Clash:
    """Two translators wrote two things: `stored` is kept until somebody chooses."""

    key: str
    mine: str
    stored: str


def written_into(
    entries: Entries, sent: Mapping[str, Translation]
) -> tuple[Entries, tuple[Clash, ...]]:
    """The translations of a language with what was sent; blank takes a translation away."""
    written, clashes = dict(entries), []
    for key, translation in sent.items():
        mine, shown = translation.text.strip(), translation.shown.strip()
        stored = entries.get(key, {}).get("text", "")
        if mine == shown and not translation.still_right:
            continue
        if stored not in (mine, shown):
            clashes.append(Clash(key, mine, stored))
        elif mine:
            written[key] = {"text": mine, "of": translation.of}
        else:
            written.pop(key, None)
    return written, tuple(clashes)


def merge(base: Stored, mine: Stored, theirs: Stored) -> Stored:
    """Their translations with what changed between `base` and mine: texts and languages."""
    merged = {
        language: _merge_entries(base.get(language, {}), mine.get(language, {}), entries)
        for language, entries in theirs.items()
        if language in mine or language not in base
    }
    new = {language: entries for language, entries in mine.items() if language not in base}
    return merged | {language: merged.get(language, {}) | new[language] for language in new}


def _merge_entries(base: Entries, mine: Entries, theirs: Entries) -> Entries:
    changed = {key: entry for key, entry in mine.items() if entry != base.get(key)}
    removed = base.keys() - mine.keys()
    kept = {key: entry for key, entry in theirs.items() if key not in removed}
    return kept | changed


# -- Help for translators ----------------------------------------------------------------

# What a text takes from the answers ("${first_name}"), or keeps for a program ("{name}").
PLACEHOLDER = re.compile(r"\$\{[^}]*\}|\{\w*\}")


def lost_placeholders(source: str, translation: str) -> list[str]:
    """What the translation should take up as it is, and does not."""
    kept = PLACEHOLDER.findall(translation)
    return [one for one in dict.fromkeys(PLACEHOLDER.findall(source)) if one not in kept]


def proposals(definition: Definition, language: str) -> dict[str, str]:
    """How a text that is said several times was translated where it was."""
    known: dict[str, str] = {}
    for source in source_texts(definition):
        if source.said.get(language):
            known.setdefault(source.text, source.said[language])
    return known


# -- Into a definition and out of it -----------------------------------------------------


def apply(definition: Definition, translations: Stored) -> Definition:
    """The definition with these translations, in the order in which they are stored."""
    applying = _Applying(definition.language, translations)
    titles = applying.fields("", definition, TITLES)
    return replace(
        definition,
        **titles,
        sections=tuple(map(applying.section, definition.sections)),
        languages=(definition.language, *applying.others),
    )


class _Applying:
    def __init__(self, language: str, translations: Stored) -> None:
        self.language = language
        self.others = [other for other in translations if other != language]
        self.translations = translations

    def fields(self, identity: str, part: Any, fields: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.text(f"{identity}/{name}", getattr(part, name)) for name in fields}

    def text(self, key: str, source: Text) -> Text:
        said = dict(source)
        for other in self.others:
            text = self.translations[other].get(key, {}).get("text", "")
            if text.strip():
                said[other] = text
        return said

    def section(self, section: Section) -> Section:
        return replace(
            section,
            **self.fields(section.id, section, TITLES),
            questions=tuple(map(self.question, section.questions)),
            groups=tuple(map(self.group, section.groups)),
        )

    def group(self, group: Group) -> Group:
        return replace(group, title=self.text(f"{group.id}/title", group.title))

    def question(self, question: Question) -> Question:
        return replace(
            question,
            **self.fields(question.id, question, (*ASKED, *SAID_WHEN_REFUSED)),
            choices=tuple(map(self.labelled, question.choices)),
            rows=tuple(map(self.labelled, question.rows)),
        )

    def labelled(self, part: Any) -> Any:
        return replace(part, label=self.text(f"{part.id}/label", part.label))


def translations_in(definition: Definition) -> Stored:
    """What `apply` would put back: the texts of a definition in its other languages."""
    stored: Stored = {other: {} for other in definition.languages[1:]}
    for key, text in _said(definition):
        for other, entries in stored.items():
            if text.get(other):
                source = str(text_in(text, definition.language))
                entries[key] = {"text": text[other], "of": source}
    return stored


def _said(definition: Definition) -> Iterator[tuple[str, Text]]:
    parts: list[tuple[Any, str, tuple[str, ...]]] = [(definition, "", TITLES)]
    for section in definition.sections:
        parts.append((section, section.id, TITLES))
        parts += [(group, group.id, ("title",)) for group in section.groups]
        for question in section.questions:
            parts.append((question, question.id, (*ASKED, *SAID_WHEN_REFUSED)))
            parts += [(choice, choice.id, ("label",)) for choice in question.choices]
            parts += [(row, row.id, ("label",)) for row in question.rows]
    for part, identity, fields in parts:
        for name in fields:
            yield f"{identity}/{name}", getattr(part, name)


def copy_translations(translations: Stored, copies: Mapping[str, str]) -> Stored:
    """The same translations, and for each copy those of its original.

    `copies` is `{identity of the copy: identity of the original}`. What a copy says already is
    left as it is. The points of a scale, which have no identity of their own, follow theirs.
    """
    return {
        language: _of_copies(entries, copies) | entries
        for language, entries in translations.items()
    }


def _of_copies(entries: Entries, copies: Mapping[str, str]) -> Entries:
    by_original: dict[str, list[str]] = {}
    for copy, original in copies.items():
        by_original.setdefault(original, []).append(copy)
    found = {}
    for key, entry in entries.items():
        identity, _, field = key.rpartition("/")
        original, point, code = identity.partition(".")
        for copy in by_original.get(identity, by_original.get(original, [])):
            followed = copy if identity in by_original else f"{copy}{point}{code}"
            found[f"{followed}/{field}"] = dict(entry)
    return found
