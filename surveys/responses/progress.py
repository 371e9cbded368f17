"""How far a document is from being complete. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.definition import STATEMENT, Definition, Question, Section


@dataclass(frozen=True)
class SectionProgress:
    number: int
    section: Section
    asked: int
    answered: int
    missing: tuple[Question, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and (self.answered > 0 or self.asked == 0)


def asked(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that wait for an answer: everything but texts to read."""
    return tuple(question for question in questions if question.kind != STATEMENT)


def missing_answers(
    questions: Iterable[Question], document: Mapping[str, Any]
) -> tuple[Question, ...]:
    """The required questions that have no answer yet, in the order of reading."""
    return tuple(
        question
        for question in asked(questions)
        if question.required and question.id not in document
    )


def progress(definition: Definition, document: Mapping[str, Any]) -> list[SectionProgress]:
    return [
        SectionProgress(
            number=number,
            section=section,
            asked=len(asked(section.questions)),
            answered=sum(question.id in document for question in asked(section.questions)),
            missing=missing_answers(section.questions, document),
        )
        for number, section in enumerate(definition.sections, start=1)
    ]
