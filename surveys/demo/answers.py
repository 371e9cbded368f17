"""What the invented people answer: drawn from fixed seeds, so every demo counts the same."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from surveys.demo.texts import assessments, needs, network
from surveys.questionnaires.definition import OTHER, Choice, Definition, Question
from surveys.questionnaires.flow import follow
from surveys.questionnaires.question_types import DECLINED, ranked_bounds

# No condition of the demo asks what day it is.
ANY_DAY = date(2026, 1, 1)
written = assessments["written"]

Document = dict[str, Any]


def needs_documents(definition: Definition, *, count: int, seed: int = 2026) -> Iterator[Document]:
    """`count` responses of residents to the needs survey."""
    draw = Random(seed)  # noqa: S311
    options_of = {
        question["code"]: question
        for section in needs["sections"]
        for question in section["questions"]
    }
    for _ in range(count):
        document = {}
        for question in definition.questions:
            options = options_of[question.code]
            if question.kind == "statement" or (not question.required and draw.random() < 0.08):
                continue
            if question.may_decline and draw.random() < 0.05:
                value = DECLINED
            else:
                value = _resident_answers(draw, question, options)
            if value is not None:
                document[question.id] = value
        yield follow(definition, document, on=ANY_DAY).document


def _resident_answers(draw: Random, question: Question, options: dict) -> Any:
    match question.kind:
        case "integer":
            return min(95, max(14, round(draw.gauss(42, 17))))
        case "rating":
            return min(10, max(0, round(draw.gauss(6.4, 2.1))))
        case "boolean":
            return draw.random() < 0.37
        case "long_text":
            return draw.choice(needs["wishes"]) if draw.random() < 0.4 else None
        case "time":
            return draw.choice(["18:00", "18:30", "18:30", "19:00", "19:30", "20:00"])
        case "territory":
            return draw.choice(network["territories"])[0] if draw.random() < 0.45 else None
        case "matrix":
            return _rows(draw, question, _drawn(options))
        case "ranking":
            return {"ranking": _ranked(draw, question, _drawn(options))}
        case "scale":
            return {"choice": _weighted(draw, question.choices, options["weights"]).id}
        case "single":
            return {"choice": _weighted(draw, question.choices, _drawn(options)).id}
    return _several(draw, question, _drawn(options))


def _several(draw: Random, question: Question, weights: Sequence[int]) -> Document | None:
    taken = [
        choice
        for choice, weight in zip(question.choices, weights, strict=True)
        if draw.random() * 100 < weight
    ]
    exclusive = [choice for choice in taken if choice.exclusive]
    chosen = [choice.id for choice in (exclusive[:1] or taken)]
    if question.has_other and not exclusive and draw.random() < 0.03:
        return {"choices": [*chosen, OTHER], "other": draw.choice(needs["other_needs"])}
    if not chosen and question.required:
        chosen = [question.choices[0].id]
    return {"choices": chosen} if chosen else None


def _rows(draw: Random, question: Question, weights: Sequence[int]) -> Document | None:
    rows = [row for row in question.rows if draw.random() > 0.06]
    taken = {row.id: _weighted(draw, question.choices, weights).id for row in rows}
    return {"rows": taken} if taken else None


def _ranked(draw: Random, question: Question, weights: Sequence[int]) -> list[str]:
    """The choices that come first, the most wanted more often before the others."""
    left = dict(zip((choice.id for choice in question.choices), weights, strict=True))
    ranked: list[str] = []
    while len(ranked) < ranked_bounds(question)[1]:
        ranked += draw.choices(list(left), list(left.values()))
        del left[ranked[-1]]
    return ranked


def _drawn(options: dict) -> list[int]:
    return [weight for _code, _label, weight in options.get("choices", [])]


def _weighted(draw: Random, choices: Sequence[Choice], weights: Sequence[int]) -> Choice:
    # A question with more points than weights leaves the last ones out.
    return draw.choices(choices[: len(weights)], weights[: len(choices)])[0]


def assessment_document(
    definition: Definition, *, weights: Sequence[int], seed: int, until: float = 1.0
) -> Document:
    """One association's self-assessment; `until` (0 to 1) says how far it has come."""
    draw = Random(seed)  # noqa: S311
    questions = [question for question in definition.questions if question.kind != "statement"]
    document: Document = {}
    for question in questions[: round(len(questions) * until)]:
        if question.choices:
            document[question.id] = {"choice": _weighted(draw, question.choices, weights).id}
        elif question.kind == "long_text":
            texts = written["difficulties"] if "difficult" in question.code else written["done"]
            if draw.random() < 0.6:
                document[question.id] = draw.choice(texts)
        elif (value := _association_answers(draw, question)) is not None:
            document[question.id] = value
    return follow(definition, document, on=ANY_DAY).document


def _association_answers(draw: Random, question: Question) -> Any:
    match question.kind:
        case "date":
            return date(
                draw.randint(1978, 2022), draw.randint(1, 12), draw.randint(1, 28)
            ).isoformat()
        case "decimal":
            return round(draw.uniform(0.5, 6 if question.condition else 60) * 2) / 2
        case "boolean":
            return draw.random() < 0.4
        case "place":
            return {"label": draw.choice(written["rooms"])} if draw.random() < 0.5 else None
