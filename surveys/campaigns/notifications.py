"""The letters of a campaign."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.notifications.operations import new_letter, queue_letters
from intranet.notifications.writing import letter_text
from surveys.campaigns.models import Campaign, Participation

INVITATION: Final = "surveys/campaigns/letters/invitation"
OPERATIONS: Final = "surveys.campaigns.operations"


def invitation_subject(campaign: Campaign) -> str:
    return _("%(campaign)s: your association is asked to answer") % {"campaign": campaign.title}


def invitation_text(campaign: Campaign) -> str:
    """The letter as an association would read it, for a campaign that may not exist yet."""
    somebody = Association(name=_("your association"), slug="votre-association")
    return letter_text(INVITATION, invitation_words(campaign, somebody))


def invitation_words(campaign: Campaign, association: Association) -> dict[str, Any]:
    return {"campaign": campaign, "association": association, "sender": campaign.created_by}


def queue_invitations(
    participations: Sequence[Participation],
    addresses: Mapping[int, Sequence[tuple[str, User | None]]],
    *,
    at: datetime,
) -> None:
    """Have a letter written to each address of each; asked for later, it is another letter."""
    letters = [
        new_letter(
            kind="invitation",
            occasion=f"{participation.pk} {at.timestamp():.6f}",
            to=address,
            person=person,
            subject=invitation_subject(participation.campaign),
            template=INVITATION,
            context={"participation": participation.pk, "due_at": at.isoformat()},
            check=f"{OPERATIONS}.invitation_is_due",
            after=f"{OPERATIONS}.invitation_has_left",
            at=at,
        )
        for participation in participations
        for address, person in addresses[participation.association_id]
    ]
    queue_letters(letters)
