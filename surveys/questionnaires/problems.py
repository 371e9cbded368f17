"""What forbids to publish a questionnaire, said to the person who writes it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.questionnaires.definition import OTHER
from surveys.questionnaires.identities import CHOICE_CODE, QUESTION_CODE, Block, Published
from surveys.questionnaires.question_types import KINDS


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
    if not any(section["value"].get("questions") for section in sections):
        message = _("This questionnaire asks nothing yet: add a section and a question.")
        return [Problem((), "", message)]
    problems: list[Problem] = []
    codes = Counter(_code(question) for _path, question in _questions(sections))
    elsewhere = {question.code: identity for identity, question in (published or {}).items()}
    for number, section in enumerate(sections):
        problems += _section_problems((number,), section)
    for path, question in _questions(sections):
        problems += _code_problems(path, question, codes, elsewhere)
        problems += _question_problems(path, question)
    return sorted(problems, key=lambda problem: problem.path)


def _questions(sections: list[Block]) -> Iterable[tuple[tuple[int, ...], Block]]:
    for at, section in enumerate(sections):
        for number, question in enumerate(section["value"].get("questions") or []):
            yield (at, number), question


def _code(block: Block) -> str:
    return (block["value"].get("code") or "").strip()


def _is_blank(block: Block, name: str) -> bool:
    return not (block["value"].get(name) or "").strip()


def _section_problems(path: tuple[int, ...], section: Block) -> Iterable[Problem]:
    if _is_blank(section, "title"):
        yield Problem(path, "title", _("Give this section a title."))
    if not section["value"].get("questions"):
        message = _("This section has no question: add one, or remove the section.")
        yield Problem(path, "", message)


def _question_problems(path: tuple[int, ...], question: Block) -> Iterable[Problem]:
    value = question["value"]
    if _is_blank(question, "label"):
        yield Problem(path, "label", _("Write the question."))
    minimum, maximum = value.get("minimum"), value.get("maximum")
    if minimum is not None and maximum is not None and minimum > maximum:
        message = _("The largest number is below the smallest: change one of them.")
        yield Problem(path, "maximum", message)
    if KINDS[question["type"]].has_choices and question["type"] != "scale":
        yield from _choice_problems(path, question)


def _choice_problems(path: tuple[int, ...], question: Block) -> Iterable[Problem]:
    choices = question["value"].get("choices") or []
    if len(choices) < 2:
        yield Problem(path, "choices", _("Offer at least two choices."))
    codes = Counter(map(_code, choices))
    labels = Counter((choice["value"].get("label") or "").strip() for choice in choices)
    for number, choice in enumerate(choices):
        here = (*path, number)
        code = _code(choice)
        label = (choice["value"].get("label") or "").strip()
        if not label:
            yield Problem(here, "label", _("Write this choice, or remove it."))
        elif labels[label] > 1:
            yield Problem(here, "label", _("Two choices say the same: change or remove one."))
        if not code:
            continue
        if not CHOICE_CODE.fullmatch(code):
            message = _(
                "A code has at most 40 characters: lower-case letters without accent, figures "
                "and underscores."
            )
            yield Problem(here, "code", message)
        elif codes[code] > 1:
            yield Problem(here, "code", _("Another choice has this code: change one of them."))
        elif code == OTHER:
            message = _("“other” is the code of “Other, specify”: choose another code.")
            yield Problem(here, "code", message)


def _code_problems(
    path: tuple[int, ...], question: Block, codes: Counter, elsewhere: Mapping[str, str]
) -> Iterable[Problem]:
    code = _code(question)
    if not code:
        return
    if not QUESTION_CODE.fullmatch(code):
        message = _(
            "A code has at most 40 characters: lower-case letters without accent, figures and "
            "underscores, a letter first."
        )
        yield Problem(path, "code", message)
    elif codes[code] > 1:
        message = _("Another question has the code “%(code)s”: change one of them.")
        yield Problem(path, "code", message % {"code": code})
    elif elsewhere.get(code, question["value"].get("identity")) != question["value"].get(
        "identity"
    ):
        message = _(
            "The code “%(code)s” was published for another question: its answers and yours "
            "would share a column. Choose another code."
        )
        yield Problem(path, "code", message % {"code": code})


def summary_of(problems: list[Problem]) -> str:
    """One sentence above the editor: how much there is to put right."""
    return ngettext(
        "One thing has to be put right before publishing. Your changes can be saved as a draft.",
        "%(count)d things have to be put right before publishing. Your changes can be saved as "
        "a draft.",
        len(problems),
    ) % {"count": len(problems)}
