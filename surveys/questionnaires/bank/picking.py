"""Questions of one questionnaire, made ready to be put into another. Plain Python."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from surveys.questionnaires.definition import Definition, Question, Section
from surveys.questionnaires.expressions import ExpressionError, parse
from surveys.questionnaires.expressions.nodes import references
from surveys.questionnaires.expressions.writing import SPECIFIED, rename
from surveys.questionnaires.identities import free_code

EXPRESSIONS = ("condition", "check", "calculation")


@dataclass(frozen=True)
class LeftOut:
    """An expression that stayed behind, because it names questions that did."""

    question: Question
    what: str
    expression: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Picked:
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]


def pick(source: Definition, ids: Collection[str], *, taken: Iterable[str]) -> Picked:
    """These questions in their order, with codes that none of `taken` is, outside any group.

    The conditions of their section and of their groups come along as theirs. An expression
    that names a question that was not picked stays behind, and is told.
    """
    chosen = [
        replace(question, condition=_whole_condition(section, question), group="")
        for section in source.sections
        for question in section.questions
        if question.id in ids
    ]
    codes = _free_codes(chosen, taken)
    picked, left_out = [], []
    for question in chosen:
        kept, behind = _expressions(question, codes)
        left_out += behind
        picked.append(replace(question, code=codes[question.code], **kept))
    return Picked(tuple(picked), tuple(left_out))


def _whole_condition(section: Section, question: Question) -> str:
    groups = reversed(section.groups_around(question))
    said = [section.condition, *(group.condition for group in groups), question.condition]
    given = [one for one in said if one.strip()]
    return given[0] if len(given) == 1 else " and ".join(f"({one})" for one in given)


def _free_codes(questions: Iterable[Question], taken: Iterable[str]) -> dict[str, str]:
    """`{code: the code it gets}`: its own if it is free."""
    used = set(taken)
    codes = {}
    for question in questions:
        code = question.code if question.code not in used else free_code(question.code, taken=used)
        codes[question.code] = code
        used.add(code)
    return codes


def _expressions(question: Question, codes: dict[str, str]) -> tuple[dict, list[LeftOut]]:
    kept, left_out = {}, []
    for what in EXPRESSIONS:
        expression = getattr(question, what)
        missing = [code for code in _named_in(expression) if _asked(code, codes) not in codes]
        if missing:
            left_out.append(LeftOut(question, what, expression, tuple(dict.fromkeys(missing))))
            kept[what] = ""
        else:
            kept[what] = rename(expression, questions=codes, own=question.code)
    return kept, left_out


def _named_in(expression: str) -> list[str]:
    try:
        return [reference.code for reference in references(parse(expression))]
    except ExpressionError:
        return []


def _asked(code: str, codes: dict[str, str]) -> str:
    """The question that a name stands for: `q_other` is what was specified in `q`."""
    return code if code in codes else code.removesuffix(SPECIFIED)
