"""Two people whom Aminata invited: one has not answered yet, the other let the link expire."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from intranet.accounts.models import User
from intranet.invitations.models import Invitation
from intranet.invitations.operations import invite
from intranet.network.models import Association
from intranet.notifications.models import Letter

INVITED = (
    ("samia@maillage.example", timedelta(days=2)),
    ("hugo@maillage.example", timedelta(days=20)),
)


def load_invitations(
    *, associations: list[Association], people: dict[str, User], at: datetime
) -> None:
    """The links are lost with the letters, which left long ago."""
    for email, age in INVITED:
        [invitation] = invite(
            emails=[email],
            association=associations[0],
            role=Invitation.Role.CONTRIBUTOR,
            by=people["representative"],
            at=at - age,
        )
        Letter.objects.filter(pk=cast(UUID, invitation.letter_id)).update(
            state=Letter.State.SENT,
            attempts=1,
            settled_at=at - age + timedelta(minutes=2),
            text="",
            html="",
        )
