"""What invitations hold about somebody: the address that they were written at."""

from datetime import datetime

from intranet.accounts.models import User
from intranet.accounts.personal_data import Fate, Holdings
from intranet.invitations.models import Invitation


class Invitations(Holdings):
    columns = {"intranet.Invitation.invited_by": Fate.UNSIGNED}

    def erase(self, user: User, at: datetime) -> None:
        Invitation.objects.filter(email__iexact=user.email).delete()
