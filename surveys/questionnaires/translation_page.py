"""What a translator has before the eyes, and what the page sends back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.definition import Definition
from surveys.questionnaires.translations import (
    Clash,
    Entries,
    SourceText,
    State,
    Translation,
    lost_placeholders,
    proposals,
    source_texts,
    state_of,
)

ALL: Final = "tout"
FILTERS: Final = {"manquant": State.MISSING, "a-relire": State.TO_REVIEW}

OWNERS: Final = {
    "questionnaire": _("Questionnaire"),
    "section": _("Section"),
    "group": _("Group"),
    "question": _("Question"),
    "row": _("Row"),
    "choice": _("Answer to choose"),
}
FIELDS: Final = {
    "title": _("title"),
    "introduction": _("introduction"),
    "label": "",
    "hint": _("hint"),
    "unit": _("unit"),
    "lowest_label": _("what the lowest means"),
    "highest_label": _("what the highest means"),
    "required_message": _("what to say if it is not answered"),
    "check_message": _("what to say if the check fails"),
}
STATES: Final = {
    State.TRANSLATED: _("Translated"),
    State.MISSING: _("To translate"),
    State.TO_REVIEW: _("To review"),
}


@dataclass(frozen=True)
class Line:
    """A text beside its translation. `shown` is what the page knows to be stored."""

    number: int
    source: SourceText
    state: State
    text: str
    shown: str
    before: str = ""
    proposal: str = ""
    clash: str | None = None

    @property
    def id(self) -> str:
        return f"t{self.number}"

    @property
    def about(self) -> list[str]:
        """Whose text this is, from the whole to the part."""
        source = self.source
        where = [f"{OWNERS[source.of]} {source.code}".strip()]
        if source.question:
            where.insert(0, source.question)
        return [*where, *filter(None, [str(FIELDS[source.field])])]

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def lost(self) -> list[str]:
        return lost_placeholders(self.source.text, self.text) if self.text else []

    @property
    def rows(self) -> int:
        longest = max(self.source.text, self.text, key=len)
        return min(12, 1 + len(longest) // 50 + longest.count("\n"))


@dataclass(frozen=True)
class Sheet:
    """The lines of a section; of the questionnaire itself when `number` is 0."""

    number: int
    title: str
    lines: list[Line] = field(default_factory=list)


def lines_of(
    definition: Definition,
    entries: Entries,
    language: str,
    *,
    typed: Mapping[str, str] | None = None,
    clashes: tuple[Clash, ...] = (),
) -> list[Line]:
    """Every text in the order of reading, with what is stored, or what was typed instead."""
    typed, stored = typed or {}, {clash.key: clash.stored for clash in clashes}
    known = proposals(definition, language)
    lines = []
    for number, source in enumerate(source_texts(definition), start=1):
        entry = entries.get(source.key, {})
        state = state_of(source, entries, language)
        kept = source.said.get(language, "")
        lines.append(
            Line(
                number=number,
                source=source,
                state=state,
                text=typed.get(source.key, kept),
                shown=kept,
                before=entry.get("of", "") if state is State.TO_REVIEW else "",
                proposal=known.get(source.text, "") if state is State.MISSING else "",
                clash=stored.get(source.key),
            )
        )
    return lines


def sheets_of(definition: Definition, lines: list[Line], showing: str) -> Iterator[Sheet]:
    """The lines that the filter shows, section by section, without the empty ones.

    What two people wrote differently is shown whatever the filter.
    """
    wanted = FILTERS.get(showing)
    titles = ["", *(section.title for section in definition.sections)]
    for number, title in enumerate(titles):
        of_section = [
            line
            for line in lines
            if line.source.section == number
            and (wanted in (None, line.state) or line.clash is not None)
        ]
        if of_section:
            yield Sheet(number, definition_text(title, definition), of_section)


def definition_text(title: Any, definition: Definition) -> str:
    return title.get(definition.language, "") if title else ""


def sent_texts(
    sent: Mapping[str, str], definition: Definition, entries: Entries, language: str
) -> dict[str, Translation]:
    """`{key: what was typed}` of the texts that the page showed and that still exist."""
    found = {}
    for source in source_texts(definition):
        key = source.key
        typed = sent.get(f"text:{key}")
        if typed is None:
            continue
        text = typed.strip() or sent.get(f"proposal:{key}", "")
        shown = sent.get(f"shown:{key}", "")
        if key not in entries and shown == source.said.get(language, ""):
            # The house says it by itself: what the page showed is not stored.
            shown = "" if text.strip() != shown.strip() else shown
        found[key] = Translation(
            # A form gives the lines of a text back as a letter writes them.
            text=text.replace("\r\n", "\n"),
            shown=shown.replace("\r\n", "\n"),
            of=sent.get(f"of:{key}", source.text).replace("\r\n", "\n"),
            still_right=f"right:{key}" in sent,
        )
    return found
