"""The letters of a campaign."""

from datetime import datetime
from logging import getLogger
from smtplib import SMTPException
from typing import Final

from django.utils.translation import gettext as _

from intranet.network.models import Association
from intranet.notifications.operations import letter_text, send_letter
from surveys.campaigns.models import Campaign, Participation

logger = getLogger(__name__)

INVITATION: Final = "surveys/campaigns/letters/invitation"


def invitation_subject(campaign: Campaign) -> str:
    return _("%(campaign)s: your association is asked to answer") % {"campaign": campaign.title}


def invitation_text(campaign: Campaign) -> str:
    """The letter as an association would read it, for a campaign that may not exist yet."""
    somebody = Association(name=_("your association"), slug="votre-association")
    return letter_text(INVITATION, _context(campaign, somebody))


def _context(campaign: Campaign, association: Association) -> dict[str, object]:
    return {"campaign": campaign, "association": association, "sender": campaign.created_by}


def send_invitation_letters(participation: Participation, addresses: list[str]) -> None:
    """Write to each address. It is enough that one takes the letter; if none does, it raises."""
    refusals = []
    for rank, address in enumerate(addresses):
        try:
            send_letter(
                to=address,
                subject=invitation_subject(participation.campaign),
                template=INVITATION,
                context=_context(participation.campaign, participation.association),
                message_id=_message_id(participation, rank),
            )
        except (SMTPException, OSError) as error:
            # Never the address: logs are read by others than those it belongs to.
            logger.warning("Invitation %s, address %s: %s", participation.pk, rank + 1, error)
            refusals.append(error)
    if len(refusals) == len(addresses):
        raise refusals[-1]


def _message_id(participation: Participation, rank: int) -> str:
    due: datetime | None = participation.invitation_due_at
    return f"invitation-{participation.pk}-{rank}-{due.timestamp() if due else 0:.6f}"
