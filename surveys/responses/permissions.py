"""Who may fill in what."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network.permissions import acts_for
from surveys.campaigns.models import Participation


def may_fill(user: User | AnonymousUser, participation: Participation) -> bool:
    """Whoever represents the association or contributes for it: nobody else, animators included."""
    return acts_for(user, participation.association)
