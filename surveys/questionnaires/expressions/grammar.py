"""From a text to an expression, or to the place where it cannot be read."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from surveys.questionnaires.expressions.nodes import (
    Call,
    Expr,
    Negation,
    Number,
    Operation,
    Own,
    Reference,
    Text,
)
from surveys.questionnaires.expressions.patterns import is_pattern

LONGEST: Final = 10_000
DEEPEST: Final = 100
"""How many operations and parentheses may stand in one another."""

LEVELS: Final = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
LEVEL_OF: Final = {operator: level for level, ones in enumerate(LEVELS) for operator in ones}

MANY: Final = 1_000
FUNCTIONS: Final = {
    "selected": (2, 2),
    "count-selected": (1, 1),
    "not": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "if": (3, 3),
    "coalesce": (1, MANY),
    "number": (1, 1),
    "int": (1, 1),
    "round": (1, 2),
    "sum": (1, MANY),
    "string-length": (1, 1),
    "concat": (1, MANY),
    "regex": (2, 2),
    "today": (0, 0),
    "date": (1, 1),
}
"""Every function, and how many arguments it takes: at least, at most."""

SPACE: Final = " \t\r\n\f\v\u00a0\u2009\u200b\u202f\ufeff"
"""What separates words: also what word processors put there."""
QUOTES: Final = {"'": "'", '"': '"', "‘": "’", "’": "’", "“": "”", "”": "”"}
TOKEN: Final = re.compile(
    rf"(?P<space>[{SPACE}]+)"
    rf"|\$\{{[{SPACE}]*(?P<code>[^{SPACE}{{}}/]+)(?:/(?P<row>[^{SPACE}{{}}/]+))?[{SPACE}]*\}}"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.:-]*)"
    r"|(?P<symbol><=|>=|!=|[=<>+\-*(),.])"
    r"|(?P<text>'[^']*'|\"[^\"]*\"|[‘’][^’]*’|[“”][^”]*”)"
)


class ExpressionError(Exception):
    """A text that is no expression: why, as a code, at which character, and about what."""

    def __init__(self, reason: str, position: int, **params: Any) -> None:
        super().__init__(reason, position, params)
        self.reason = reason
        self.position = position
        self.params = params


@dataclass(frozen=True)
class Token:
    """`kind`: reference, number, text, name, symbol, end. Names of operators are symbols."""

    kind: str
    text: str
    position: int
    row: str = ""

    @property
    def end(self) -> int:
        return self.position + len(self.text)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expr:
    """The expression that a text is. Raises `ExpressionError`, and nothing else."""
    return _Parser(tokens_of(text)).whole()


def tokens_of(text: str) -> list[Token]:
    if len(text) > LONGEST:
        raise ExpressionError("too_long", LONGEST, maximum=LONGEST, length=len(text))
    tokens = []
    position = 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text, position)
        if found.lastgroup != "space":
            tokens.append(_token(found))
        position = found.end()
    return [*tokens, Token("end", "", len(text))]


def _token(found: re.Match) -> Token:
    if found["code"]:
        return Token("reference", found[0], found.start(), row=found["row"] or "")
    kind = found.lastgroup or ""
    if kind == "name" and found[0] in LEVEL_OF:
        kind = "symbol"
    return Token(kind, found[0], found.start())


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    if character in QUOTES:
        return ExpressionError("unfinished_text", position)
    if character == "$":
        return ExpressionError("unfinished_reference", position)
    return ExpressionError("unexpected", position, found=character)


def code_in(token: Token) -> str:
    return token.text[2:-1].strip(SPACE).split("/")[0]


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += 1
        return token

    def next_is(self, symbol: str) -> bool:
        return self.next.kind == "symbol" and self.next.text == symbol

    def whole(self) -> Expr:
        if self.next.kind == "end":
            raise ExpressionError("empty", 0)
        expression = self.expression()
        if self.next.kind != "end":
            raise ExpressionError("unexpected", self.next.position, found=self.next.text[:40])
        return expression

    def expression(self, lowest: int = 0) -> Expr:
        """What stands here, up to the first operator that binds less than `lowest`."""
        self.go_down()
        left = self.operand()
        while (level := self.level_of_next()) >= lowest:
            rest = []
            while self.level_of_next() == level:
                operator = self.take().text
                rest.append((operator, self.expression(level + 1)))
            left = Operation(left, tuple(rest))
        self.depth -= 1
        return left

    def level_of_next(self) -> int:
        return LEVEL_OF.get(self.next.text, -1) if self.next.kind == "symbol" else -1

    def go_down(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("too_deep", self.next.position, maximum=DEEPEST)

    def operand(self) -> Expr:
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "text":
            return Text(token.text[1:-1], token.position)
        if token.kind == "reference":
            return Reference(code_in(token), token.row, token.position)
        if token.kind == "name":
            return self.call(token)
        if token.text == ".":
            return Own(token.position)
        if token.text == "-":
            self.go_down()
            operand = self.operand()
            self.depth -= 1
            return Negation(operand)
        if token.text == "(":
            inside = self.expression()
            self.close(token)
            return inside
        if token.kind == "end":
            raise ExpressionError("unfinished", token.position)
        raise ExpressionError("unexpected", token.position, found=token.text[:40])

    def number(self, token: Token) -> Number:
        value = float(token.text)
        if not math.isfinite(value):
            raise ExpressionError("number_too_large", token.position)
        return Number(value, token.text, token.position)

    def close(self, opening: Token) -> None:
        if self.next.kind == "end":
            raise ExpressionError("unclosed", opening.position)
        if not self.next_is(")"):
            raise ExpressionError("unexpected", self.next.position, found=self.next.text[:40])
        self.take()

    def call(self, name: Token) -> Expr:
        if not self.next_is("("):
            raise ExpressionError("unexpected", name.position, found=name.text[:40])
        if name.text not in FUNCTIONS:
            raise ExpressionError("unknown_function", name.position, name=name.text[:40])
        arguments = self.arguments(self.take())
        fewest, most = FUNCTIONS[name.text]
        if not fewest <= len(arguments) <= most:
            raise ExpressionError(
                "arguments",
                name.position,
                name=name.text,
                minimum=fewest,
                maximum=most,
                count=len(arguments),
            )
        if name.text == "regex":
            _require_pattern(arguments[1], name)
        return Call(name.text, tuple(arguments), name.position)

    def arguments(self, opening: Token) -> list[Expr]:
        found: list[Expr] = []
        if not self.next_is(")"):
            found.append(self.expression())
            while self.next_is(","):
                self.take()
                found.append(self.expression())
        self.close(opening)
        return found


def _require_pattern(argument: Expr, name: Token) -> None:
    if not isinstance(argument, Text):
        raise ExpressionError("pattern_not_written", name.position)
    if not is_pattern(argument.value):
        raise ExpressionError("bad_pattern", argument.position, pattern=argument.value[:200])
