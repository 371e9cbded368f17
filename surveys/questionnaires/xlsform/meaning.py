"""What a row of the survey means: its kind, its bounds, its default, what it brings along."""

import re
from collections.abc import Iterable

from surveys.questionnaires.definition import COMPUTED, STATEMENT, Carried, Question
from surveys.questionnaires.question_types import KINDS, InvalidAnswer, clean_code
from surveys.questionnaires.xlsform import own, vocabulary
from surveys.questionnaires.xlsform.tables import Line, header_of, is_of
from surveys.questionnaires.xlsform.tree import Node, range_of
from surveys.questionnaires.xlsform.vocabulary import APPEARANCE, DEFAULT, PARAMETERS, Tokens

DYNAMIC = re.compile(r"\$\{|[\w-]+\s*\(.*\)", re.DOTALL)
MULTILINE = "multiline"
LIKERT = "likert"
MIDNIGHT = " 00:00:00"
"""What spreadsheets add to a date."""
SHOWN_AS_BUTTONS = 10
"""A range of whole numbers no wider than this is a rating; a wider one is typed."""


def kind_of(node: Node) -> str:
    words = node.line[APPEARANCE].split()
    if node.type.kind == "text" and MULTILINE in words:
        return "long_text"
    if node.type.kind == "single" and node.type.is_select and LIKERT in words:
        return "scale"
    if node.type.kind == "rating":
        return kind_of_range(*_range(node))
    return node.type.kind


def _range(node: Node) -> tuple[float, float, float]:
    return range_of(vocabulary.parameters_in(node.line[PARAMETERS]) or {}) or (1, 10, 1)


def kind_of_range(start: float, end: float, step: float) -> str:
    if not all(one.is_integer() for one in map(float, (start, end, step))):
        return "decimal"
    return "rating" if step == 1 and 0 < end - start <= SHOWN_AS_BUTTONS else "integer"


def bounds(node: Node) -> tuple[float | None, float | None]:
    if within := vocabulary.WITHIN.get(node.type.written):
        return within
    if node.type.kind != "rating":
        return None, None
    start, end, _step = _range(node)
    if kind_of(node) == "rating" and (start, end) == (0, 10):
        return None, None
    return _plain(min(start, end)), _plain(max(start, end))


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def accepted(node: Node) -> str:
    if node.type.kind != "file" or node.type.written in vocabulary.FILES:
        return ""
    return vocabulary.PICTURE


def appearance(node: Node, kind: str) -> str:
    """How it is to be shown, but for the word that its kind already says."""
    said = node.line[APPEARANCE]
    return "" if (kind, said) in {("long_text", MULTILINE), ("scale", LIKERT)} else said


def takes_other(node: Node) -> bool:
    return node.type.or_other and node.type.kind != "ranking"


def default(node: Node, question: Question) -> str:
    """The default, if it is a value that the question can have."""
    text = node.line[DEFAULT].removesuffix(MIDNIGHT)
    if not text or question.kind in {STATEMENT, COMPUTED} or DYNAMIC.search(text):
        return ""
    if question.kind not in KINDS:
        return ""
    try:
        return text if clean_code(question, text) is not None else ""
    except InvalidAnswer:
        return ""


def usual_type(question: Question) -> str:
    """The type that an export gives to a kind without choices."""
    if question.kind == "file" and question.accepts == vocabulary.PICTURE:
        return vocabulary.PICTURE
    return vocabulary.TYPE_OF_KIND.get(question.kind, "")


# -- What an export of ours noted ----------------------------------------------------------


def introduces(node: Node) -> bool:
    """Whether it is a note that says the introduction of the questionnaire, or of a section."""
    parent = node.parent
    if parent is None or parent.children[0] is not node or node.type.kind != STATEMENT:
        return False
    is_near_the_root = parent.parent is None or parent.parent.parent is None
    return is_near_the_root and node.own.get(own.AS) == own.INTRODUCTION


def rows_of(node: Node) -> list[str] | None:
    """The codes of the rows, if the group was written for a matrix and still looks like one."""
    codes = node.own.get(own.ROWS)
    if not node.is_group or node.own.get(own.AS) != own.MATRIX or not isinstance(codes, list):
        return None
    types = {(child.type.kind, child.type.list_name) for child in node.children}
    if len(types) != 1 or not types.pop()[1] or len(codes) != len(node.children):
        return None
    are_codes = all(isinstance(code, str) and code for code in codes)
    return codes if are_codes and len(set(codes)) == len(codes) else None


# -- What it brings along --------------------------------------------------------------------


def brought(line: Line, *, besides: Iterable[Tokens] = ()) -> Carried:
    """The cells of a row, by header, but for these columns and their languages."""
    left_out = tuple(besides)
    return {
        header_of(column): text
        for column, text in line.cells.items()
        if not any(is_of(column, one) for one in left_out)
    }


def renamed(node: Node) -> Carried:
    return {"name": node.name} if node.name != node.code else {}


def list_brought(node: Node) -> Carried:
    """The name of its list, where it is not simply the question's."""
    name = node.type.list_name
    return {"list_name": name} if node.type.is_select and name != node.code else {}
