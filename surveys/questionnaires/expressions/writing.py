"""Expressions as text: written anew, or with other names for questions and choices."""

from collections.abc import Iterator, Mapping

from surveys.questionnaires.expressions.evaluation import as_text
from surveys.questionnaires.expressions.grammar import (
    LEVEL_OF,
    ExpressionError,
    Token,
    code_in,
    parse,
    tokens_of,
)
from surveys.questionnaires.expressions.nodes import (
    Call,
    Expr,
    Negation,
    Number,
    Operation,
    Own,
    Reference,
    Text,
    every_node,
)

SPECIFIED = "_other"
"""What ends the name of what was specified beside "other"."""

QUOTES = (("'", "'"), ('"', '"'), ("‘", "’"), ("“", "”"))

# An operation that stands in another of a lower level needs no parentheses.
BELOW_ALL = -1
ABOVE_ALL = 99


def unparse(expression: Expr) -> str:
    """A text that gives this expression again, with as few parentheses as it needs."""
    return _written(expression, BELOW_ALL)


def _written(expression: Expr, around: int) -> str:
    if isinstance(expression, Number):
        return as_text(expression.value)
    if isinstance(expression, Text):
        return _quoted(expression.value)
    if isinstance(expression, Reference):
        return f"${{{expression.name}}}"
    if isinstance(expression, Own):
        return "."
    if isinstance(expression, Negation):
        return f"-{_written(expression.operand, ABOVE_ALL)}"
    if isinstance(expression, Call):
        arguments = ", ".join(_written(one, BELOW_ALL) for one in expression.arguments)
        return f"{expression.name}({arguments})"
    level = LEVEL_OF[expression.rest[0][0]]
    operands = " ".join(f"{name} {_written(one, level)}" for name, one in expression.rest)
    text = f"{_written(expression.first, level)} {operands}"
    return f"({text})" if level <= around else text


def _quoted(text: str) -> str:
    """A text never holds every mark that ends one: it could not have been written."""
    opening, closing = next(pair for pair in QUOTES if pair[1] not in text)
    return f"{opening}{text}{closing}"


# -- Choices that an expression names ------------------------------------------------------


def choice_literals(expression: Expr, own: str = "") -> Iterator[tuple[Reference, Text | Number]]:
    """What is compared with a question's answer, where it is written: `${q} = 'a'`,
    `selected(${q}, 'a')`. `own` is the code that `.` stands for."""
    for node in every_node(expression):
        for one, other in _compared(node):
            if isinstance(one, Own) and own:
                one = Reference(own, position=one.position)
            if isinstance(one, Reference) and isinstance(other, Text | Number):
                yield one, other


def _compared(node: Expr) -> Iterator[tuple[Expr, Expr]]:
    if isinstance(node, Call) and node.name == "selected":
        yield node.arguments[0], node.arguments[1]
    if isinstance(node, Operation) and node.rest[0][0] in {"=", "!="}:
        right = node.rest[0][1]
        yield node.first, right
        yield right, node.first


# -- Other names ---------------------------------------------------------------------------


def rename(
    text: str,
    *,
    questions: Mapping[str, str] | None = None,
    choices: Mapping[tuple[str, str], str] | None = None,
    rows: Mapping[tuple[str, str], str] | None = None,
    own: str = "",
) -> str:
    """The text with new codes, otherwise as it was written, spaces included.

    `questions` is `{old code: new}`, of those that keep their code as well where one may end in
    `_other` (`${q_other}` is what was specified beside "other", unless a question is called so);
    `choices` and `rows` are `{(old code of the question, old
    code): new}`; `own` is the old code of the question that the text belongs to. A text that
    cannot be read comes back unchanged.
    """
    try:
        tokens, expression = tokens_of(text), parse(text)
    except ExpressionError:
        return text
    changed = {}
    for token in tokens:
        if token.kind == "reference":
            changed[token.position] = _renamed(token, questions or {}, rows or {})
    for reference, literal in choice_literals(expression, own):
        new = (choices or {}).get((reference.code, _code_meant(literal)))
        if new is not None:
            changed[literal.position] = _quoted(new)
    pieces, at = [], 0
    for token in tokens:
        if token.position in changed:
            pieces += [text[at : token.position], changed[token.position]]
            at = token.end
    return "".join([*pieces, text[at:]])


def _code_meant(literal: Text | Number) -> str:
    return literal.value.strip() if isinstance(literal, Text) else literal.written


def _renamed(
    token: Token, questions: Mapping[str, str], rows: Mapping[tuple[str, str], str]
) -> str:
    code = code_in(token)
    new = questions.get(code)
    if new is None and code.endswith(SPECIFIED):
        asked = questions.get(code.removesuffix(SPECIFIED))
        new = asked + SPECIFIED if asked else None
    row = rows.get((code, token.row), token.row)
    if new is None and row == token.row:
        return token.text
    return Reference(new or code, row).name.join(("${", "}"))
