"""What reading a questionnaire's file gives, whatever its format. Plain Python.

A reader returns `Imported`, or raises `MalformedQuestionnaire`: nothing is half-read. Sentences
are written in English where the rule stands, marked by `gettext_noop`, and translated by the
door that shows them: `gettext(remark.reason) % remark.params`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from surveys.questionnaires.definition import Definition


def gettext_noop(message: str) -> str:
    """Marks a sentence for translation; Django's own would bring Django in."""
    return message


@dataclass(frozen=True)
class Remark:
    """Something in a file, where it stands, and a sentence about it.

    `sheet` and `column` are called as in the file (in a LimeSurvey structure: the table and
    the field), `row` is counted as a spreadsheet does, `what` is what stands there.
    """

    sheet: str
    row: int | None
    column: str
    what: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """A questionnaire that a file describes, and what of the file has no effect in it.

    The definition's identities are only distinct and stable: a draft gives its own.
    """

    definition: Definition
    unsupported: tuple[Remark, ...] = ()


class MalformedQuestionnaire(Exception):
    """The file is refused as a whole: the problems to correct, in the order of the file."""

    def __init__(self, problems: Iterable[Remark]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.reason for problem in self.problems))
