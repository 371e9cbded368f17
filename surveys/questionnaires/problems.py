"""What forbids to publish a questionnaire, said to the person who writes it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.questionnaires.builder import OWN_SCALE, define
from surveys.questionnaires.definition import COMPUTED, OTHER
from surveys.questionnaires.expression_wording import expression_problem_in_words
from surveys.questionnaires.expressions import problems_of_expressions
from surveys.questionnaires.identities import (
    CHOICE_CODE,
    GROUP,
    GROUP_END,
    NAME,
    Block,
    Published,
)
from surveys.questionnaires.question_types import KINDS, InvalidAnswer, clean_code

RESERVED: Final = frozenset({"_territory", "_association", "_uuid", "_id", "meta"})
"""Columns of files that are no questions."""


@dataclass(frozen=True)
class Problem:
    """A sentence, and where it belongs: the way down to a block, and its field if one has it.

    `path` is () for the questionnaire, (1,) for its second section, (1, 0) for the first
    question of that section, (1, 0, 2) for the third choice of that question, or for its third
    row.
    """

    path: tuple[int, ...]
    field: str
    message: str
    in_rows: bool = False

    def __str__(self) -> str:
        where = [
            name % {"number": number + 1}
            for name, number in zip(
                [_("Section %(number)d"), _("question %(number)d"), _("choice %(number)d")],
                self.path,
                strict=False,
            )
        ]
        if not where:
            return self.message
        return _("%(where)s: %(message)s") % {"where": ", ".join(where), "message": self.message}


def find_problems(
    sections: list[Block], *, published: Mapping[str, Published] | None = None
) -> list[Problem]:
    """Everything that has to be put right before a version is frozen, in reading order."""
    asked = [block for _path, block in _in_sections(sections) if block["type"] in KINDS]
    if not asked:
        message = _("This questionnaire asks nothing yet: add a section and a question.")
        return [Problem((), "", message)]
    problems: list[Problem] = []
    codes = Counter(_code(block) for _path, block in _named(sections))
    elsewhere = {question.code: identity for identity, question in (published or {}).items()}
    for number, section in enumerate(sections):
        problems += _section_problems((number,), section)
    for path, block in _named(sections):
        problems += _code_problems(path, block, codes, elsewhere)
    for path, block in _in_sections(sections):
        if block["type"] in KINDS:
            problems += _question_problems(path, block)
    problems += _expression_problems(sections)
    return sorted(problems, key=lambda problem: problem.path)


def _in_sections(sections: list[Block]) -> Iterator[tuple[tuple[int, ...], Block]]:
    for at, section in enumerate(sections):
        for number, block in enumerate(section["value"].get("questions") or []):
            yield (at, number), block


def _named(sections: list[Block]) -> Iterator[tuple[tuple[int, ...], Block]]:
    """What may have a code: sections, groups and questions share one list of them."""
    yield from (((at,), section) for at, section in enumerate(sections))
    yield from _in_sections(sections)


def _code(block: Block) -> str:
    return (block["value"].get("code") or "").strip()


def _is_blank(block: Block, name: str) -> bool:
    return not (block["value"].get(name) or "").strip()


def _section_problems(path: tuple[int, ...], section: Block) -> Iterator[Problem]:
    if _is_blank(section, "title") and not section["value"].get("is_loose"):
        yield Problem(path, "title", _("Give this section a title."))
    blocks = section["value"].get("questions") or []
    if not any(block["type"] in KINDS for block in blocks):
        message = _("This section has no question: add one, or remove the section.")
        yield Problem(path, "", message)
    opened = 0
    for number, block in enumerate(blocks):
        opened += {GROUP: 1, GROUP_END: -1}.get(block["type"], 0)
        if opened < 0:
            message = _("No group begins before this end: remove it, or add the beginning.")
            yield Problem((*path, number), "", message)
            opened = 0


def _question_problems(path: tuple[int, ...], question: Block) -> Iterator[Problem]:
    value = question["value"]
    if _is_blank(question, "label") and question["type"] != COMPUTED:
        yield Problem(path, "label", _("Write the question."))
    kind = KINDS[question["type"]]
    if kind.has_choices and (question["type"] != "scale" or value.get("scale") == OWN_SCALE):
        yield from _item_problems(path, question, "choices")
    if kind.has_rows:
        yield from _item_problems(path, question, "rows")
    yield from _bound_problems(path, question)
    yield from _default_problems(path, question)


def _bound_problems(path: tuple[int, ...], question: Block) -> Iterator[Problem]:
    value = question["value"]
    minimum, maximum = value.get("minimum"), value.get("maximum")
    if minimum is not None and maximum is not None and minimum > maximum:
        message = _("The largest number is below the smallest: change one of them.")
        yield Problem(path, "maximum", message)
    if question["type"] in {"multiple", "ranking"}:
        count = len(value.get("choices") or []) + bool(value.get("has_other"))
        for name, number in (("minimum", minimum), ("maximum", maximum)):
            if number is not None and (number < 0 or number != int(number)):
                message = _("Write how many choices with a whole number.")
                yield Problem(path, name, message)
        if minimum is not None and minimum > count:
            message = _("More choices are asked for than there are: lower this number.")
            yield Problem(path, "minimum", message)


def _default_problems(path: tuple[int, ...], question: Block) -> Iterator[Problem]:
    default = question["value"].get("default")
    if not default or not KINDS[question["type"]].is_answered:
        return
    section = {"type": "section", "value": {"questions": [question]}}
    [defined] = define(title="", introduction="", sections=[section]).questions
    try:
        clean_code(defined, default)
    except InvalidAnswer:
        message = _(
            "“%(value)s” cannot answer this question. For a choice, write its code; a date is "
            "written 2026-01-31."
        )
        yield Problem(path, "default", message % {"value": default})


def _item_problems(path: tuple[int, ...], question: Block, name: str) -> Iterator[Problem]:
    """What is wrong with the choices of a question, or with its rows."""
    items = question["value"].get(name) or []
    in_rows = name == "rows"
    if in_rows and not items:
        yield Problem(path, name, _("Write at least one row."))
    if not in_rows and len(items) < 2:
        yield Problem(path, name, _("Offer at least two choices."))
    codes = Counter(map(_code, items))
    labels = Counter((item["value"].get("label") or "").strip() for item in items)
    for number, item in enumerate(items):
        here = (*path, number)
        label = (item["value"].get("label") or "").strip()
        if not label:
            message = _("Write this row, or remove it.") if in_rows else BLANK_CHOICE
            yield Problem(here, "label", str(message), in_rows)
        elif labels[label] > 1:
            message = _("Two rows say the same: change or remove one.") if in_rows else SAME_CHOICES
            yield Problem(here, "label", str(message), in_rows)
        yield from _item_code_problems(here, _code(item), codes, in_rows=in_rows)


BLANK_CHOICE = gettext_lazy("Write this choice, or remove it.")
SAME_CHOICES = gettext_lazy("Two choices say the same: change or remove one.")


def _item_code_problems(
    here: tuple[int, ...], code: str, codes: Counter, *, in_rows: bool
) -> Iterator[Problem]:
    if not code:
        return
    if in_rows and not NAME.fullmatch(code):
        yield Problem(here, "code", str(NOT_A_NAME), in_rows)
    elif not in_rows and not CHOICE_CODE.fullmatch(code):
        message = _("The code of a choice has no space and at most 255 characters.")
        yield Problem(here, "code", message)
    elif codes[code] > 1:
        taken = _("Another row has this code: change one of them.") if in_rows else str(TAKEN)
        yield Problem(here, "code", taken, in_rows)
    elif code == OTHER and not in_rows:
        message = _("“other” is the code of “Other, specify”: choose another code.")
        yield Problem(here, "code", message)


TAKEN = gettext_lazy("Another choice has this code: change one of them.")
NOT_A_NAME = gettext_lazy(
    "A code has at most 255 characters: letters without accent, figures, underscores, points and "
    "hyphens, a letter or an underscore first."
)


def _code_problems(
    path: tuple[int, ...], block: Block, codes: Counter, elsewhere: Mapping[str, str]
) -> Iterator[Problem]:
    code = _code(block)
    identity = block["value"].get("identity")
    if not code:
        return
    if not NAME.fullmatch(code):
        yield Problem(path, "code", str(NOT_A_NAME))
    elif code in RESERVED:
        message = _("The code “%(code)s” is kept for files: choose another one.")
        yield Problem(path, "code", message % {"code": code})
    elif codes[code] > 1:
        message = _("Another question, group or section has the code “%(code)s”: change one.")
        yield Problem(path, "code", message % {"code": code})
    elif elsewhere.get(code, identity) != identity:
        message = _(
            "The code “%(code)s” was published for another question: its answers and yours "
            "would share a column. Choose another code."
        )
        yield Problem(path, "code", message % {"code": code})


def _expression_problems(sections: list[Block]) -> Iterator[Problem]:
    paths = {block["value"].get("identity") or "": path for path, block in _named(sections)}
    definition = define(title="", introduction="", sections=sections)
    for problem in problems_of_expressions(definition):
        message = expression_problem_in_words(problem)
        yield Problem(paths.get(problem.id, ()), problem.field, message)


def summary_of(problems: list[Problem]) -> str:
    """One sentence above the editor: how much there is to put right."""
    return ngettext(
        "One thing has to be put right before publishing. Your changes can be saved as a draft.",
        "%(count)d things have to be put right before publishing. Your changes can be saved as "
        "a draft.",
        len(problems),
    ) % {"count": len(problems)}
