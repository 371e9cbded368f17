"""Who may fill in what."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may
from surveys.campaigns.models import Participation


def may_fill(user: User | AnonymousUser, participation: Participation) -> bool:
    """Whoever represents the association or contributes for it: nobody else, animators included."""
    return may(user, "fill", "response", association=participation.association)
