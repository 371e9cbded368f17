"""What an expression is made of. Two expressions are equal wherever they stand in a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Value = str | float | bool


@dataclass(frozen=True)
class Number:
    value: float
    written: str = field(default="", compare=False)
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Text:
    value: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Reference:
    """What was answered to a question, or to one row of a matrix."""

    code: str
    row: str = ""
    position: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        return f"{self.code}/{self.row}" if self.row else self.code


@dataclass(frozen=True)
class Own:
    """The answer to the question that the expression belongs to."""

    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negation:
    operand: "Expr"


@dataclass(frozen=True)
class Operation:
    """Operators of one level, applied from left to right: `first + a - b`."""

    first: "Expr"
    rest: tuple[tuple[str, "Expr"], ...]


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Expr", ...] = ()
    position: int = field(default=0, compare=False)


Expr = Number | Text | Reference | Own | Negation | Operation | Call


def every_node(expression: Expr) -> Iterator[Expr]:
    """The expression and all that it holds, in the order of reading."""
    yield expression
    for part in parts_of(expression):
        yield from every_node(part)


def parts_of(expression: Expr) -> tuple[Expr, ...]:
    if isinstance(expression, Negation):
        return (expression.operand,)
    if isinstance(expression, Operation):
        return (expression.first, *(operand for _, operand in expression.rest))
    if isinstance(expression, Call):
        return expression.arguments
    return ()


def references(expression: Expr) -> tuple[Reference, ...]:
    """Every question, or row of a matrix, that is named: once, in the order of reading."""
    found = [node for node in every_node(expression) if isinstance(node, Reference)]
    return tuple(dict.fromkeys(found))


def uses_own(expression: Expr) -> bool:
    return any(isinstance(node, Own) for node in every_node(expression))
