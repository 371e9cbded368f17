"""LimeSurvey's expressions, said in ours. Plain Python.

The part that people use: comparisons, `and`, `or`, `!`, arithmetic, `is_empty`, `count`, `if`,
`sum`, `round`, `intval`, `strlen`, `join`, `regexMatch`, today's date, and the names of questions,
subquestions and "other", by code or by number (`123456X7X89SQ001`). Everything else is `NotTaken`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaires.expressions import (
    Call,
    Expr,
    ExpressionError,
    Negation,
    Number,
    Operation,
    parse,
)
from surveys.questionnaires.expressions.nodes import Own, Reference, Text
from surveys.questionnaires.expressions.writing import unparse

DEEPEST = 60
LONGEST = 10_000
TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<name>\d+X\d+X\d+\w*(?:\.[A-Za-z]+)?|[A-Za-z_]\w*(?:\.[A-Za-z]\w*)*)"
    r"|(?P<number>\d+(?:\.\d+)?(?![A-Za-z_]))"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<symbol>\|\||&&|==|!=|<=|>=|[-+*/<>=!(),])"
)
WORDS = {
    "and": "and",
    "&&": "and",
    "or": "or",
    "||": "or",
    "==": "=",
    "=": "=",
    "eq": "=",
    "!=": "!=",
    "ne": "!=",
    "<": "<",
    "lt": "<",
    "<=": "<=",
    "le": "<=",
    ">": ">",
    "gt": ">",
    ">=": ">=",
    "ge": ">=",
    "+": "+",
    "-": "-",
    "*": "*",
    "/": "div",
}
LEVELS = ({"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div"})
PLAIN_SUFFIXES = frozenset({"", "NAOK", "code"})
NUMBER_SUFFIXES = frozenset({"value", "valueNAOK"})
NUMERIC = frozenset({"integer", "decimal", "rating", "computed"})
OTHER_CODE = "-oth-"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
BY_NUMBER = re.compile(r"\d+X\d+X(\d+\w*)")


class NotTaken(Exception):
    """An expression that has no counterpart: what it is about."""


@dataclass(frozen=True)
class Name:
    """What a name of LimeSurvey stands for; `choice` if it is one tick of several."""

    code: str
    kind: str
    row: str = ""
    choice: str = ""

    @property
    def reference(self) -> Reference:
        return Reference(self.code, self.row)


@dataclass(frozen=True)
class Tick:
    """A choice of several, which is "Y" or nothing in LimeSurvey."""

    name: Name

    @property
    def is_ticked(self) -> Call:
        return Call("selected", (self.name.reference, Text(self.name.choice)))


Told = Expr | Tick


def in_our_language(text: str, names: Mapping[str, Name], *, own: Name | None = None) -> str:
    """The expression as text of ours. `own` is the question whose check it is."""
    if len(text) > LONGEST:
        raise NotTaken(text[:100])
    translator = _Translator(_tokens(text), names, own)
    written = unparse(_truth(translator.whole()))
    try:
        parse(written)
    except ExpressionError:
        raise NotTaken(text) from None
    return written


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens = []
    position = 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            raise NotTaken(text[position : position + 20])
        if found.lastgroup != "space":
            tokens.append((found.lastgroup or "", found[0]))
        position = found.end()
    return [*tokens, ("end", "")]


def _truth(told: Told) -> Expr:
    return told.is_ticked if isinstance(told, Tick) else told


class _Translator:
    def __init__(
        self, tokens: list[tuple[str, str]], names: Mapping[str, Name], own: Name | None
    ) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.names = names
        self.own = own

    def whole(self) -> Told:
        told = self._level(0)
        if self.tokens[self.at][0] != "end":
            raise NotTaken(self.tokens[self.at][1])
        return told

    def _next(self) -> tuple[str, str]:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def _accept(self, symbol: str) -> bool:
        if self.tokens[self.at][1] == symbol:
            self.at += 1
            return True
        return False

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            raise NotTaken(self.tokens[self.at][1] or symbol)

    def _level(self, level: int) -> Told:
        if level == len(LEVELS):
            return self._unary()
        told = self._level(level + 1)
        while self._operator() in LEVELS[level]:
            operator = self._operator()
            self._next()
            told = _operation(operator, told, self._level(level + 1), self.names)
        return told

    def _operator(self) -> str:
        kind, text = self.tokens[self.at]
        return WORDS.get(text.lower(), "") if kind in {"symbol", "name"} else ""

    def _unary(self) -> Told:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotTaken("((((")
        try:
            if self._accept("!"):
                return Call("not", (_truth(self._unary()),))
            if self._accept("-"):
                return Negation(_truth(self._unary()))
            return self._primary()
        finally:
            self.depth -= 1

    def _primary(self) -> Told:
        kind, text = self._next()
        if kind == "number":
            return Number(float(text), text)
        if kind == "text":
            return Text(re.sub(r"\\(.)", r"\1", text[1:-1]))
        if text == "(":
            told = self._level(0)
            self._expect(")")
            return told
        if kind != "name":
            raise NotTaken(text)
        if self._accept("("):
            return self._call(text, self._arguments())
        return self._named(text)

    def _arguments(self) -> list[Told]:
        if self._accept(")"):
            return []
        arguments = [self._level(0)]
        while self._accept(","):
            arguments.append(self._level(0))
        self._expect(")")
        return arguments

    def _named(self, text: str) -> Told:
        name, _, suffix = text.partition(".")
        if name in {"self", "this"} and self.own and suffix in PLAIN_SUFFIXES | NUMBER_SUFFIXES:
            return Own()
        found = self._name(name)
        allowed = PLAIN_SUFFIXES | (NUMBER_SUFFIXES if found.kind in NUMERIC else frozenset())
        if suffix not in allowed:
            raise NotTaken(text)
        return Tick(found) if found.choice else found.reference

    def _name(self, name: str) -> Name:
        by_number = BY_NUMBER.fullmatch(name)
        found = self.names.get(f"#{by_number[1]}" if by_number else name)
        if found is None:
            raise NotTaken(name)
        return found

    def _call(self, name: str, arguments: list[Told]) -> Expr:
        function = FUNCTIONS.get(name.lower())
        if function is None:
            raise NotTaken(f"{name}()")
        try:
            return function(arguments)
        except (IndexError, ValueError, TypeError, AttributeError):
            raise NotTaken(f"{name}()") from None


# -- Operators -----------------------------------------------------------------------------


def _operation(operator: str, left: Told, right: Told, names: Mapping[str, Name]) -> Expr:
    if operator in {"and", "or"}:
        return Operation(_truth(left), ((operator, _truth(right)),))
    if isinstance(right, Tick) or (isinstance(left, Text) and not isinstance(right, Text)):
        left, right, operator = right, left, MIRRORED.get(operator, operator)
    if isinstance(left, Tick):
        return _tick_compared(operator, left, right)
    if isinstance(left, Reference) and isinstance(right, Text) and operator in MIRRORED:
        right = _literal(_kind(left, names), right)
    if isinstance(right, Tick):
        raise NotTaken(right.name.code)
    if isinstance(left, Own) and isinstance(right, Text) and NUMBER.fullmatch(right.value):
        right = Number(float(right.value), right.value)
    return Operation(left, ((operator, right),))


MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _kind(reference: Reference, names: Mapping[str, Name]) -> str:
    return next((name.kind for name in names.values() if name.reference == reference), "")


def _tick_compared(operator: str, tick: Tick, right: Told) -> Expr:
    if operator not in {"=", "!="} or not isinstance(right, Text) or right.value not in {"Y", ""}:
        raise NotTaken(tick.name.code)
    is_ticked = (operator == "=") == (right.value == "Y")
    return tick.is_ticked if is_ticked else Call("not", (tick.is_ticked,))


def _literal(kind: str, text: Text) -> Text | Number:
    """What LimeSurvey calls an answer, as we call it."""
    if kind == "boolean":
        codes = {"Y": "true", "N": "false", "": ""}
        if text.value not in codes:
            raise NotTaken(text.value)
        return Text(codes[text.value])
    if kind in NUMERIC and NUMBER.fullmatch(text.value):
        return Number(float(text.value), text.value)
    return Text("other") if text.value == OTHER_CODE else text


# -- Functions -----------------------------------------------------------------------------


def _is_empty(arguments: list[Told]) -> Expr:
    (one,) = arguments
    if isinstance(one, Tick):
        return Call("not", (one.is_ticked,))
    return Operation(one, (("=", Text("")),))


def _is_filled(one: Told) -> Expr:
    return one.is_ticked if isinstance(one, Tick) else Operation(one, (("!=", Text("")),))


def _count(arguments: list[Told]) -> Expr:
    counted = [Call("if", (_is_filled(one), Number(1, "1"), Number(0, "0"))) for one in arguments]
    if len(counted) == 1:
        return counted[0]
    return Operation(counted[0], tuple(("+", one) for one in counted[1:]))


def _regex(arguments: list[Told]) -> Expr:
    pattern, value = arguments
    if not isinstance(pattern, Text):
        raise ValueError("regexMatch")
    return Call("regex", (_truth(value), Text(whole_pattern(pattern.value))))


def whole_pattern(pattern: str) -> str:
    """A pattern as PHP writes it (`/^a+$/i`), found anywhere, as one of the whole text."""
    found = re.fullmatch(r"([/#~])(.*)\1(i?)", pattern.strip(), re.DOTALL)
    if found is None:
        raise NotTaken(pattern)
    body, is_caseless = found[2].replace(r"\/", "/"), found[3]
    start = body.startswith("^")
    end = body.endswith("$") and not body.endswith(r"\$")
    if "|" in body and (start or end) and not re.fullmatch(r"\^\(.*\)\$", body):
        raise NotTaken(pattern)
    body = body[1 if start else 0 : len(body) - 1 if end else len(body)]
    inside = body if start and end else f"(?:{body})"
    prefix = "(?i)" if is_caseless else ""
    return prefix + ("" if start else r"[\s\S]*") + inside + ("" if end else r"[\s\S]*")


def _same(name: str, least: int = 1, most: int = 100):
    def call(arguments: list[Told]) -> Expr:
        if not least <= len(arguments) <= most:
            raise ValueError(name)
        return Call(name, tuple(_truth(one) for one in arguments))

    return call


def _today(arguments: list[Told]) -> Expr:
    (form,) = arguments
    if not isinstance(form, Text) or form.value != "Y-m-d":
        raise ValueError("date")
    return Call("today")


FUNCTIONS = {
    "is_empty": _is_empty,
    "count": _count,
    "if": _same("if", 3, 3),
    "sum": _same("sum"),
    "round": _same("round", 1, 2),
    "intval": _same("int", 1, 1),
    "strlen": _same("string-length", 1, 1),
    "join": _same("concat"),
    "regexmatch": _regex,
    "date": _today,
}
