"""What an expression is worth: see the package's docstring for every rule."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from surveys.questionnaires.expressions.nodes import (
    Call,
    Expr,
    Negation,
    Number,
    Operation,
    Own,
    Reference,
    Text,
    Value,
)
from surveys.questionnaires.expressions.patterns import matches

NO_VALUE = ""
OWN = "."
BLANK = " \t\r\n"
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
FIRST_DAY = date(1970, 1, 1)
FARTHEST_DAY = (date.max - FIRST_DAY).days
EARLIEST_DAY = (date.min - FIRST_DAY).days


@dataclass(frozen=True)
class Surroundings:
    """What was answered, by `code` or `code/row`, `.` for the question's own; and the day."""

    values: Mapping[str, Value]
    on: date


Run = Callable[[Surroundings], Value]


def evaluate(expression: Expr, values: Mapping[str, Value], *, on: date) -> Value:
    """What an expression is worth; `on` is what `today()` gives."""
    return compiled(expression)(Surroundings(values, on))


# -- Of one type and another ---------------------------------------------------------------


def as_number(value: Value) -> float:
    """A finite number, or NaN, which is no value."""
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, str):
        return _number_in(value.strip(BLANK))
    return _finite(float(value))


def _number_in(text: str) -> float:
    if NUMBER.fullmatch(text):
        return _finite(float(text))
    if found := DATE.fullmatch(text):
        return _days_to(*map(int, found.groups()))
    if found := TIME.fullmatch(text):
        return _part_of_day(*(int(part or 0) for part in found.groups()))
    return math.nan


def _days_to(year: int, month: int, day: int) -> float:
    try:
        return float((date(year, month, day) - FIRST_DAY).days)
    except ValueError:
        return math.nan


def _part_of_day(hours: int, minutes: int, seconds: int) -> float:
    if hours > 23 or minutes > 59 or seconds > 59:
        return math.nan
    return (hours * 3600 + minutes * 60 + seconds) / 86400


def _finite(number: float) -> float:
    # Adding zero makes 0 of -0, which would be written otherwise.
    return number + 0.0 if math.isfinite(number) else math.nan


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    number = _finite(float(value))
    if math.isnan(number):
        return NO_VALUE
    if number.is_integer():
        # Not the digits of the double: 1e23 is written as it is read, like in JavaScript.
        return format(Decimal(repr(number)).to_integral_value(), "f")
    return format(Decimal(repr(number)), "f")


def as_boolean(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value not in (NO_VALUE, "false")
    return bool(value) and math.isfinite(value)


def _has_value(value: Value) -> bool:
    if isinstance(value, str):
        return value != NO_VALUE
    return math.isfinite(value)


def _codes(value: Value) -> list[str]:
    return [code for code in re.split(f"[{BLANK}]+", as_text(value)) if code]


# -- Operators -----------------------------------------------------------------------------


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return as_boolean(left) == as_boolean(right)
    if not (_has_value(left) and _has_value(right)):
        return _has_value(left) == _has_value(right)
    return as_number(left) == as_number(right)


def _divided(left: float, right: float) -> float:
    return left / right if right else math.nan


def _remainder(left: float, right: float) -> float:
    return math.fmod(left, right) if right else math.nan


def _of_numbers(operation: Callable[[float, float], float]) -> Callable[[Value, Value], float]:
    return lambda left, right: _finite(operation(as_number(left), as_number(right)))


def _in_order(holds: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    return lambda left, right: holds(as_number(left), as_number(right))


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _in_order(operator.lt),
    "<=": _in_order(operator.le),
    ">": _in_order(operator.gt),
    ">=": _in_order(operator.ge),
    "+": _of_numbers(operator.add),
    "-": _of_numbers(operator.sub),
    "*": _of_numbers(operator.mul),
    "div": _of_numbers(_divided),
    "mod": _of_numbers(_remainder),
}


# -- Functions -----------------------------------------------------------------------------


def _selected(codes: Value, code: Value) -> bool:
    return as_text(code).strip(BLANK) in _codes(codes)


def _whole(value: Value) -> float:
    number = as_number(value)
    return number if math.isnan(number) else _finite(float(math.trunc(number)))


def _rounded(value: Value, decimals: Value = 0) -> float:
    number, places = as_number(value), _whole(decimals)
    if math.isnan(number) or math.isnan(places):
        return math.nan
    shift = int(max(-20, min(20, places)))
    shifted = _shifted(number, shift)
    if not math.isfinite(shifted):
        return number
    below = math.floor(shifted)
    rounded = below + 1 if shifted - below >= 0.5 else below
    return _finite(_shifted(float(rounded), -shift))


def _shifted(number: float, places: int) -> float:
    """Move the decimal point as people do, on what is written: 2.675 becomes 267.5."""
    digits, _, exponent = repr(number).partition("e")
    return float(f"{digits}e{int(exponent or 0) + places}")


def _sum(*values: Value) -> float:
    numbers = [as_number(code) for value in values for code in _terms(value)]
    numbers = [number for number in numbers if math.isfinite(number)]
    total = 0.0
    # Not `sum()`, which corrects the rounding of doubles from Python 3.12 on.
    for number in numbers:
        total += number
    return _finite(total) if numbers else math.nan


def _terms(value: Value) -> list[Value]:
    return list(_codes(value)) if isinstance(value, str) else [value]


def _date(value: Value) -> str:
    days = as_number(value)
    if math.isnan(days) or not EARLIEST_DAY <= math.floor(days) <= FARTHEST_DAY:
        return NO_VALUE
    return (FIRST_DAY + timedelta(days=math.floor(days))).isoformat()


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "selected": _selected,
    "count-selected": lambda codes: float(len(_codes(codes))),
    "not": lambda value: not as_boolean(value),
    "true": lambda: True,
    "false": lambda: False,
    "number": as_number,
    "int": _whole,
    "round": _rounded,
    "sum": _sum,
    "string-length": lambda value: float(len(as_text(value))),
    "concat": lambda *values: "".join(map(as_text, values)),
    "regex": lambda text, pattern: matches(as_text(text), pattern),
    "date": _date,
}


# -- Whole expressions ---------------------------------------------------------------------


def compiled(expression: Expr) -> Run:
    """A function that evaluates it: made once, called for every document."""
    if isinstance(expression, Number | Text):
        constant = expression.value
        return lambda around: constant
    if isinstance(expression, Reference | Own):
        name = expression.name if isinstance(expression, Reference) else OWN
        return lambda around: around.values.get(name, NO_VALUE)
    if isinstance(expression, Negation):
        operand = compiled(expression.operand)
        return lambda around: _finite(-as_number(operand(around)))
    if isinstance(expression, Operation):
        return _compiled_operation(expression)
    return _compiled_call(expression)


def _compiled_operation(operation: Operation) -> Run:
    if operation.rest[0][0] in {"and", "or"}:
        return _compiled_logic(operation)
    first = compiled(operation.first)
    rest = [(OPERATORS[name], compiled(operand)) for name, operand in operation.rest]
    if len(rest) == 1:
        [(operate, second)] = rest
        return lambda around: operate(first(around), second(around))

    def run(around: Surroundings) -> Value:
        found = first(around)
        for operate, operand in rest:
            found = operate(found, operand(around))
        return found

    return run


def _compiled_logic(operation: Operation) -> Run:
    decisive = operation.rest[0][0] == "or"
    operands = [compiled(operation.first), *(compiled(one) for _, one in operation.rest)]

    def run(around: Surroundings) -> Value:
        for operand in operands:
            if as_boolean(operand(around)) is decisive:
                return decisive
        return not decisive

    return run


def _compiled_call(call: Call) -> Run:
    arguments = [compiled(argument) for argument in call.arguments]
    if call.name == "if":
        condition, then, otherwise = arguments
        return lambda around: (then if as_boolean(condition(around)) else otherwise)(around)
    if call.name == "coalesce":
        return lambda around: _first_with_value(arguments, around)
    if call.name == "today":
        return lambda around: around.on.isoformat()
    function = FUNCTIONS[call.name]
    return lambda around: function(*[argument(around) for argument in arguments])


def _first_with_value(arguments: list[Run], around: Surroundings) -> Value:
    for argument in arguments:
        found = argument(around)
        if _has_value(found):
            return found
    return NO_VALUE
