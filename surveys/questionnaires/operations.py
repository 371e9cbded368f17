"""Writes on questionnaires."""

from datetime import datetime

from django.db import transaction

from intranet.accounts.models import User
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import latest_version


@transaction.atomic
def freeze_definition(
    *, questionnaire: Questionnaire, definition: Definition, by: User | None, at: datetime
) -> QuestionnaireVersion:
    """The version that holds this definition: the latest one if nothing changed, or the next."""
    # Two people who publish together wait for each other here, or they would share a number.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    latest = latest_version(questionnaire)
    if latest and latest.checksum == definition.checksum:
        return latest
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=latest.number + 1 if latest else 1,
        checksum=definition.checksum,
        document=definition.to_json(),
        published_at=at,
        published_by=by,
    )
