"""Questions one may ask about questionnaires."""

from django.db.models import QuerySet

from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion


def latest_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The version that people are shown now, if the questionnaire was ever published."""
    return questionnaire.versions.order_by("-number").first()


def versions_of(questionnaire: Questionnaire) -> QuerySet[QuestionnaireVersion]:
    """Every version, the latest first, with the person who published it."""
    return questionnaire.versions.select_related("published_by").order_by("-number")


def draft_of(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as its editors last wrote it, published or not."""
    if questionnaire.latest_revision is None:
        return questionnaire
    return questionnaire.get_latest_revision_as_object()
