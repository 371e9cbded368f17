"""What is wrong with an expression, as sentences that an editor reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.expressions import (
    FUNCTIONS,
    MANY,
    ExpressionError,
    ExpressionProblem,
)

REASONS = {
    "empty": _("Nothing is written here."),
    "too_long": _(
        "This expression has %(length)s characters and %(maximum)s are possible: cut it in "
        "several, with computed values."
    ),
    "too_deep": _(
        "More than %(maximum)s parentheses stand in one another: cut this expression in several, "
        "with computed values."
    ),
    "unfinished": _("Something is missing at the end of the expression."),
    "unfinished_text": _("The quotation mark at character %(place)s is never closed."),
    "unfinished_reference": _(
        "At character %(place)s, the name of a question is written ${code}: a brace or the code "
        "is missing."
    ),
    "unclosed": _("The parenthesis at character %(place)s is never closed."),
    "unexpected": _(
        "“%(found)s” is not expected at character %(place)s. A question is written ${code}, a "
        "text or the code of a choice 'code'."
    ),
    "number_too_large": _("The number at character %(place)s is too large."),
    "unknown_function": _(
        "The function %(name)s() does not exist here. Those that do are: %(functions)s."
    ),
    "arguments": _("%(name)s() is given %(count)s values: it takes %(expected)s."),
    "pattern_not_written": _(
        "The pattern of regex() has to be written in it, between quotation marks."
    ),
    "bad_pattern": _(
        "The pattern “%(pattern)s” cannot be used: it is not complete, or looks around or back, "
        "which takes too long on some answers."
    ),
    "unknown_question": _("No question has the code “%(code)s”: correct it, or add the question."),
    "unknown_row": _("The question “%(code)s” has no row with the code “%(row)s”."),
    "unknown_choice": _("The question “%(code)s” has no choice with the code “%(choice)s”."),
    "self_reference": _(
        "This depends on the answer to “%(code)s” itself: name another question, or write a check."
    ),
    "own_value_elsewhere": _(
        "The point stands for the answer itself: only a check knows it. Name a question: ${code}."
    ),
    "cycle": _(
        "These questions depend on each other in a circle, nobody would know which is asked: "
        "%(codes)s. Change one of their conditions or calculations."
    ),
    "no_calculation": _("Write what is to be calculated."),
}


def expression_error_in_words(error: ExpressionError) -> str:
    """Why a text is no expression."""
    return _in_words(error.reason, error.position, error.params)


def expression_problem_in_words(problem: ExpressionProblem) -> str:
    """What is wrong with an expression of a questionnaire, and what to do."""
    return _in_words(problem.reason, problem.position, problem.params)


def _in_words(reason: str, position: int, params: dict[str, Any]) -> str:
    shown = {**params, "place": position + 1}
    if reason == "cycle":
        shown["codes"] = ", ".join(params["codes"])
    if reason == "unknown_function":
        shown["functions"] = ", ".join(FUNCTIONS)
    if reason == "arguments":
        shown["expected"] = _expected(params["minimum"], params["maximum"])
    return REASONS[reason] % shown


def _expected(fewest: int, most: int) -> str:
    if most == MANY:
        return str(_("one or more"))
    return (
        str(fewest)
        if fewest == most
        else _("%(fewest)s to %(most)s")
        % {
            "fewest": fewest,
            "most": most,
        }
    )
