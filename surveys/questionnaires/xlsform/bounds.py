"""Numbers that bound an answer, as XLSForm says them: in a type, in parameters or in a check."""

from collections.abc import Iterator
from typing import Protocol

from surveys.questionnaires.definition import Question
from surveys.questionnaires.expressions import as_text
from surveys.questionnaires.xlsform import vocabulary
from surveys.questionnaires.xlsform.meaning import kind_of_range
from surveys.questionnaires.xlsform.tree import parameters_family, range_of

LOWEST_RATING, HIGHEST_RATING = 0, 10


class KnownLists(Protocol):
    def will_have(self, name: str) -> bool: ...


def is_acknowledged(question: Question) -> bool:
    """Whether it is XLSForm's "acknowledge", which has the one choice "OK"."""
    kind = vocabulary.row_type(question.carried.get("type", ""))
    codes = [choice.code for choice in question.choices]
    return (
        kind is not None
        and kind.kind == question.kind == "single"
        and not kind.is_select
        and codes == [vocabulary.ACKNOWLEDGED]
        and not question.has_other
    )


def is_written_as(question: Question, written: str) -> bool:
    """Whether the type that a question came with still says what it is."""
    kind = vocabulary.row_type(written)
    if kind is None or kind.is_select or kind.control or kind.ends or not kind.kind:
        return False
    if kind.kind == "single":
        return is_acknowledged(question)
    if kind.kind == "file":
        accepts = "" if written in vocabulary.FILES else vocabulary.PICTURE
        return question.kind == "file" and question.accepts == accepts
    if written in vocabulary.WITHIN:
        within = (question.minimum, question.maximum)
        return question.kind == "integer" and within == vocabulary.WITHIN[written]
    if kind.kind == "rating":
        return question.kind in {"integer", "decimal"} and _brought_range(question) is not None
    return kind.kind == ("text" if question.kind == "long_text" else question.kind)


def _brought_range(question: Question) -> str | None:
    """The parameters that it came with, if they still say its bounds."""
    text = question.carried.get("parameters", "")
    found = range_of(vocabulary.parameters_in(text) or {})
    if found is None:
        return None
    start, end, step = found
    if kind_of_range(start, end, step) != question.kind:
        return None
    return text if (min(start, end), max(start, end)) == _range(question) else None


def _range(question: Question) -> tuple[float, float]:
    lowest = LOWEST_RATING if question.minimum is None else question.minimum
    highest = HIGHEST_RATING if question.maximum is None else question.maximum
    return lowest, highest


def is_range(question: Question) -> bool:
    lowest, highest = _range(question)
    return 1 <= highest - lowest < float("inf")


def parameters(question: Question, lists: KnownLists) -> str:
    brought = _brought_range(question)
    labels = (vocabulary.parameters_in(brought or "") or {}).get("tick_labelset", "")
    if brought is not None and (not labels or lists.will_have(labels)):
        return brought
    lowest, highest = _range(question)
    return f"start={as_text(float(lowest))} end={as_text(float(highest))} step=1"


def takes_parameters(written: str, text: str) -> bool:
    """Whether a type takes these parameters; those of a range are written by `parameters`."""
    kind = vocabulary.row_type(written)
    found = vocabulary.parameters_in(text)
    if kind is None or found is None or kind.kind == "rating":
        return False
    accepted = vocabulary.PARAMETERS_OF_TYPE.get(parameters_family(kind))
    return (accepted is None or set(found) <= accepted) and vocabulary.are_in_order(found)


def checks(question: Question, written: str) -> Iterator[str]:
    """What the form has to check, where the questionnaire says it with bounds."""
    kind = vocabulary.row_type(written)
    if kind is None or kind.kind == "rating" or written in vocabulary.WITHIN:
        return
    if kind.kind in {"integer", "decimal"}:
        yield from _between(".", question)
    if kind.kind == "multiple":
        yield from _between("count-selected(.)", question)
        for choice in question.choices:
            if choice.exclusive and "'" not in choice.code:
                yield f"(not(selected(., '{choice.code}')) or count-selected(.) = 1)"


def _between(what: str, question: Question) -> Iterator[str]:
    if question.minimum is not None:
        yield f"{what} >= {as_text(float(question.minimum))}"
    if question.maximum is not None:
        yield f"{what} <= {as_text(float(question.maximum))}"
