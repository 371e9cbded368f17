"""What a questionnaire may begin from, and take questions from: the bank, and editors' models."""

from dataclasses import dataclass

from surveys.questionnaires.bank import Model, models
from surveys.questionnaires.definition import Definition, text_in
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import draft_of

OURS = "modele-"


@dataclass(frozen=True)
class StartingPoint:
    """`name` is how an address calls it; `questionnaire` is the editors', None of the bank."""

    name: str
    title: str
    summary: str
    definition: Definition
    is_complete: bool = True
    questionnaire: Questionnaire | None = None

    @property
    def question_count(self) -> int:
        return sum(question.is_answered for question in self.definition.questions)


def starting_points() -> list[StartingPoint]:
    """Those of the bank, then those that editors offer as models."""
    written = Questionnaire.objects.filter(is_model=True).order_by("title")
    return [*map(_of_bank, models()), *map(_of_editors, written)]


def starting_point(name: str) -> StartingPoint | None:
    return next((one for one in starting_points() if one.name == name), None)


def _of_bank(model: Model) -> StartingPoint:
    definition = model.definition
    title = str(text_in(definition.title, definition.language))
    return StartingPoint(model.name, title, model.summary, definition, model.is_complete)


def _of_editors(questionnaire: Questionnaire) -> StartingPoint:
    draft = draft_of(questionnaire)
    return StartingPoint(
        name=f"{OURS}{questionnaire.pk}",
        title=draft.title,
        summary=draft.introduction,
        definition=draft.written,
        questionnaire=questionnaire,
    )
