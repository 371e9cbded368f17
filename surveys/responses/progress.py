"""How far a document is from being complete, and from being right. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.questionnaires.definition import COMPUTED, Definition, Question, Section
from surveys.questionnaires.flow import Flow
from surveys.questionnaires.question_types import is_complete


@dataclass(frozen=True)
class SectionProgress:
    """A section that is shown: `number` is its place in the questionnaire, which its address
    has; `position` its place among those that are shown, which people are told."""

    number: int
    position: int
    section: Section
    asked: int
    answered: int
    missing: tuple[Question, ...]
    failed: tuple[Question, ...]

    @property
    def is_complete(self) -> bool:
        has_begun = self.answered > 0 or self.asked == 0
        return has_begun and not self.missing and not self.failed


def asked(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that wait for an answer: neither texts to read nor computed values."""
    return tuple(question for question in questions if question.is_answered)


def is_on_page(question: Question, flow: Flow) -> bool:
    """Whether there is something to see: a computed value without a label is for others only."""
    is_silent = question.kind == COMPUTED and not any(question.label.values())
    return flow.is_shown(question) and not is_silent


def missing_answers(questions: Iterable[Question], flow: Flow) -> tuple[Question, ...]:
    """The required questions that are asked and have no answer yet, in the order of reading."""
    return tuple(
        question
        for question in asked(questions)
        if question.required
        and flow.is_shown(question)
        and not is_complete(question, flow.document.get(question.id))
    )


def progress(definition: Definition, flow: Flow) -> list[SectionProgress]:
    """The sections with something to see. One that is empty in the questionnaire stays."""
    shown = [
        (number, section)
        for number, section in enumerate(definition.sections, start=1)
        if not section.questions or any(is_on_page(one, flow) for one in section.questions)
    ]
    return [
        _progress(number, position, section, flow)
        for position, (number, section) in enumerate(shown, start=1)
    ]


def _progress(number: int, position: int, section: Section, flow: Flow) -> SectionProgress:
    waiting = [question for question in asked(section.questions) if flow.is_shown(question)]
    return SectionProgress(
        number=number,
        position=position,
        section=section,
        asked=len(waiting),
        answered=sum(question.id in flow.document for question in waiting),
        missing=missing_answers(section.questions, flow),
        failed=tuple(question for question in section.questions if question in flow.failed),
    )
