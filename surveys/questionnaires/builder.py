"""From the blocks that editors write to the definition that is frozen, and back."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from surveys.questionnaires.definition import Choice, Definition, Question, Section, Text, text_in
from surveys.questionnaires.identities import Block
from surveys.questionnaires.scales import NOT_CONCERNED, SCALES

# The language that questionnaires are written in.
LANGUAGE = "fr"


def define(*, title: str, introduction: str, sections: Iterable[Block]) -> Definition:
    """The definition that stored blocks describe."""
    return Definition(
        title=_text(title),
        introduction=_text(introduction),
        sections=tuple(_section(block["value"]) for block in sections),
        languages=(LANGUAGE,),
    )


def _text(written: str | None) -> Text:
    written = (written or "").strip()
    return {LANGUAGE: written} if written else {}


def _section(value: dict[str, Any]) -> Section:
    return Section(
        id=value.get("identity") or "",
        title=_text(value.get("title")),
        introduction=_text(value.get("introduction")),
        questions=tuple(
            _question(block["type"], block["value"]) for block in value.get("questions") or []
        ),
    )


def _question(kind: str, value: dict[str, Any]) -> Question:
    return Question(
        id=value.get("identity") or "",
        code=value.get("code") or "",
        kind=kind,
        label=_text(value.get("label")),
        hint=_text(value.get("hint")),
        required=bool(value.get("required")),
        choices=_points(value) if kind == "scale" else _choices(value),
        has_other=bool(value.get("has_other")),
        minimum=value.get("minimum"),
        maximum=value.get("maximum"),
        commitments=tuple(value.get("commitments") or ()),
    )


def _choices(value: dict[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            id=choice.get("identity") or "",
            code=choice.get("code") or "",
            label=_text(choice.get("label")),
            exclusive=bool(choice.get("exclusive")),
        )
        for choice in (item["value"] for item in value.get("choices") or [])
    )


def _points(value: dict[str, Any]) -> tuple[Choice, ...]:
    points = SCALES[value.get("scale") or "agreement"].points
    if value.get("not_concerned"):
        points = (*points, NOT_CONCERNED)
    # Frozen in the questionnaire's language, whoever publishes.
    with override(LANGUAGE):
        return tuple(
            Choice(id=f"{value.get('identity') or ''}.{code}", code=code, label=_text(str(label)))
            for code, label in points
        )


# -- Back --------------------------------------------------------------------------------


def blocks_of(definition: Definition) -> list[Block]:
    """Blocks that an editor may go on from; `settle` gives them identities."""
    return [
        {
            "type": "section",
            "value": {
                "title": text_in(section.title, LANGUAGE),
                "introduction": text_in(section.introduction, LANGUAGE),
                "questions": [_block(question) for question in section.questions],
                "identity": section.id,
            },
        }
        for section in definition.sections
    ]


def _block(question: Question) -> Block:
    value: dict[str, Any] = {
        "label": text_in(question.label, LANGUAGE),
        "hint": text_in(question.hint, LANGUAGE),
        "required": question.required,
        "code": question.code,
        "commitments": list(question.commitments),
        "identity": question.id,
    }
    if question.kind in {"single", "multiple"}:
        value["choices"] = [_item(question.kind, choice) for choice in question.choices]
        value["has_other"] = question.has_other
    if question.kind == "scale":
        codes = {choice.code for choice in question.choices}
        value["scale"] = next(
            (name for name, scale in SCALES.items() if {code for code, _ in scale.points} <= codes),
            "agreement",
        )
        value["not_concerned"] = NOT_CONCERNED[0] in codes
    if question.kind == "integer":
        value |= {"minimum": question.minimum, "maximum": question.maximum}
    return {"type": question.kind, "value": value}


def _item(kind: str, choice: Choice) -> Block:
    value: dict[str, Any] = {
        "label": text_in(choice.label, LANGUAGE),
        "code": choice.code,
        "identity": choice.id,
    }
    if kind == "multiple":
        value["exclusive"] = choice.exclusive
    return {"type": "item", "value": value}
