"""What a questionnaire is: sections, questions, choices, each with an identity that never changes.

Plain Python. A definition is frozen: `QuestionnaireVersion` stores one as JSON, answers refer
to its questions and choices by `id`, files and people by `code`. Texts are kept per language
(`{"fr": "…"}`).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

Text = dict[str, str]

OTHER = "other"
"""The id and code of the choice "other, specify" in an answer."""


@dataclass(frozen=True)
class Choice:
    id: str
    code: str
    label: Text
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    id: str
    code: str
    kind: str
    label: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    choices: tuple[Choice, ...] = ()
    has_other: bool = False
    minimum: int | None = None
    maximum: int | None = None
    commitments: tuple[str, ...] = ()

    def choice(self, choice_id: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True)
class Section:
    id: str
    title: Text
    introduction: Text = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Definition:
    title: Text
    introduction: Text = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    languages: tuple[str, ...] = ("fr",)

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in the order of reading, statements included."""
        for section in self.sections:
            yield from section.questions

    def to_json(self) -> dict[str, Any]:
        return json.loads(json.dumps(asdict(self)))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Definition":
        return cls(
            title=data["title"],
            introduction=data.get("introduction", {}),
            languages=tuple(data.get("languages", ["fr"])),
            sections=tuple(_section(section) for section in data["sections"]),
        )

    @property
    def checksum(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON: two equal definitions share it."""
        canonical = json.dumps(
            self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def _section(data: dict[str, Any]) -> Section:
    return Section(**{**data, "questions": tuple(_question(item) for item in data["questions"])})


def _question(data: dict[str, Any]) -> Question:
    return Question(
        **{
            **data,
            "choices": tuple(Choice(**choice) for choice in data.get("choices", [])),
            "commitments": tuple(data.get("commitments", [])),
        }
    )


def text_in(text: Text, language: str, *, fallback: str = "fr") -> str:
    """The text in a language, or in the fallback, or in any: a blank only if there is none."""
    return text.get(language) or text.get(fallback) or next(iter(text.values()), "")
