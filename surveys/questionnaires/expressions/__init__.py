"""The language of conditions, checks and computed values: XLSForm's, the part that people use.

Plain Python. `surveys/static/surveys/expressions/expressions.js` is its twin in the browser:
the table `tests/surveys/questionnaires/expressions/cases.json` and random expressions hold the
two together. Change one, change both.

Grammar, from what binds least to what binds most; operators of one level go from left to right:

====================  ==================================================================
`or`                  true if one of its operands is
`and`                 true if all of its operands are
`=` `!=`              equality
`<` `<=` `>` `>=`     order, of numbers
`+` `-`               sums
`*` `div` `mod`       products; `mod` has the sign of the number that is divided
`-x`                  the opposite
`(…)`                 an expression
`'…'` `"…"`           a text, without escapes; typographic quotation marks are read as well
`12` `12.5` `.5`      a number, in decimal notation
`${code}`             what was answered to a question; `${code/row}`, to a row of a matrix;
                      `${code_other}`, what was specified beside "other"
`.`                   what was answered to the question itself: in a check only
`name(…)`             a function
====================  ==================================================================

A value is a text, a number (a double) or a boolean. No value is the text `''`, which is what a
question gives that was not answered, declined or hidden. A number that is not one (of a text
that is no number, of a division by zero, beyond doubles) is no value either, and makes no value
of every calculation it enters.

As a number: a text like `-12.5` is that number; a date `2026-03-12` the days since 1970-01-01; a
time `18:30` the part of the day that is over; every other text is no value. True is 1, false 0.
As a boolean: no value, 0 and the text `false` are false (the answer to a yes/no question is
`true` or `false`), everything else is true. As a text: a number has neither exponent nor
superfluous zeros (`0.1`, `3`), as few digits as read the same; booleans are `true` and `false`.

`=` and `!=` compare booleans if one operand is a boolean, else numbers if one is a number, else
texts, character by character. No value equals no value, and nothing else: `${age} != 3` holds of
an unanswered age. `<` and the like compare numbers, dates as well, and are false where one is no
value.

Functions:

- `selected(codes, code)`: whether the code is among codes separated by spaces;
  `count-selected(codes)`: how many there are
- `not(x)`, `true()`, `false()`, `if(condition, then, otherwise)`, of which one branch is evaluated
- `coalesce(a, b, …)`: the first that has a value
- `number(x)`; `int(x)`: without its decimals, towards zero; `round(x)`, `round(x, decimals)`:
  a half goes up, towards plus infinity, and what counts is the decimal writing (2.675 is 2.68)
- `sum(a, b, …)`: of the numbers there are, each code of several codes apart; what is no number is
  left out, and nothing to add up is no value
- `string-length(x)`: in characters (Unicode code points); `concat(a, b, …)`
- `regex(x, 'pattern')`: whether the whole text matches, in the syntax of RE2, which takes a time
  proportional to the text; the pattern is a text that is written there
- `today()`; `date(x)`: a date or a number of days as a date
"""

from surveys.questionnaires.expressions.analysis import (
    ExpressionProblem,
    problems_of_expressions,
)
from surveys.questionnaires.expressions.evaluation import (
    as_boolean,
    as_number,
    as_text,
    compiled,
    evaluate,
)
from surveys.questionnaires.expressions.grammar import (
    FUNCTIONS,
    MANY,
    ExpressionError,
    parse,
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
    Value,
    references,
    uses_own,
)
from surveys.questionnaires.expressions.places import (
    Named,
    Place,
    by_code,
    named,
    places_of,
    value_of,
)
from surveys.questionnaires.expressions.writing import choice_literals, rename, unparse

__all__ = [
    "FUNCTIONS",
    "MANY",
    "Call",
    "Expr",
    "ExpressionError",
    "ExpressionProblem",
    "Named",
    "Negation",
    "Number",
    "Operation",
    "Own",
    "Place",
    "Reference",
    "Text",
    "Value",
    "as_boolean",
    "as_number",
    "as_text",
    "by_code",
    "choice_literals",
    "compiled",
    "evaluate",
    "named",
    "parse",
    "places_of",
    "problems_of_expressions",
    "references",
    "rename",
    "unparse",
    "uses_own",
    "value_of",
]
