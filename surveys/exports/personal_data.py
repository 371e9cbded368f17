"""What the surveys hold about somebody: their trials and files go, the rest stays unsigned."""

from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings
from surveys.exports.models import Export


class Surveys(Holdings):
    columns = {
        "surveys.QuestionnaireVersion.published_by": Fate.UNSIGNED,
        "surveys.Campaign.created_by": Fate.UNSIGNED,
        "surveys.Draft.updated_by": Fate.UNSIGNED,
        "surveys.Trial.updated_by": Fate.ERASED,
        "surveys.Export.requested_by": Fate.ERASED,
    }

    def erase(self, user: User, at: datetime) -> None:
        for file in Export.objects.filter(requested_by=user).values_list("file", flat=True):
            if file:
                transaction.on_commit(partial(default_storage.delete, file))
