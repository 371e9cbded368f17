"""What the invented people answer: drawn from fixed seeds, so every demo counts the same."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from surveys.demo.texts import assessments, needs
from surveys.questionnaires.definition import OTHER, Choice, Definition, Question

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
            value = _resident_answers(draw, question, options)
            if value is not None:
                document[question.id] = value
        yield document


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


def _drawn(options: dict) -> list[int]:
    return [weight for _code, _label, weight in options["choices"]]


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
            texts = (
                assessments["difficulties"] if "difficult" in question.code else assessments["done"]
            )
            if draw.random() < 0.6:
                document[question.id] = draw.choice(texts)
    return document
