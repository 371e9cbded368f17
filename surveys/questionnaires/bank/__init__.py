"""The bank: questionnaires and questions to start from, in the files beside this one.

Plain Python. Texts are in French, whoever reads them; what an editor makes of them is theirs.
In a file, a choice is `[code, label]`, with "exclusive" or its score as a third part; `scale`
names a list of choices of the same file.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from surveys.questionnaires.definition import Choice, Definition, Question, Row, Section, Text

LANGUAGE: Final = "fr"

TEXTS: Final = frozenset(
    {"label", "hint", "unit", "lowest_label", "highest_label", "check_message"}
)


@dataclass(frozen=True)
class Model:
    """A questionnaire of the bank. One that is not complete is there to pick questions from."""

    name: str
    summary: str
    definition: Definition
    is_complete: bool


@cache
def models() -> tuple[Model, ...]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return tuple(_model(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in files)


def model_named(name: str) -> Model | None:
    return next((model for model in models() if model.name == name), None)


def _model(name: str, data: dict[str, Any]) -> Model:
    scales = data.get("scales", {})
    definition = Definition(
        title=_text(data["title"]),
        introduction=_text(data.get("introduction", "")),
        sections=tuple(
            _section(number, section, scales) for number, section in enumerate(data["sections"])
        ),
        languages=(LANGUAGE,),
    )
    return Model(name, data["summary"], definition, data.get("is_complete", True))


def _section(number: int, data: dict[str, Any], scales: dict[str, list]) -> Section:
    return Section(
        id=f"section-{number}",
        title=_text(data["title"]),
        introduction=_text(data.get("introduction", "")),
        questions=tuple(_question(question, scales) for question in data["questions"]),
    )


def _question(data: dict[str, Any], scales: dict[str, list]) -> Question:
    code = data["code"]
    choices = scales[data["scale"]] if "scale" in data else data.get("choices", ())
    plain: dict[str, Any] = {
        name: _text(value) if name in TEXTS else value
        for name, value in data.items()
        if name not in {"scale", "choices", "rows"}
    }
    return Question(
        id=code,
        choices=tuple(_choice(code, *choice) for choice in choices),
        rows=tuple(Row(f"{code}/{row}", row, _text(label)) for row, label in data.get("rows", ())),
        **plain,
    )


def _choice(question: str, code: str, label: str, more: str | float | None = None) -> Choice:
    return Choice(
        id=f"{question}.{code}",
        code=code,
        label=_text(label),
        exclusive=more == "exclusive",
        score=more if isinstance(more, int | float) else None,
    )


def _text(text: str) -> Text:
    return {LANGUAGE: text.strip()} if text.strip() else {}
