"""From a definition to the sheets of an XLSForm that gives it again.

The form is written with what XLSForm can say; then it is read, and what it says otherwise than
the definition is noted beside it (see `own`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from surveys.questionnaires.definition import (
    COMPUTED,
    OTHER,
    Definition,
    Group,
    Question,
    Section,
    Text,
    text_in,
)
from surveys.questionnaires.xlsform import bounds, own, vocabulary
from surveys.questionnaires.xlsform.carried import columns_of, objects_in, rows_brought
from surveys.questionnaires.xlsform.languages import languages_written
from surveys.questionnaires.xlsform.listing import Listing
from surveys.questionnaires.xlsform.meaning import LIKERT, MIDNIGHT, MULTILINE, usual_type
from surveys.questionnaires.xlsform.names import FORM, Names, names_of
from surveys.questionnaires.xlsform.reading import read_xlsform
from surveys.questionnaires.xlsform.tables import FIRST_COLUMNS, LONGEST_GAP, header_of, ranked
from surveys.questionnaires.xlsform.tree import TABLE_LIST
from surveys.questionnaires.xlsform.vocabulary import (
    APPEARANCE,
    CALCULATION,
    CHOICE_FILTER,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    DEFAULT,
    HINT,
    LABEL,
    NAME,
    OWN,
    PARAMETERS,
    RELEVANT,
    REQUIRED,
    REQUIRED_MESSAGE,
    TYPE,
    YES,
    Tokens,
)

LONGEST_NOTE = 30_000
"""A cell holds 32,767 characters; longer notes go in a sheet of their own, in pieces."""
SELECTS = {"single": "select_one", "scale": "select_one", "multiple": "select_multiple"}


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet to be written: its rows with their numbers, as a reader gives them."""

    name: str
    rows: list[tuple[int, list[str]]]


@dataclass
class Entry:
    """A row of the survey, the note beside it, and the element that it begins, if any."""

    cells: dict[Tokens, str]
    note: dict[str, Any] = field(default_factory=dict)
    element: Section | Group | Question | None = None


def xlsform_of(definition: Definition, *, form_id: str) -> list[WrittenSheet]:
    """The sheets of a form that pyxform accepts, and that gives the definition when it is read."""
    writing = _Writing(definition, form_id)
    writing.write()
    writing.note_what_the_form_does_not_say()
    return writing.sheets()


class _Writing:
    def __init__(self, definition: Definition, form_id: str) -> None:
        self.definition = definition
        self.form_id = form_id
        self.rows_brought = rows_brought(definition)
        self.names: Names = names_of(
            definition, brought=[row.name for row in self.rows_brought if row.name]
        )
        self._forget_rows_that_name_nothing()
        self.languages = languages_written(definition)
        self.lists = Listing(definition, self.languages, self._said, self.names)
        self.entries: list[Entry] = []
        self.loose: list[Section] = []
        self.noted: dict[str, Any] = {}

    def _forget_rows_that_name_nothing(self) -> None:
        # What they refer to may have been removed since; and then what referred to them.
        while True:
            lost = [row for row in self.rows_brought if not all(map(self.names.knows, row.texts))]
            if not lost:
                return
            self.rows_brought = [row for row in self.rows_brought if row not in lost]
            self.names.taken -= {row.name for row in lost} - set(self.names.of.values())

    # Rows

    def write(self) -> None:
        self._introduce("", self.definition.introduction)
        self._bring(holder="", after="")
        was_loose = False
        for section in self.definition.sections:
            was_loose = self._is_written_loose(section) and not was_loose
            if was_loose:
                self.loose.append(section)
                for question in section.questions:
                    self._question(question, holder="")
            else:
                self._section(section)
        self._bring_the_rest()

    def _is_written_loose(self, section: Section) -> bool:
        return (
            section.is_loose
            and bool(section.questions)
            and not section.condition
            and not section.groups
        )

    def _section(self, section: Section) -> None:
        self._begin(section, section.title, section.appearance)
        self._introduce(section.code or "section", section.introduction)
        self._bring(holder=section.code, after="")
        self._inside(section, "", list(section.groups), list(section.questions))
        self._end(section)
        self._bring(holder="", after=section.code)

    def _inside(
        self, section: Section, parent: str, groups: list[Group], questions: list[Question]
    ) -> None:
        """What a section, or one of its groups, holds: its questions, and its groups where
        their first question stands."""
        pending = [group for group in groups if group.parent == parent]
        holder = next((group.code for group in groups if group.id == parent), section.code)
        written: set[str] = set()
        self._empty_groups(section, pending, written, holder, after="")
        for question in questions:
            group = _child_that_holds(section, question, parent)
            if group is None:
                self._question(question, holder)
                self._empty_groups(section, pending, written, holder, after=question.code)
            elif group.id not in written:
                earlier = pending[: pending.index(group)] if group in pending else []
                for one in earlier:
                    if one.id not in written and "after" not in one.carried:
                        self._group(section, one, holder, written)
                self._group(section, group, holder, written)
                self._empty_groups(section, pending, written, holder, after=group.code)
        for group in pending:
            if group.id not in written:
                self._group(section, group, holder, written)

    def _empty_groups(
        self, section: Section, pending: list[Group], written: set[str], holder: str, after: str
    ) -> None:
        for group in pending:
            if group.id not in written and group.carried.get("after") == after:
                self._group(section, group, holder, written)
                self._empty_groups(section, pending, written, holder, after=group.code)

    def _group(self, section: Section, group: Group, holder: str, written: set[str]) -> None:
        written.add(group.id)
        self._begin(group, group.title, group.appearance)
        self._bring(holder=group.code, after="")
        held = [
            question for question in section.questions if group in section.groups_around(question)
        ]
        self._inside(section, group.id, list(section.groups), held)
        self._end(group)
        self._bring(holder=holder, after=group.code)

    def _begin(self, element: Section | Group, title: Text, appearance: str) -> None:
        kind = vocabulary.row_type(element.carried.get("type", ""))
        begins = element.carried["type"] if kind and kind.control else "begin_group"
        if kind and kind.control == "loop" and not self.lists.will_have(kind.list_name):
            begins = "begin_group"
        if TABLE_LIST in appearance.split() and not self._is_one_table(element):
            appearance = " ".join(word for word in appearance.split() if word != TABLE_LIST)
        self._leave_room(element.carried.get("row", ""))
        cells = {TYPE: begins, NAME: self.names.of[element.id], APPEARANCE: appearance}
        cells |= self._texts(LABEL, title)
        cells[RELEVANT] = self._expression(element.condition)
        cells |= {
            column: text
            for column, text in columns_of(element.carried, self.names).items()
            if not cells.get(column) and column != PARAMETERS
        }
        self.entries.append(Entry(cells, element=element))

    def _is_one_table(self, element: Section | Group) -> bool:
        """Whether its questions share a list: elsewhere XLSForm refuses to make it a table."""
        section = next(
            one for one in self.definition.sections if element is one or element in one.groups
        )
        parent = "" if element is section else element.id
        holds_groups = any(group.parent == parent for group in section.groups) or any(
            question.group == parent and question.kind == own.MATRIX
            for question in section.questions
        )
        asked = [
            question
            for question in section.questions
            if question.group == parent and self._list_kind(question)
        ]
        are_plain = all("choice_filter" not in question.carried for question in asked)
        lists = {self.lists.content(question) for question in asked}
        return len(lists) <= 1 and are_plain and not holds_groups

    def _end(self, element: Section | Group) -> None:
        kind = vocabulary.row_type(self._began(element))
        self.entries.append(Entry({TYPE: f"end_{kind.control if kind else 'group'}"}))

    def _began(self, element: Section | Group) -> str:
        return next(
            entry.cells[TYPE] for entry in reversed(self.entries) if entry.element is element
        )

    def _leave_room(self, row: str) -> None:
        # pyxform calls parts of a table after the number of its row.
        missing = int(row) - len(self.entries) - 2 if row.isdecimal() and len(row) < 7 else 0
        if 0 < missing < LONGEST_GAP:
            self.entries += [Entry({}) for _ in range(missing)]

    def _introduce(self, code: str, introduction: Text) -> None:
        if not any(introduction.values()):
            return
        name = self.names.new(f"{code}_introduction" if code else "introduction")
        cells = {TYPE: "note", NAME: name, **self._texts(LABEL, introduction)}
        self.entries.append(Entry(cells, {own.AS: own.INTRODUCTION}))

    # Rows that an import did not take

    def _bring(self, *, holder: str, after: str) -> None:
        for row in list(self.rows_brought):
            if (row.holder, row.after) == (holder, after):
                self.rows_brought.remove(row)
                self.entries.append(Entry(dict(row.cells)))

    def _bring_the_rest(self) -> None:
        self.entries += [Entry(dict(row.cells)) for row in self.rows_brought]
        self.rows_brought = []

    # Questions

    def _question(self, question: Question, holder: str) -> None:
        if question.kind == own.MATRIX and question.rows and question.choices:
            self._matrix(question)
        else:
            self.entries.append(Entry(self._cells(question), element=question))
        self._bring(holder=holder, after=question.code)

    def _cells(self, question: Question) -> dict[Tokens, str]:
        written = self._type(question)
        kind = vocabulary.row_type(written)
        cells = {
            TYPE: written,
            NAME: self.names.of[question.id],
            **self._texts(LABEL, question.label),
            **self._texts(HINT, question.hint),
            **self._texts(REQUIRED_MESSAGE, question.required_message),
            **self._texts(CONSTRAINT_MESSAGE, question.check_message),
            REQUIRED: _required(question),
            RELEVANT: self._expression(question.condition),
            CONSTRAINT: self._check(question, written),
            APPEARANCE: _appearance(question, written),
            DEFAULT: self._default(question),
        }
        if question.kind == COMPUTED:
            cells[CALCULATION] = self._expression(question.calculation) or "''"
        if kind and kind.kind == "rating":
            cells[PARAMETERS] = bounds.parameters(question, self.lists)
        brought = columns_of(question.carried, self.names)
        for column, text in brought.items():
            if not cells.get(column) and self._may_bring(question, written, column, text):
                cells[column] = text
        if not _says_something(cells) and question.kind != COMPUTED:
            cells |= self._texts(LABEL, {self.definition.language: question.code or "?"})
        return cells

    def _default(self, question: Question) -> str:
        brought = question.carried.get("default", "")
        if question.default and brought.removesuffix(MIDNIGHT) == question.default:
            return brought
        return question.default if self.names.knows(question.default) else ""

    def _may_bring(self, question: Question, written: str, column: Tokens, text: str) -> bool:
        if column == REQUIRED:
            return text not in YES
        if column == CHOICE_FILTER:
            return bool(self._list_kind(question)) and not question.has_other
        if column == PARAMETERS:
            return bounds.takes_parameters(written, text)
        return True

    def _type(self, question: Question) -> str:
        brought = question.carried.get("type", "")
        if select := self._list_kind(question):
            name = self.lists.name_of(question, self.names.of[question.id], self._table(question))
            other = " or_other" if question.has_other or brought.endswith("other") else ""
            if question.kind not in {*SELECTS, "ranking"}:
                other = ""
            return f"{select} {name}{other}"
        if brought and bounds.is_written_as(question, brought):
            return brought
        if question.kind == "rating" and bounds.is_range(question):
            return "range"
        if question.kind == "rating":
            return "integer"
        return usual_type(question) or "text"

    def _table(self, question: Question) -> str:
        """The id of the table that the question is a line of, if any."""
        section = next(one for one in self.definition.sections if question in one.questions)
        group = section.group(question.group)
        holder: Section | Group = group or section
        return holder.id if TABLE_LIST in holder.appearance.split() else ""

    def _list_kind(self, question: Question) -> str:
        """The command that offers its choices; none for a question that XLSForm cannot offer."""
        if question.kind == "boolean":
            return "select_one"
        if not question.choices or bounds.is_acknowledged(question):
            return ""
        return {**SELECTS, "ranking": "rank"}.get(question.kind, "")

    def _check(self, question: Question, written: str) -> str:
        parts = [self._expression(question.check), *bounds.checks(question, written)]
        parts = [part for part in parts if part]
        if len(parts) > 1 and question.check:
            parts[0] = f"({parts[0]})"
        return " and ".join(parts)

    def _matrix(self, question: Question) -> None:
        cells = {
            TYPE: "begin_group",
            NAME: self.names.of[question.id],
            **self._texts(LABEL, question.label),
            **self._texts(HINT, question.hint),
            RELEVANT: self._expression(question.condition),
            APPEARANCE: TABLE_LIST,
        }
        note = {own.AS: own.MATRIX, own.ROWS: [row.code for row in question.rows]}
        self.entries.append(Entry(cells, note, question))
        name = self.lists.name_of(question, self.names.of[question.id], "")
        command = "select_multiple" if question.several else "select_one"
        for row in question.rows:
            self.entries.append(
                Entry(
                    {
                        TYPE: f"{command} {name}",
                        NAME: self.names.rows[question.id, row.id],
                        **self._texts(LABEL, row.label or {self.definition.language: row.code}),
                        REQUIRED: "yes" if question.required else "",
                        **self._texts(REQUIRED_MESSAGE, question.required_message),
                    }
                )
            )
        self.entries.append(Entry({TYPE: "end_group"}))

    # Texts

    def _texts(self, column: Tokens, text: Text) -> dict[Tokens, str]:
        return {
            self.languages.column(column, code): self._said(words)
            for code, words in text.items()
            if words
        }

    def _said(self, words: str) -> str:
        """A text in which nothing looks like the name of a question, but those that are."""
        rewritten = self.names.rewritten(words, or_else=lambda found: found.replace("${", "$ {"))
        if self.names.knows(rewritten):
            return rewritten
        return words.replace("${", "$ {")

    def _expression(self, text: str) -> str:
        rewritten = self.names.rewritten(text, or_else=self._specified)
        return rewritten if self.names.knows(rewritten) else ""

    def _specified(self, reference: str) -> str:
        """The way to what was specified beside "other", which XLSForm has no short name for."""
        name = reference.removeprefix("${").removesuffix("_other}")
        for section in self.definition.sections:
            for question in section.questions:
                if question.code == name and question.has_other:
                    return self._way_to(section, question)
        return reference

    def _way_to(self, section: Section, question: Question) -> str:
        around = [self.names.of[group.id] for group in section.groups_around(question)]
        if not self._is_written_loose(section):
            around.append(self.names.of[section.id])
        form = self.definition.carried.get("settings::name", FORM)
        return "/".join(["", form, *reversed(around), f"{self.names.of[question.id]}_{OTHER}"])

    # What the form does not say

    def note_what_the_form_does_not_say(self) -> None:
        self.noted["languages"] = self.languages.named
        read = read_xlsform(self.sheets(), name=self.form_id).definition
        self._note(own.DIFFERS, own.differences(read, self.definition))
        loose = [section for section in read.sections if section.is_loose]
        found = [own.differences(*pair) for pair in zip(loose, self.loose, strict=True)]
        self._note("loose", found if any(found) else [])
        elements = {id(one): said for said, one in _pairs(read, self.definition)}
        for entry in self.entries:
            said = elements.get(id(entry.element))
            if said is not None and (differs := own.differences(said, entry.element)):
                entry.note[own.DIFFERS] = differs
        self._put_long_notes_aside()

    def _note(self, name: str, note: Any) -> None:
        if note:
            self.noted[name] = note

    def _put_long_notes_aside(self) -> None:
        aside = {}
        for entry in self.entries:
            if len(own.written(entry.note)) > LONGEST_NOTE:
                aside[entry.cells[NAME]] = entry.note
                entry.note = {}
        self._note("beside", aside)

    # Sheets

    def sheets(self) -> list[WrittenSheet]:
        lines = [
            {**entry.cells, OWN: own.written(entry.note)} if entry.note else entry.cells
            for entry in self.entries
        ]
        sheets = [self._sheet("survey", lines)]
        if choices := self.lists.lines():
            sheets.append(self._sheet("choices", choices))
        sheets.append(self._sheet("settings", [self._settings()]))
        sheets += self._other_sheets()
        text = own.written(self.noted)
        pieces = [text[at : at + LONGEST_NOTE] for at in range(0, len(text), LONGEST_NOTE)]
        rows = [(number, [piece]) for number, piece in enumerate(pieces, start=1)]
        return [*sheets, WrittenSheet(vocabulary.OWN_SHEET, rows)] if rows else sheets

    def _sheet(self, role: str, lines: list[dict[Tokens, str]]) -> WrittenSheet:
        columns = self._columns(role, lines)
        rows = [(1, [header_of(column) for column in columns])]
        for number, line in enumerate(lines, start=2):
            rows.append((number, [line.get(column, "") for column in columns]))
        return WrittenSheet(role, rows)

    def _columns(self, role: str, lines: list[dict[Tokens, str]]) -> list[Tokens]:
        """The columns that say something, in the order of the file that they came from."""
        used = {column for line in lines for column, text in line.items() if text}
        used |= {TYPE, NAME} if role == "survey" else set()
        names = list(self.languages.names.values())
        columns = ranked(used, FIRST_COLUMNS[role], names)
        brought = objects_in(self.definition.carried.get(f"columns::{role}", "[]"), str)
        order = {header: at for at, header in enumerate(brought)}
        columns.sort(key=lambda one: order.get(header_of(one), len(order)))
        return sorted(columns, key=lambda one: one == OWN)

    def _settings(self) -> dict[Tokens, str]:
        title = text_in(self.definition.title, self.definition.language)
        settings: dict[Tokens, str] = {
            ("form_title",): self._said(title) or self.form_id,
            ("form_id",): self.definition.carried.get("settings::id_string") or self.form_id,
        }
        default = self.languages.name(self.definition.language)
        if not self.definition.language_names and default:
            settings["default_language",] = default
        for key, text in self.definition.carried.items():
            column = tuple(key.removeprefix("settings::").split("::"))
            if key.startswith("settings::") and self._is_setting(column, text):
                settings[column] = text
        return settings

    def _is_setting(self, column: Tokens, text: str) -> bool:
        if column in {("id_string",), ("title",), OWN} or not self.names.knows(text):
            return False
        if column == NAME:
            return vocabulary.XML_NAME.fullmatch(text) is not None
        return all(column) and column[0] not in vocabulary.SETTINGS_ALIASES

    def _other_sheets(self) -> Iterator[WrittenSheet]:
        for key, text in self.definition.carried.items():
            name = key.removeprefix("sheet::")
            rows = objects_in(text, list)
            if not key.startswith("sheet::") or name.lower() not in vocabulary.SHEETS[3:]:
                continue
            cells = [[str(cell) for cell in row] for row in rows]
            if cells and all(self.names.knows(cell) for row in cells for cell in row):
                yield WrittenSheet(name, list(enumerate(cells, start=1)))


def _child_that_holds(section: Section, question: Question, parent: str) -> Group | None:
    """The group, directly in the parent, that holds the question; None if the parent does."""
    around = section.groups_around(question)
    return next((group for group in around if group.parent == parent), None)


def _required(question: Question) -> str:
    brought = question.carried.get("required", "")
    if not question.required:
        return ""
    return brought if brought in YES else "yes"


def _appearance(question: Question, written: str) -> str:
    said = question.appearance
    word = {"long_text": MULTILINE, "scale": LIKERT}.get(question.kind, "")
    kind = vocabulary.row_type(written)
    if word and word not in said.split() and kind and kind.kind in {"text", "single"}:
        said = f"{word} {said}".strip()
    return said


def _says_something(cells: dict[Tokens, str]) -> bool:
    return any(text for column, text in cells.items() if column[0] in {"label", "hint", "media"})


def _pairs(read: Definition, meant: Definition) -> Iterator[tuple[Any, Any]]:
    """What the form says of each element, beside the element."""
    for said, section in zip(read.sections, meant.sections, strict=True):
        yield said, section
        yield from zip(said.groups, section.groups, strict=True)
        yield from zip(said.questions, section.questions, strict=True)
