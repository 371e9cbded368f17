"""The letters about who joins, leaves and represents an association."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.invitations.models import Invitation
from intranet.network.models import Association
from intranet.notifications.models import Letter
from intranet.notifications.operations import queue_letter, queue_secret_letter
from intranet.notifications.writing import letter_html, letter_text

INVITATION = "intranet/invitations/letters/invitation"
REMOVED = "intranet/invitations/letters/removed"
HANDED_OVER = "intranet/invitations/letters/handed_over"


def invite(invitation: Invitation, token: str, *, at: datetime) -> Letter:
    """The only place where the link is written; the outbox forgets it with the letter's end."""
    association = invitation.association
    subject = (
        _("Join %(association)s on Maillage") % {"association": association}
        if association
        else _("An invitation to Maillage")
    )
    context = {
        "subject": subject,
        "invitation": invitation,
        "url": settings.BASE_URL.rstrip("/") + reverse("invitation", args=[token]),
    }
    return queue_secret_letter(
        kind="invitation",
        to=invitation.email,
        person=None,
        subject=subject,
        text=letter_text(INVITATION, context),
        html=letter_html(INVITATION, context),
        check="intranet.invitations.notifications.is_still_wanted",
        at=at,
    )


def is_still_wanted(letter: Letter) -> bool:
    """Not once it was revoked, or sent again with another link."""
    return Invitation.objects.unsettled().filter(letter_id=letter.pk).exists()


def tell_removed(user: User, association: Association, *, at: datetime) -> None:
    _tell(
        user,
        kind="membership-ended",
        occasion=f"{association.pk}-{at.isoformat()}",
        subject=_("You no longer belong to %(association)s") % {"association": association},
        template=REMOVED,
        context={"association": association.name},
        at=at,
    )


def tell_handed_over(
    *, before: User, after: User, association: Association, has_left: bool, at: datetime
) -> None:
    """To both: who answers for the association from now on."""
    for person in (before, after):
        _tell(
            person,
            kind="representative-handed-over",
            occasion=f"{association.pk}-{at.isoformat()}",
            subject=_("%(association)s has another representative") % {"association": association},
            template=HANDED_OVER,
            context={
                "association": association.name,
                "before": str(before),
                "after": str(after),
                "is_new": person == after,
                "has_left": has_left,
                "url": settings.BASE_URL.rstrip("/") + reverse("my_space"),
            },
            at=at,
        )


def _tell(user: User, **letter) -> None:
    if user.is_active:
        queue_letter(to=user.email, person=user, **letter)
