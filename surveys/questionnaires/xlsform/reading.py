"""From the sheets of an XLSForm to a definition, and to the list of what it does not take."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from surveys.questionnaires.definition import (
    COMPUTED,
    OTHER,
    Carried,
    Choice,
    Definition,
    Group,
    Question,
    Row,
    Section,
    Text,
)
from surveys.questionnaires.expressions import ExpressionProblem, problems_of_expressions
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire, Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import meaning, own, remarks, vocabulary
from surveys.questionnaires.xlsform.form import Form, form_of
from surveys.questionnaires.xlsform.languages import Languages, languages_of
from surveys.questionnaires.xlsform.tables import (
    FIRST_COLUMNS,
    Line,
    RawSheet,
    header_of,
    ranked,
    text_of,
)
from surveys.questionnaires.xlsform.tree import (
    REFERENCE,
    TABLE_LIST,
    Node,
    Tree,
    is_answered,
    tree_of,
)
from surveys.questionnaires.xlsform.vocabulary import (
    APPEARANCE,
    CALCULATION,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    DEFAULT,
    DISABLED,
    HINT,
    LABEL,
    LIST_NAME,
    NAME,
    OWN,
    RELEVANT,
    REQUIRED,
    REQUIRED_MESSAGE,
    TYPE,
    YES,
    Tokens,
)

NO_LANGUAGE = "default"
"""What a form says that names no default language."""

Thing = TypeVar("Thing", Section, Group, Question)


def read_xlsform(sheets: Sequence[RawSheet], *, name: str) -> Imported:
    """The questionnaire of a workbook; `name` is the file's, a title where it has none.

    Raises `MalformedQuestionnaire` with everything that a reader of XLSForm would refuse.
    """
    problems: list[Remark] = []
    form = form_of(sheets, problems)
    if form is None:
        raise MalformedQuestionnaire(problems)
    tree = tree_of(form.survey, form.lists, problems)
    if problems:
        raise MalformedQuestionnaire(_in_order_of(form, problems))
    return Reading(form, tree, name).imported()


# -- From rows to a definition -----------------------------------------------------------


@dataclass
class Reading:
    form: Form
    tree: Tree
    name: str
    languages: Languages = field(init=False)
    found: list[Remark] = field(init=False)
    untaken: set[Node] = field(default_factory=set)
    stripped: set[tuple[Node, Tokens]] = field(default_factory=set)
    places: dict[tuple[str, str], tuple[Node, Tokens]] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        default = self.form.setting[("default_language",)]
        default = "" if default == NO_LANGUAGE else default
        tables = (self.form.survey, self.form.lists.table)
        self.languages = languages_of(tables, default, self.form.noted.get("languages"))
        self.found = [*self.tree.left]
        self.codes = self._codes_of_names()

    def imported(self) -> Imported:
        self._leave_what_is_not_asked()
        definition = self._checked()
        definition = self._with_notes(definition)
        taken = [node for node in self.tree.nodes if self.is_taken(node)]
        self.found += remarks.about(self.form, self.tree, taken)
        return Imported(definition, tuple(_in_order_of(self.form, self.found)))

    def remark(self, node: Node, column: Tokens, what: str, reason: str, **params: object) -> None:
        self.found.append(self.form.survey.remark(node.line.number, column, what, reason, **params))

    def _codes_of_names(self) -> dict[str, str]:
        """What a name in an expression of the file is called here."""
        codes = {name: node.code or name for name, node in self.tree.named.items()}
        for node in self.tree.nodes:
            if rows := meaning.rows_of(node):
                codes |= {
                    child.name: f"{node.code}/{row}"
                    for child, row in zip(node.children, rows, strict=True)
                }
        return codes

    # What is taken

    def is_taken(self, node: Node) -> bool:
        return not node.type.reason and node not in self.untaken

    def _leave_what_is_not_asked(self) -> None:
        for node in self.tree.nodes:
            if node.type.reason:
                self.remark(node, TYPE, f"{node.type.written} {node.name}", node.type.reason)
            elif node.type.kind == COMPUTED and not node.line[CALCULATION]:
                reason = _("A value that is worked out once, at the beginning, is not taken.")
                self.untaken.add(node)
                self.remark(node, DEFAULT, node.line[DEFAULT], reason)

    def _checked(self) -> Definition:
        """The definition without the expressions that it cannot follow."""
        while True:
            definition = self._definition()
            faults = [
                fault
                for fault in problems_of_expressions(definition)
                if fault.reason != "unknown_choice"
            ]
            if not faults:
                self._name_unknown_choices(definition)
                return definition
            for fault in faults:
                self._give_up(fault)

    def _give_up(self, fault: ExpressionProblem) -> None:
        node, column = self.places[fault.id, fault.field]
        if (node, column) in self.stripped or node in self.untaken:
            return
        reason, params = remarks.reason_of(fault)
        self.remark(node, column, node.line[column], reason, **params)
        if column == CALCULATION:
            self.untaken.add(node)
        else:
            self.stripped.add((node, column))

    def _name_unknown_choices(self, definition: Definition) -> None:
        for fault in problems_of_expressions(definition):
            node, column = self.places[fault.id, fault.field]
            reason, params = remarks.reason_of(fault)
            self.remark(node, column, node.line[column], reason, **params)

    # The definition

    def _definition(self) -> Definition:
        self.places, self.nodes = {}, {}
        introductions = [node for node in self.tree.root.children if meaning.introduces(node)]
        return Definition(
            title={self.languages.order[0]: self._title()},
            introduction=self._said(introductions[0], LABEL) if introductions else {},
            sections=tuple(self._sections()),
            languages=self.languages.order,
            language_names=self.languages.names,
            carried=self._carried_by_the_form(),
        )

    def _title(self) -> str:
        title = self.form.setting[("title",)] or self.form.setting[("id_string",)]
        for line in self.form.survey.lines:
            if vocabulary.SETTINGS_ALIASES.get(line[TYPE]) == ("title",):
                title = line[NAME] or title
        return title or self.name

    def _sections(self) -> Iterator[Section]:
        loose: list[Node] = []
        for node in self.tree.root.children:
            if node.is_group and not meaning.rows_of(node):
                if loose:
                    yield self._loose_section(loose)
                    loose = []
                yield self._section(node)
            elif self.is_taken(node) and not meaning.introduces(node):
                loose.append(node)
        if loose:
            yield self._loose_section(loose)

    def _loose_section(self, nodes: list[Node]) -> Section:
        number = self.tree.nodes.index(nodes[0])
        questions = tuple(self._question(node, "") for node in nodes)
        return Section(id=f"loose-{number}", title={}, questions=questions, is_loose=True)

    def _section(self, node: Node) -> Section:
        identity = self._identity("section", node)
        groups: list[Group] = []
        questions: list[Question] = []
        self._fill(node, "", groups, questions)
        introduction = next((child for child in node.children if meaning.introduces(child)), None)
        return Section(
            id=identity,
            title=self._said(node, LABEL),
            introduction=self._said(introduction, LABEL) if introduction else {},
            questions=tuple(questions),
            code=node.code,
            condition=self._expression(identity, "condition", node, RELEVANT),
            groups=tuple(groups),
            appearance=node.line[APPEARANCE],
            carried=self._carried_by_group(node),
        )

    def _fill(self, node: Node, group: str, groups: list[Group], questions: list[Question]) -> None:
        for child in node.children:
            if child.is_group and not meaning.rows_of(child):
                identity = self._identity("group", child)
                groups.append(
                    Group(
                        id=identity,
                        code=child.code,
                        title=self._said(child, LABEL),
                        parent=group,
                        condition=self._expression(identity, "condition", child, RELEVANT),
                        appearance=child.line[APPEARANCE],
                        carried=self._carried_by_group(child),
                    )
                )
                self._fill(child, identity, groups, questions)
            elif self.is_taken(child) and not meaning.introduces(child):
                questions.append(self._question(child, group))

    def _identity(self, kind: str, node: Node) -> str:
        identity = f"{kind}-{self.tree.nodes.index(node)}"
        self.nodes[identity] = node
        return identity

    def _said(self, node: Node, column: Tokens) -> Text:
        return self.languages.text(node.line, column)

    def _expression(self, identity: str, name: str, node: Node, column: Tokens) -> str:
        """The text of an expression, with the codes of here; nothing if it was given up."""
        self.places[identity, name] = node, column
        if (node, column) in self.stripped:
            return ""
        return REFERENCE.sub(self._named_here, node.line[column])

    def _named_here(self, found: re.Match) -> str:
        if "#" in found[0]:
            return found[0]
        return f"${{{self.codes.get(found[1], found[1])}}}"

    # Questions

    def _question(self, node: Node, group: str) -> Question:
        identity = self._identity("question", node)
        if meaning.rows_of(node):
            return self._matrix(node, identity, group)
        line, kind = node.line, meaning.kind_of(node)
        is_asked = is_answered(node)
        minimum, maximum = meaning.bounds(node)
        question = Question(
            id=identity,
            code=node.code,
            kind=kind,
            label=self._said(node, LABEL),
            hint=self._said(node, HINT),
            required=is_asked and line[REQUIRED] in YES,
            required_message=self._said(node, REQUIRED_MESSAGE),
            choices=self._choices(node, identity),
            has_other=meaning.takes_other(node),
            minimum=minimum,
            maximum=maximum,
            accepts=meaning.accepted(node),
            group=group,
            condition=self._expression(identity, "condition", node, RELEVANT),
            check=self._expression(identity, "check", node, CONSTRAINT) if is_asked else "",
            check_message=self._said(node, CONSTRAINT_MESSAGE),
            calculation=(
                self._expression(identity, "calculation", node, CALCULATION)
                if kind == COMPUTED
                else ""
            ),
            appearance=meaning.appearance(node, kind),
        )
        question = replace(question, default=meaning.default(node, question))
        return replace(question, carried=self._carried_by_question(node, question))

    def _choices(self, node: Node, identity: str) -> tuple[Choice, ...]:
        if node.type.kind == "single" and not node.type.is_select:
            label = dict.fromkeys(self.languages.order, vocabulary.ACKNOWLEDGED)
            return (Choice(f"{identity}.1", vocabulary.ACKNOWLEDGED, label),)
        lines = [
            line
            for line in self.form.lists.choices(node.type.list_name)
            if not (meaning.takes_other(node) and line[NAME] == OTHER)
        ]
        return tuple(
            Choice(
                id=f"{identity}.{number}",
                code=line[NAME],
                label=self.languages.text(line, LABEL),
                carried=meaning.brought(line, besides=(LIST_NAME, NAME, LABEL)),
            )
            for number, line in enumerate(lines, start=1)
        )

    def _matrix(self, node: Node, identity: str, group: str) -> Question:
        first = node.children[0]
        codes = meaning.rows_of(node) or []
        rows = [
            Row(f"{identity}/{number}", code, self._said(child, LABEL))
            for number, (code, child) in enumerate(zip(codes, node.children, strict=True), start=1)
        ]
        return Question(
            id=identity,
            code=node.code,
            kind=own.MATRIX,
            label=self._said(node, LABEL),
            hint=self._said(node, HINT),
            required=all(child.line[REQUIRED] in YES for child in node.children),
            required_message=self._said(first, REQUIRED_MESSAGE),
            choices=self._choices(first, identity),
            rows=tuple(rows),
            several=first.type.kind == "multiple",
            group=group,
            condition=self._expression(identity, "condition", node, RELEVANT),
            carried=self._carried_by_matrix(node, first.type.list_name),
        )

    # What is carried

    def _carried_by_question(self, node: Node, question: Question) -> Carried:
        line = node.line
        taken = {NAME, TYPE, LABEL, HINT, APPEARANCE, DISABLED, OWN}
        taken |= {REQUIRED_MESSAGE, CONSTRAINT_MESSAGE}
        expressions = {RELEVANT: question.condition, CONSTRAINT: question.check}
        if question.kind == COMPUTED:
            expressions[CALCULATION] = question.calculation
        taken |= {column for column, text in expressions.items() if text}
        if is_answered(node) and line[REQUIRED] in {"", "yes"}:
            taken.add(REQUIRED)
        if question.default == line[DEFAULT]:
            taken.add(DEFAULT)
        carried = (
            meaning.brought(line, besides=taken)
            | meaning.renamed(node)
            | meaning.list_brought(node)
        )
        if not node.type.is_select and line[TYPE] != meaning.usual_type(question):
            carried["type"] = line[TYPE]
        if node.type.kind == "ranking" and node.type.or_other:
            carried["type"] = line[TYPE]
        if left := self._choices_left(node):
            carried["choices"] = left
        return carried

    def _carried_by_matrix(self, node: Node, list_name: str) -> Carried:
        taken = {NAME, TYPE, LABEL, HINT, APPEARANCE, DISABLED, OWN}
        if (node, RELEVANT) not in self.stripped:
            taken.add(RELEVANT)
        carried = meaning.brought(node.line, besides=taken) | meaning.renamed(node)
        return carried | ({"list_name": list_name} if list_name != node.code else {})

    def _choices_left(self, node: Node) -> str:
        """The rows of the list that are no choices of the question, and where they stand."""
        lines = self.form.lists.lines.get(node.type.list_name, [])
        kept = {id(line) for line in self.form.lists.choices(node.type.list_name)}
        left = [
            {"at": at, "cells": meaning.brought(line, besides=(LIST_NAME,))}
            for at, line in enumerate(lines)
            if id(line) not in kept or (meaning.takes_other(node) and line[NAME] == OTHER)
        ]
        return json.dumps(left, ensure_ascii=False) if left else ""

    def _carried_by_group(self, node: Node) -> Carried:
        taken = {NAME, TYPE, LABEL, APPEARANCE, DISABLED, OWN}
        if (node, RELEVANT) not in self.stripped:
            taken.add(RELEVANT)
        carried = meaning.brought(node.line, besides=taken) | meaning.renamed(node)
        if node.type.control != "group":
            carried["type"] = node.line[TYPE]
        if TABLE_LIST in node.line[APPEARANCE].split():
            carried["row"] = str(node.line.number)
        if not any(self._is_question(one) for one in node.within()) and node.parent is not None:
            carried["after"] = self._before(node)
        return carried

    def _is_question(self, node: Node) -> bool:
        return not node.is_group and self.is_taken(node) and not meaning.introduces(node)

    def _before(self, node: Node) -> str:
        """The code of what is taken just before, in the same group."""
        code = ""
        for one in node.parent.children if node.parent else ():
            if one is node:
                break
            if self.is_taken(one) and not meaning.introduces(one):
                code = one.code
        return code

    def _carried_by_the_form(self) -> Carried:
        carried = {
            f"settings::{header_of(column)}": text
            for column, text in self.form.setting.cells.items()
            if column != ("title",)
        }
        rows = [
            {
                "in": node.parent.code if node.parent else "",
                "after": self._before(node),
                "cells": meaning.brought(node.line, besides=(OWN,)),
            }
            for node in self.tree.nodes
            if not self.is_taken(node)
        ]
        if rows:
            carried["survey"] = json.dumps(rows, ensure_ascii=False)
        if unused := [meaning.brought(line) for line in self.unused_choices()]:
            carried["choices"] = json.dumps(unused, ensure_ascii=False)
        carried |= self._order_of_lists() | self._order_of_columns()
        for sheet in self.form.others:
            if sheet.name.lower() in vocabulary.SHEETS:
                texts = [[text_of(cell) for cell in row] for _number, row in sheet.rows]
                carried[f"sheet::{sheet.name}"] = json.dumps(texts, ensure_ascii=False)
        return carried

    def _order_of_lists(self) -> Carried:
        used = [node.type.list_name for node in self.tree.nodes if node.type.is_select]
        expected = list(
            dict.fromkeys([*used, *(line[LIST_NAME] for line in self.unused_choices())])
        )
        lists = list(self.form.lists.lines)
        return {"lists": " ".join(lists)} if lists != expected else {}

    def _order_of_columns(self) -> Carried:
        """The order of the columns, where it is not the usual one."""
        names = [name for name, code in sorted(self.languages.codes.items(), key=self._rank)]
        choices = self.form.lists.table.lines
        tables = {
            "survey": (self.form.survey, [node.line for node in self.tree.nodes]),
            "choices": (self.form.lists.table, [line for line in choices if line[LIST_NAME]]),
        }
        carried = {}
        for role, (table, lines) in tables.items():
            used = {column for line in lines for column in line.cells} - {OWN, DISABLED}
            columns = [column for column in table.headers if column in used]
            if columns != ranked(columns, FIRST_COLUMNS[role], names):
                headers = json.dumps([header_of(one) for one in columns], ensure_ascii=False)
                carried[f"columns::{role}"] = headers
        return carried

    def _rank(self, language: tuple[str, str]) -> int:
        return self.languages.order.index(language[1])

    def unused_choices(self) -> Iterator[Line]:
        used = {node.type.list_name for node in self.tree.nodes if node.type.is_select}
        for name, lines in self.form.lists.lines.items():
            if name not in used:
                yield from lines

    # What an export of ours noted

    def _with_notes(self, definition: Definition) -> Definition:
        loose = iter(_list_in(self.form.noted.get("loose")))
        sections = tuple(
            own.restored(self._section_with_notes(section), next(loose, None))
            if section.is_loose
            else self._section_with_notes(section)
            for section in definition.sections
        )
        noted = own.restored(definition, self.form.noted.get(own.DIFFERS))
        return replace(noted, sections=sections)

    def _section_with_notes(self, section: Section) -> Section:
        restored = self._restored(section)
        return replace(
            restored,
            questions=tuple(map(self._restored, section.questions)),
            groups=tuple(map(self._restored, section.groups)),
        )

    def _restored(self, thing: Thing) -> Thing:
        node = self.nodes.get(thing.id)
        return own.restored(thing, node.own.get(own.DIFFERS)) if node else thing


def _list_in(noted: object) -> list:
    return noted if isinstance(noted, list) else []


def _in_order_of(form: Form, found: Iterable[Remark]) -> list[Remark]:
    order = [form.survey.name, form.lists.table.name, form.settings.name]

    def rank(remark: Remark) -> tuple[int, int]:
        at = order.index(remark.sheet) if remark.sheet in order else len(order)
        return at, remark.row or 0

    return sorted(found, key=rank)
