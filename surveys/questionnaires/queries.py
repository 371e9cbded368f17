"""Questions one may ask about questionnaires."""

from django.db.models import QuerySet

from surveys.questionnaires.definition import Definition
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.succession import Comparison, Link, comparable_questions, renewed


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


def asked_last(questionnaire: Questionnaire) -> Definition:
    """What people are asked now, or would be if it were published."""
    latest = latest_version(questionnaire)
    return latest.definition if latest else draft_of(questionnaire).written


def links_of(questionnaire: Questionnaire) -> list[Link]:
    """What became of each question of the one before, in the draft as it is now."""
    if questionnaire.previous is None:
        return []
    stored = map(Link.from_json, questionnaire.succession)
    return renewed(stored, asked_last(questionnaire.previous), draft_of(questionnaire).written)


def comparisons_with_previous(questionnaire: Questionnaire) -> list[Comparison]:
    """For each question asked now or before, whether it compares, and why not."""
    if questionnaire.previous is None:
        return []
    return comparable_questions(
        asked_last(questionnaire.previous),
        asked_last(questionnaire),
        map(Link.from_json, questionnaire.succession),
    )


def other_years(questionnaire: Questionnaire) -> list[Questionnaire]:
    """The published questionnaires that it was made from, or that were made from it."""
    previous = [questionnaire.previous] if questionnaire.previous else []
    return [one for one in (*previous, *questionnaire.following.all()) if one.live]
