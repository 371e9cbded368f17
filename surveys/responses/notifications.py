"""The letters this room sends."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from intranet.languages import SITE_LANGUAGE, interface_language
from intranet.notifications.operations import send_letter
from surveys.campaigns.models import Participation
from surveys.questionnaires.definition import text_in
from surveys.responses.models import Response


def send_receipt_letters(
    response: Response, participation: Participation, addresses: list[str]
) -> None:
    """Tell who sent a self-assessment, and its association, that it has arrived.

    In the language in which they answered.
    """
    language = interface_language(response.language)
    title = response.campaign.title
    if language != SITE_LANGUAGE:
        title = text_in(response.version.definition.title, response.language)
    with override(language):
        subject = _("Received: %(campaign)s") % {"campaign": title}
    for rank, address in enumerate(addresses):
        send_letter(
            to=address,
            subject=subject,
            language=language,
            template="surveys/responses/letters/receipt",
            context={
                "campaign": response.campaign,
                "title": title,
                "association": participation.association,
                "code": response.receipt_code,
            },
            message_id=f"receipt-{response.receipt_code}-{rank}",
        )
