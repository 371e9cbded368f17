"""The letters this room sends."""

from django.utils.translation import gettext as _

from intranet.notifications.operations import send_letter
from surveys.campaigns.models import Participation
from surveys.responses.models import Response


def send_receipt_letters(
    response: Response, participation: Participation, addresses: list[str]
) -> None:
    """Tell who sent a self-assessment, and its association, that it has arrived."""
    for rank, address in enumerate(addresses):
        send_letter(
            to=address,
            subject=_("Received: %(campaign)s") % {"campaign": response.campaign.title},
            template="surveys/responses/letters/receipt",
            context={
                "campaign": response.campaign,
                "association": participation.association,
                "code": response.receipt_code,
            },
            message_id=f"receipt-{response.receipt_code}-{rank}",
        )
