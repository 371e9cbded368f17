"""The lists of choices of an export: shared where they were, one for each question elsewhere."""

import re
from collections.abc import Callable, Hashable

from surveys.questionnaires.definition import OTHER, Choice, Definition, Question, Text
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.carried import cells_in, objects_in
from surveys.questionnaires.xlsform.languages import Written
from surveys.questionnaires.xlsform.names import Names
from surveys.questionnaires.xlsform.tables import cleaned, column_of, header_of
from surveys.questionnaires.xlsform.tree import free
from surveys.questionnaires.xlsform.vocabulary import LABEL, LIST_NAME, NAME, YES, Tokens

Cells = dict[Tokens, str]

YES_AND_NO = {
    "ar": ("نعم", "لا"),
    "de": ("Ja", "Nein"),
    "en": ("Yes", "No"),
    "es": ("Sí", "No"),
    "fr": ("Oui", "Non"),
    "it": ("Sì", "No"),
    "pt": ("Sim", "Não"),
    "ru": ("Да", "Нет"),
    "tr": ("Evet", "Hayır"),
    "uk": ("Так", "Ні"),
}


class Listing:
    def __init__(
        self,
        definition: Definition,
        languages: Written,
        said: Callable[[str], str],
        names: Names,
    ) -> None:
        self.definition = definition
        self.languages = languages
        self.said = said
        self.names = names
        self.by_name: dict[str, tuple[Hashable, list[Cells]]] = {}
        self.of_table: dict[str, str] = {}
        self.unused_rows = self._unused_rows()

    def name_of(self, question: Question, wanted: str, table: str = "") -> str:
        """The list of a question. The questions of one table share theirs."""
        content = self.content(question)
        shared = self.of_table.get(table)
        if shared and self.by_name[shared][0] == content:
            return shared
        name = _as_list_name(question.carried.get("list_name", "") or wanted)
        known = self.by_name.get(name)
        if known is None or known[0] != content:
            name = free(name, {*self.by_name, *self._names_of_unused()})
            self.by_name[name] = content, self._rows(question)
        if table:
            self.of_table.setdefault(table, name)
        return name

    def will_have(self, name: str) -> bool:
        """Whether a list of this name is written, whoever uses it."""
        used = {question.carried.get("list_name") for question in self.definition.questions}
        return name in self.by_name or name in self._names_of_unused() or name in used

    def content(self, question: Question) -> Hashable:
        """What its list says: two questions share a list only if this is the same."""
        return tuple(
            tuple(sorted((header_of(column), text) for column, text in row.items()))
            for row in self._rows(question)
        )

    def lines(self) -> list[Cells]:
        """The rows of all the lists, those that nothing uses included, as they were ordered."""
        lines = [
            {LIST_NAME: name, **row}
            for name, (_content, rows) in self.by_name.items()
            for row in rows
        ]
        lines += [row for row in self.unused_rows if row[LIST_NAME] not in self.by_name]
        order = self.definition.carried.get("lists", "").split()
        rank = {name: at for at, name in enumerate(order)}
        return sorted(lines, key=lambda row: rank.get(row[LIST_NAME], len(order)))

    def _names_of_unused(self) -> set[str]:
        return {row[LIST_NAME] for row in self.unused_rows}

    def _unused_rows(self) -> list[Cells]:
        items = objects_in(self.definition.carried.get("choices", "[]"), dict)
        rows = [cells_in(item, "choices") for item in items]
        return [row for row in rows if row.get(LIST_NAME) and row.get(NAME)]

    # The rows of a list

    def _rows(self, question: Question) -> list[Cells]:
        taken: set[str] = set()
        rows = []
        for choice in _choices(question, self.languages.order):
            code = free(_as_choice_code(choice.code, question), taken)
            taken.add(code)
            row = self._row(choice, code)
            if question.has_other and not any(column[0] == "label" for column in row):
                # pyxform adds "other" beside the labels, and wants them all.
                row |= self._label({self.languages.order[0]: code})
            rows.append(row)
        for item in objects_in(question.carried.get("choices", "[]"), dict):
            row = cells_in(item.get("cells"), "choices")
            at = item.get("at")
            if isinstance(at, int) and row.get(NAME) and self._may_add(question, row, taken):
                rows.insert(at, row)
        return rows

    def _may_add(self, question: Question, row: Cells, taken: set[str]) -> bool:
        """Whether a row of its list that is no choice of a question can stand in it again."""
        if not all(self.names.knows(text) for text in row.values()):
            return False
        if row[NAME] == OTHER and OTHER not in taken:
            return question.has_other
        return self.definition.carried.get("settings::allow_choice_duplicates") in YES

    def _row(self, choice: Choice, code: str) -> Cells:
        row: Cells = {NAME: code, **self._label(choice.label)}
        for header, text in choice.carried.items():
            column = column_of(header, "choices")
            is_column = header == header_of(column) and _may_be_column(column)
            if is_column and text.strip() and self.names.knows(text):
                row[column] = text
        return row

    def _label(self, label: Text) -> Cells:
        return {
            self.languages.column(LABEL, code): self.said(words)
            for code, words in label.items()
            if words
        }


def _choices(question: Question, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    if question.kind != "boolean":
        return question.choices
    words = {code: YES_AND_NO.get(code.split("-")[0], YES_AND_NO["fr"]) for code in languages}
    return (
        Choice("true", "true", {code: said[0] for code, said in words.items()}),
        Choice("false", "false", {code: said[1] for code, said in words.items()}),
    )


def _may_be_column(column: Tokens) -> bool:
    if not all(part and part.strip() == part for part in column):
        return False
    if column[0] == "media":
        return len(column) > 1
    return len(column) == 1 and column[0] not in {"name", "list_name", "label"}


def _as_list_name(wanted: str) -> str:
    name = re.sub(r"\s+", "_", cleaned(wanted).replace("${", ""))
    if not name or vocabulary.CHOICES_FILE.fullmatch(name):
        return f"{name}_list"
    return name


def _as_choice_code(code: str, question: Question) -> str:
    code = cleaned(code).replace("${", "_") or "choice"
    # A space separates codes, where several are possible.
    return code if question.kind in {"single", "scale"} else re.sub(r"\s+", "_", code)
