"""Questions one may ask about questionnaires."""

from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion


def latest_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The version that people are shown now, if the questionnaire was ever published."""
    return questionnaire.versions.order_by("-number").first()
