"""A definition as people read it: every question with its kind and choices, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.questionnaires.blocks import BUILDER_BLOCKS
from surveys.questionnaires.definition import Definition, Question, Section, text_in
from surveys.questionnaires.question_types import KINDS


@dataclass(frozen=True)
class QuestionInWords:
    label: str
    hint: str
    code: str
    kind: str
    is_answered: bool
    required: bool
    choices: list[str]
    bounds: str
    rows: list[str]
    condition: str
    may_decline: bool


@dataclass(frozen=True)
class SectionInWords:
    title: str
    introduction: str
    questions: list[QuestionInWords]


def in_words(definition: Definition, language: str = "fr") -> list[SectionInWords]:
    return [_section(section, language) for section in definition.sections]


def _section(section: Section, language: str) -> SectionInWords:
    return SectionInWords(
        title=text_in(section.title, language),
        introduction=text_in(section.introduction, language),
        questions=[_question(question, language) for question in section.questions],
    )


def _question(question: Question, language: str) -> QuestionInWords:
    choices = [text_in(choice.label, language) for choice in question.choices]
    if question.has_other:
        choices.append(_("Other, specify"))
    return QuestionInWords(
        label=text_in(question.label, language),
        hint=text_in(question.hint, language),
        code=question.code,
        kind=str(BUILDER_BLOCKS[question.kind]._meta_class.label),
        is_answered=KINDS[question.kind].is_answered,
        required=question.required,
        choices=choices,
        bounds=_bounds(question.minimum, question.maximum),
        rows=[text_in(row.label, language) for row in question.rows],
        condition=question.condition,
        may_decline=question.may_decline,
    )


def _bounds(minimum: float | None, maximum: float | None) -> str:
    if minimum is not None and maximum is not None:
        return _("from %(minimum)d to %(maximum)d") % {"minimum": minimum, "maximum": maximum}
    if minimum is not None:
        return _("%(minimum)d at least") % {"minimum": minimum}
    if maximum is not None:
        return _("%(maximum)d at most") % {"maximum": maximum}
    return ""
