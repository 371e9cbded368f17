"""Who may fill in what."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may
from surveys.campaigns.models import Participation
from surveys.responses.models import Trial


def may_fill(user: User | AnonymousUser, participation: Participation) -> bool:
    """Whoever represents the association or contributes for it: nobody else, animators included."""
    return may(user, "fill", "response", association=participation.association)


def may_submit(user: User | AnonymousUser, participation: Participation) -> bool:
    """Whoever represents the association: what is sent in its name is theirs to validate."""
    return may(user, "submit", "response", association=participation.association)


def may_answer_trial(user: User | AnonymousUser, trial: Trial) -> bool:
    """Whoever began it, as long as they write questionnaires."""
    return may(user, "answer_trial", "questionnaire", owner=trial.updated_by_id)
