"""The letters this room sends."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from intranet.accounts.models import User
from intranet.languages import SITE_LANGUAGE, interface_language
from intranet.network.queries import representatives_of
from intranet.notifications.models import Letter
from intranet.notifications.operations import new_letter, queue_letters
from surveys.campaigns.models import Participation
from surveys.questionnaires.definition import text_in
from surveys.responses.models import Draft, Response

RECEIPT: Final = "surveys/responses/letters/receipt"
READY: Final = "surveys/responses/letters/ready"


def queue_receipts(
    response: Response, participation: Participation, *, by: User, at: datetime
) -> None:
    """Tell who sent a self-assessment, and its association, that it has arrived.

    In the language in which they answered.
    """
    language = interface_language(response.language)
    with override(language):
        subject = _("Received: %(campaign)s") % {"campaign": _title(response)}
    people: dict[str, User | None] = {by.email: by}
    people.setdefault(participation.association.email, None)
    queue_letters(
        new_letter(
            kind="receipt",
            occasion=response.receipt_code,
            to=address,
            person=person,
            subject=subject,
            template=RECEIPT,
            context={"response": str(response.pk)},
            check="surveys.responses.notifications.receipt_words",
            at=at,
            language=language,
        )
        for address, person in people.items()
        if address
    )


def queue_ready(draft: Draft, people: Iterable[User], *, by: User, at: datetime) -> int:
    """Tell these people that a draft is ready to be sent: one letter each a day, at most."""
    language = interface_language(draft.language)
    with override(language):
        subject = _("Ready to be sent: %(campaign)s") % {"campaign": _title(draft)}
    return queue_letters(
        new_letter(
            kind="response-ready",
            occasion=f"{draft.pk} {localdate(at)}",
            to=person.email,
            person=person,
            subject=subject,
            template=READY,
            context={"draft": str(draft.pk), "by": by.pk},
            check="surveys.responses.notifications.ready_words",
            at=at,
            language=language,
        )
        for person in people
    )


def ready_words(letter: Letter) -> dict[str, Any] | bool:
    """Not once it was sent, or can no longer be."""
    draft = (
        Draft.objects.filter(pk=letter.context["draft"])
        .select_related("campaign", "version", "participation__association")
        .first()
    )
    if draft is None or draft.participation is None:
        return False
    association = draft.participation.association
    by = User.objects.filter(pk=letter.context["by"]).first()
    return draft.campaign.is_open(localdate()) and {
        "campaign": draft.campaign,
        "title": _title(draft),
        "association": association,
        "by": by.get_full_name() if by else "",
        "is_unrepresented": not representatives_of(association).exists(),
    }


def receipt_words(letter: Letter) -> dict[str, Any] | bool:
    response = (
        Response.objects.filter(pk=letter.context["response"])
        .select_related("campaign", "version", "participation__association")
        .first()
    )
    if response is None or response.participation is None:
        return False
    return {
        "campaign": response.campaign,
        "title": _title(response),
        "association": response.participation.association,
        "code": response.receipt_code,
    }


def _title(response: Response | Draft) -> str:
    if interface_language(response.language) == SITE_LANGUAGE:
        return response.campaign.title
    return text_in(response.version.definition.title, response.language)
