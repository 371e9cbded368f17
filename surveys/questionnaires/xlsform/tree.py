"""The rows of the survey as a tree of groups and questions, and what is wrong with them."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from surveys.questionnaires.definition import COMPUTED, STATEMENT
from surveys.questionnaires.interchange import Remark
from surveys.questionnaires.interchange import gettext_noop as _
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.lists import Lists
from surveys.questionnaires.xlsform.tables import Line, Table, is_of
from surveys.questionnaires.xlsform.vocabulary import (
    APPEARANCE,
    CALCULATION,
    CHOICE_FILTER,
    DEFAULT,
    DISABLED,
    HINT,
    LABEL,
    NAME,
    OWN,
    PARAMETERS,
    TYPE,
    YES,
    RowType,
    Tokens,
)

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
LONGEST_CODE = 255
RESERVED = frozenset({"_territory", "_association", "_uuid", "_id", "meta"})

REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^{}]*)\}")
REFERENCE_OR_HALF_OF_ONE = re.compile(r"\$\{([^}]*)(\}?)")
TABLE_LIST = "table-list"


@dataclass(eq=False)
class Node:
    """A group, a question, or a row that is not taken. `code` is what it is called here."""

    line: Line
    type: RowType
    name: str
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    code: str = ""

    @property
    def is_group(self) -> bool:
        return bool(self.type.control)

    @property
    def own(self) -> dict:
        """What an export of ours noted beside the row."""
        return read_own(self.line[OWN])

    def within(self) -> Iterator["Node"]:
        """Everything it holds, in the order of the file."""
        for child in self.children:
            yield child
            yield from child.within()


def read_own(text: str) -> dict:
    try:
        own = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return own if isinstance(own, dict) else {}


@dataclass
class Tree:
    root: Node
    nodes: list[Node]
    left: list[Remark]

    @property
    def named(self) -> dict[str, Node]:
        """The nodes by name; where two share one, the first."""
        named: dict[str, Node] = {}
        for node in self.nodes:
            named.setdefault(node.name, node)
        return named


def tree_of(table: Table, lists: Lists, problems: list[Remark]) -> Tree:
    """The tree; what makes the form unreadable is added to the problems."""
    if not table.headers or TYPE not in table.headers:
        reason = _("The types of the questions are missing: add a column “type” on row 1.")
        problems.append(table.remark(1, TYPE, "", reason))
    growing = _Growing(table, lists, problems)
    for line in table.lines:
        growing.take(line)
    growing.finish()
    tree = Tree(growing.root, growing.nodes, growing.left)
    _refuse_unknown_references(table, tree, problems)
    give_codes(tree.nodes)
    return tree


class _Growing:
    def __init__(self, table: Table, lists: Lists, problems: list[Remark]) -> None:
        self.table = table
        self.lists = lists
        self.problems = problems
        self.left: list[Remark] = []
        self.nodes: list[Node] = []
        self.root = Node(Line(0, {}), RowType("", control="survey"), "")
        self.open = self.root

    def refuse(self, line: Line, column: Tokens, what: str, reason: str, **params: object) -> None:
        self.problems.append(self.table.remark(line.number, column, what, reason, **params))

    def leave(self, line: Line, column: Tokens, what: str, reason: str, **params: object) -> None:
        self.left.append(self.table.remark(line.number, column, what, reason, **params))

    def take(self, line: Line) -> None:
        if line[DISABLED] in YES:
            reason = _("This row is disabled in the file: it is not taken.")
            return self.leave(line, DISABLED, line[NAME], reason)
        if not line[TYPE]:
            return self._take_untyped(line)
        if _is_setting(line):
            return None
        written = line[TYPE]
        kind = vocabulary.row_type(written)
        if kind is None:
            return self._refuse_type(line)
        if kind.ends:
            return self._end(line, kind)
        node = Node(line, kind, self._name(line, kind), self.open)
        self._refuse_taken_name(node)
        self.open.children.append(node)
        self.nodes.append(node)
        if node.is_group:
            self._check_loop(node)
            self.open = node
            return None
        self._check_question(node)
        return None

    def _take_untyped(self, line: Line) -> None:
        if not line[NAME] and not line.beginning(LABEL):
            if any(column != DISABLED for column in line.cells):
                column, text = next(iter(line.cells.items()))
                reason = _("This row has neither a type, nor a name, nor a label: it is left out.")
                self.leave(line, column, text[:100], reason)
            return
        reason = _("This row has no type: say what kind of question it is.")
        self.refuse(line, TYPE, line[NAME] or line[LABEL], reason)

    def _refuse_type(self, line: Line) -> None:
        written = line[TYPE]
        if written.split(" ")[0] in {"select_one", "select_multiple", "rank", "select1"}:
            reason = _(
                "The type “%(type)s” is not complete: write it as “select_one list”, where the "
                "list is one of the sheet of choices."
            )
            return self.refuse(line, TYPE, written, reason, type=written)
        known = [*vocabulary.KIND_OF_TYPE, *vocabulary.REASON_OF_TYPE]
        known += ["select_one", "select_multiple", "begin_group", "end_group", "begin_repeat"]
        near = get_close_matches(written.lower(), known, n=1)
        if near:
            reason = _("There is no type “%(type)s”: did you mean “%(near)s”?")
            return self.refuse(line, TYPE, written, reason, type=written, near=near[0])
        reason = _("There is no type “%(type)s”: write one of XLSForm's.")
        return self.refuse(line, TYPE, written, reason, type=written)

    def _end(self, line: Line, kind: RowType) -> None:
        if self.open is self.root or self.open.type.control != kind.ends:
            reason = _("Nothing that was opened ends here: remove this row, or add its beginning.")
            return self.refuse(line, TYPE, line[TYPE], reason)
        self.open = self.open.parent or self.root
        return None

    def finish(self) -> None:
        while self.open is not self.root:
            reason = _("“%(name)s” is never closed: add its end, “%(end)s”.")
            end = f"end_{self.open.type.control}"
            self.refuse(
                self.open.line, TYPE, self.open.type.written, reason, name=self.open.name, end=end
            )
            self.open = self.open.parent or self.root

    def _name(self, line: Line, kind: RowType) -> str:
        name = line[NAME]
        if not name and kind.written == "note":
            return f"generated_note_name_{line.number}"
        if not name and kind.written == "audit":
            return "audit"
        if not name:
            reason = _("This row has no name: fill in “name”.")
            self.refuse(line, NAME, line[TYPE], reason)
            return f"unnamed_{line.number}"
        if not vocabulary.XML_NAME.fullmatch(name):
            reason = _(
                "“%(name)s” is no name: begin with a letter or an underscore, go on with letters, "
                "figures, dots, hyphens and underscores, without spaces."
            )
            self.refuse(line, NAME, name, reason, name=name)
        return name

    def _refuse_taken_name(self, node: Node) -> None:
        if node.name == "meta":
            reason = _("The name “meta” is reserved: choose another.")
            return self.refuse(node.line, NAME, node.name, reason)
        twin = next((one for one in self.open.children if one.name == node.name), None)
        if twin is not None:
            reason = _(
                "“%(name)s” is already the name of row %(first)s, in the same group: change one."
            )
            self.refuse(node.line, NAME, node.name, reason, name=node.name, first=twin.line.number)
        return None

    def _check_loop(self, node: Node) -> None:
        if node.type.control == "loop" and node.type.list_name not in self.lists.lines:
            reason = _("The list “%(list)s” is not in the sheet of choices: add it there.")
            self.refuse(node.line, TYPE, node.type.written, reason, list=node.type.list_name)

    def _check_question(self, node: Node) -> None:
        line = node.line
        if node.type.is_select:
            self._check_list(node)
        if node.type.kind == COMPUTED and not line[CALCULATION] and not line[DEFAULT]:
            reason = _("The calculation is missing: fill in “calculation”.")
            self.refuse(line, CALCULATION, node.name, reason)
        if node.type.written.startswith(FROM_FILE) and not _names_a_file(node.type.written):
            reason = _("Choices are read from a .csv, .xml or .geojson file: correct its name.")
            self.refuse(line, TYPE, node.type.written, reason)
        if node.name != "audit" and node.type.written == "audit":
            reason = _("An audit is called “audit”: leave its name empty.")
            self.refuse(line, NAME, node.name, reason)
        if not node.type.reason and node.type.kind != COMPUTED and not _is_worded(line):
            reason = _("This question says nothing: fill in “label”.")
            self.refuse(line, LABEL, node.name, reason)
        self._check_parameters(node)

    def _check_list(self, node: Node) -> None:
        line, name = node.line, node.type.list_name
        if not self.lists.exists or not self.lists.lines:
            reason = _("There is no sheet “choices” with the list “%(list)s”: add it.")
            return self.refuse(line, TYPE, node.type.written, reason, list=name)
        if name not in self.lists.lines:
            reason = _("The list “%(list)s” is not in the sheet of choices: add it there.")
            return self.refuse(line, TYPE, node.type.written, reason, list=name)
        if node.type.or_other and line[CHOICE_FILTER]:
            reason = _("A question with “or_other” takes no “choice_filter”: remove one of them.")
            self.refuse(line, CHOICE_FILTER, line[CHOICE_FILTER], reason)
        if node.type.kind == "multiple":
            self._check_codes_of_several(name)
        self._check_table(node)
        return None

    def _check_codes_of_several(self, name: str) -> None:
        table = self.lists.table
        for choice in self.lists.lines[name]:
            if " " in choice[NAME] and not any(
                problem.row == choice.number and problem.what == choice[NAME]
                for problem in self.problems
            ):
                reason = _(
                    "The code “%(code)s” has a space, which separates codes where several choices "
                    "are possible: remove it."
                )
                self.problems.append(
                    table.remark(choice.number, NAME, choice[NAME], reason, code=choice[NAME])
                )

    def _check_table(self, node: Node) -> None:
        group = node.parent
        if group is None or TABLE_LIST not in group.line[APPEARANCE].split():
            return
        first = next((one for one in group.children if one.type.is_select), node)
        if first.type.list_name != node.type.list_name:
            reason = _(
                "The questions of a table share one list: this one has “%(list)s”, the first "
                "“%(first)s”."
            )
            self.refuse(
                node.line,
                TYPE,
                node.type.written,
                reason,
                list=node.type.list_name,
                first=first.type.list_name,
            )

    def _check_parameters(self, node: Node) -> None:
        line = node.line
        found = vocabulary.parameters_in(line[PARAMETERS])
        if found is None:
            reason = _("Parameters are written “name=value other=value”: correct them.")
            return self.refuse(line, PARAMETERS, line[PARAMETERS], reason)
        accepted = vocabulary.PARAMETERS_OF_TYPE.get(parameters_family(node.type))
        unknown = sorted(set(found) - accepted) if accepted is not None else []
        if unknown:
            reason = _("“%(name)s” is no parameter of this type: remove it.")
            return self.refuse(line, PARAMETERS, line[PARAMETERS], reason, name=", ".join(unknown))
        if not vocabulary.are_in_order(found):
            reason = _("The values of these parameters cannot be read: correct them.")
            return self.refuse(line, PARAMETERS, line[PARAMETERS], reason)
        if node.type.kind == "rating" and range_of(found) is None:
            reason = _(
                "The range cannot be read: give “start”, “end” and “step” as numbers, the step "
                "smaller than the range."
            )
            self.refuse(line, PARAMETERS, line[PARAMETERS], reason)
        return None


def parameters_family(kind: RowType) -> str:
    if kind.is_select:
        return "select"
    if kind.kind == "rating":
        return "range"
    if kind.written in {"image", "photo", "add image prompt", "add photo prompt"}:
        return "image"
    return kind.written


def range_of(parameters: dict[str, str]) -> tuple[float, float, float] | None:
    """Where a range starts, where it ends, and its step; from 1 to 10 when it does not say."""
    try:
        start = float(parameters.get("start", 1))
        end = float(parameters.get("end", 10))
        step = float(parameters.get("step", 1))
    except ValueError:
        return None
    if not 0 < abs(step) <= abs(end - start) < float("inf"):
        return None
    return start, end, step


FROM_FILE = (
    "select_one_from_file",
    "select_multiple_from_file",
    "select one from file",
    "select multiple from file",
)


def _names_a_file(written: str) -> bool:
    return vocabulary.CHOICES_FILE.fullmatch(written.split(" ")[-1]) is not None


def _is_worded(line: Line) -> bool:
    return any(
        is_of(column, LABEL) or is_of(column, HINT) or column[0] == "media" for column in line.cells
    )


def _is_setting(line: Line) -> bool:
    return line[TYPE] in vocabulary.SETTINGS_ALIASES or line[TYPE] == "prefix"


# -- References --------------------------------------------------------------------------


def _refuse_unknown_references(table: Table, tree: Tree, problems: list[Remark]) -> None:
    count = Counter(node.name for node in tree.nodes)
    count["instanceID"] += 1
    ignored = {TYPE, NAME, OWN}
    for line in table.lines:
        for column, text in line.cells.items():
            if column not in ignored and (fault := _fault_of_references(text, count)):
                reason, name = fault
                problems.append(table.remark(line.number, column, text[:200], reason, name=name))


def _fault_of_references(text: str, count: Counter) -> tuple[str, str] | None:
    for name, end in REFERENCE_OR_HALF_OF_ONE.findall(text):
        name = name.removeprefix("last-saved#")
        if not end or not vocabulary.XML_NAME.fullmatch(name):
            return _("A question is named as “${name}”, without spaces: correct it."), name
        if not count[name]:
            return _("No question is called “%(name)s”: correct this name."), name
        if count[name] > 1:
            reason = _("Several questions are called “%(name)s”: give them different names.")
            return reason, name
    return None


def names_in(text: str) -> set[str]:
    """The names that a text refers to."""
    return set(REFERENCE.findall(text))


# -- Codes -------------------------------------------------------------------------------


def give_codes(nodes: Iterable[Node]) -> None:
    """Every node its code: its name if it can be one and nobody above has it."""
    taken: set[str] = set()
    for node in nodes:
        if node.type.reason:
            continue
        code = code_from(node.name)
        if code in taken and node.parent is not None and node.parent.code:
            code = f"{node.parent.code}_{code}"
        node.code = free(code, taken)
        taken.add(node.code)


def code_from(name: str) -> str:
    """A name as a code: without accents, and not one that files use for something else."""
    if name in RESERVED:
        return f"q{name}" if name.startswith("_") else f"q_{name}"
    if CODE.fullmatch(name):
        return name[:LONGEST_CODE]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "_", plain)
    if not plain.strip("_.-"):
        plain = "q_" + "_".join(f"{ord(letter):x}" for letter in name)
    return (plain if CODE.match(plain) else f"q_{plain}")[:LONGEST_CODE]


def free(code: str, taken: set[str]) -> str:
    """The code, or the same with a number, that nobody has."""
    number, candidate = 1, code
    while candidate in taken:
        number += 1
        candidate = f"{code[: LONGEST_CODE - 10]}_{number}"
    return candidate


def is_answered(node: Node) -> bool:
    return node.type.kind not in {"", STATEMENT, COMPUTED}
