"""What a questionnaire is: sections, questions, choices, each with an identity that never changes.

Plain Python. A definition is frozen: `QuestionnaireVersion` stores one as JSON, answers refer
to its questions and choices by `id`, files, expressions and people by `code`. Texts are kept
per language (`{"fr": "…", "ar": "…"}`); the first of `languages` is the one it was written in,
and the first in every text that has it.

Conditions, checks and calculations are texts in the language of `expressions`, which name
questions and choices by code. `carried` holds what came with a file and has no use here
(`{"media::image": "map.png"}`): it is given back when the questionnaire is exported.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any, Final

from intranet.languages import is_right_to_left as is_right_to_left
from intranet.languages import language_of as language_of
from intranet.languages import said_in

Text = dict[str, str]
Carried = dict[str, str]

OTHER: Final = "other"
"""The id and code of the choice "other, specify" in an answer."""

STATEMENT: Final = "statement"
COMPUTED: Final = "computed"

DATA_CLASSES: Final = ("ordinary", "personal", "sensitive")


@dataclass(frozen=True)
class Choice:
    """`score` is what choosing it is worth in the scores of a section or of a commitment."""

    id: str
    code: str
    label: Text
    exclusive: bool = False
    score: float | None = None
    carried: Carried = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line of a matrix. Files and expressions call it `code of the question/code of the row`."""

    id: str
    code: str
    label: Text


@dataclass(frozen=True)
class Question:
    """`minimum` and `maximum` bound a number, or how many choices are taken or ranked.

    `default` is a value as files write it. `accepts` says what a file may be: "image",
    "document", or nothing for both. `group` is the id of the innermost group that holds it.
    """

    id: str
    code: str
    kind: str
    label: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    required_message: Text = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    has_other: bool = False
    rows: tuple[Row, ...] = ()
    several: bool = False
    minimum: float | None = None
    maximum: float | None = None
    unit: Text = field(default_factory=dict)
    lowest_label: Text = field(default_factory=dict)
    highest_label: Text = field(default_factory=dict)
    accepts: str = ""
    commitments: tuple[str, ...] = ()
    group: str = ""
    condition: str = ""
    check: str = ""
    check_message: Text = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    may_decline: bool = False
    data_class: str = "ordinary"
    appearance: str = ""
    carried: Carried = field(default_factory=dict)

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def row(self, row_id: str) -> Row | None:
        return next((row for row in self.rows if row.id == row_id), None)

    @property
    def is_answered(self) -> bool:
        """Whether a person answers it: texts are read, computed values are worked out."""
        return self.kind not in {STATEMENT, COMPUTED}


@dataclass(frozen=True)
class Group:
    """Questions of a section that belong together: a heading, and a condition they share.

    `parent` is the id of the group around it, in the same section. Its questions follow each
    other; with the appearance "table-list" they are shown as one table.
    """

    id: str
    code: str
    title: Text
    parent: str = ""
    condition: str = ""
    appearance: str = ""
    carried: Carried = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A page. `is_loose`: in the file it came from, its questions stood outside any group."""

    id: str
    title: Text
    introduction: Text = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    code: str = ""
    condition: str = ""
    groups: tuple[Group, ...] = ()
    is_loose: bool = False
    appearance: str = ""
    carried: Carried = field(default_factory=dict)

    def group(self, group_id: str) -> Group | None:
        return next((group for group in self.groups if group.id == group_id), None)

    def groups_around(self, question: Question) -> list[Group]:
        """The groups that hold a question, the innermost first."""
        around = []
        group = self.group(question.group)
        while group is not None and group not in around:
            around.append(group)
            group = self.group(group.parent)
        return around


@dataclass(frozen=True)
class Definition:
    """`language_names` says what the file it came from calls a language."""

    title: Text
    introduction: Text = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    languages: tuple[str, ...] = ("fr",)
    language_names: dict[str, str] = field(default_factory=dict)
    carried: Carried = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language it was written in, which stands in for missing translations."""
        return self.languages[0]

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in the order of reading, statements and computed values included."""
        for section in self.sections:
            yield from section.questions

    def to_json(self) -> dict[str, Any]:
        """What the definition says, without what it leaves empty: a kind of information that
        is added later does not change what older questionnaires say."""
        return json.loads(json.dumps(_said(self)))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Definition":
        languages = tuple(data.get("languages", ["fr"]))
        given = _in_order(data, languages) if len(languages) > 1 else data
        sections = tuple(map(_section, given.get("sections", [])))
        return cls(**{**given, "languages": languages, "sections": sections})

    @property
    def checksum(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON: two equal definitions share it."""
        canonical = json.dumps(
            self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def _said(thing: Any) -> Any:
    if isinstance(thing, tuple):
        return [_said(item) for item in thing]
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    return {
        one.name: _said(getattr(thing, one.name))
        for one in fields(thing)
        if getattr(thing, one.name) != _default(one)
    }


def _default(one: Any) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _in_order(data: Any, languages: tuple[str, ...]) -> Any:
    """The same data, each text with the language of the definition first.

    A database may have sorted the keys, and `text_in` falls back on the first.
    """
    if isinstance(data, list):
        return [_in_order(item, languages) for item in data]
    if not isinstance(data, dict):
        return data
    first = [name for name in languages if name in data]
    names = [*first, *(name for name in data if name not in first)]
    return {name: _in_order(data[name], languages) for name in names}


def _section(data: dict[str, Any]) -> Section:
    questions = tuple(_question(item) for item in data.get("questions", []))
    groups = tuple(Group(**item) for item in data.get("groups", []))
    return Section(**{**data, "questions": questions, "groups": groups})


def _question(data: dict[str, Any]) -> Question:
    return Question(
        **{
            **data,
            "choices": tuple(Choice(**choice) for choice in data.get("choices", [])),
            "rows": tuple(Row(**row) for row in data.get("rows", [])),
            "commitments": tuple(data.get("commitments", [])),
        }
    )


def text_in(text: Text, language: str, *, fallback: str = "") -> str:
    """The text in a language, or in the fallback, or in the language of the definition, which
    comes first in its texts, or in any: a blank only if there is none.

    It remembers its language (`language_of`).
    """
    for spoken in (language, fallback, *text):
        if text.get(spoken):
            return said_in(spoken, text[spoken])
    return ""
