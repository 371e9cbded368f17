"""What both of LimeSurvey's formats say, before it is a questionnaire of ours. Plain Python."""

from dataclasses import dataclass, field

from surveys.questionnaires.interchange import Remark


@dataclass(frozen=True)
class Where:
    """The table or the sheet, and its row."""

    sheet: str
    row: int | None = None

    def remark(self, column: str, what: str, reason: str, **params: object) -> Remark:
        return Remark(self.sheet, self.row, column, what[:200], reason, params)


@dataclass
class Item:
    """A subquestion or an answer. `texts` are per language, in HTML."""

    code: str
    where: Where
    texts: dict[str, str] = field(default_factory=dict)
    scale: int = 0
    relevance: str = ""
    score: str = ""
    default: str = ""


@dataclass
class Attribute:
    where: Where
    values: dict[str, str] = field(default_factory=dict)
    """Per language; the value that all languages share is under ""."""


@dataclass
class Asked:
    """A question, by LimeSurvey's type and attributes."""

    code: str
    type: str
    where: Where
    key: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    relevance: str = ""
    mandatory: str = ""
    other: bool = False
    pattern: str = ""
    default: str = ""
    subquestions: list[Item] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)

    def attribute(self, name: str) -> str:
        """What an attribute says, in whichever language says it."""
        found = self.attributes.get(name)
        return next(filter(None, found.values.values()), "").strip() if found else ""


@dataclass
class Part:
    """A group of questions: with us, a section."""

    where: Where
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    relevance: str = ""
    questions: list[Asked] = field(default_factory=list)


@dataclass
class Source:
    languages: tuple[str, ...]
    titles: dict[str, str] = field(default_factory=dict)
    welcomes: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    is_assessed: bool = False
    remarks: list[Remark] = field(default_factory=list)
