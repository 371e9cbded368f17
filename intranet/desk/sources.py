"""What the ground floor brings to the first screens: who cannot be reached, who asks to join."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter, Notice
from intranet.invitations.models import Invitation
from intranet.invitations.queries import unsettled_invitations
from intranet.joining.permissions import may_answer
from intranet.joining.queries import open_requests_of_teams
from intranet.notifications.models import SilentAddress


def out_of_reach(*, at: datetime) -> Matter:
    """Addresses that letters came back from, then invitations that nobody accepted.

    An invitation counts from the day after it left: before, nobody is late.
    """
    silent = [
        Line(one.address, reverse("letters"), one.get_reason_display())
        for one in SilentAddress.objects.order_by("address")
    ]
    waiting = [
        Line(one.email, reverse("invitations"), _state(one, at))
        for one in unsettled_invitations().order_by("expires_at", "pk")
        if timezone.localdate(one.created_at) < timezone.localdate(at)
    ]
    lines = [*silent, *waiting]
    where = reverse("invitations" if waiting else "letters")
    return Matter(
        key="letters",
        title=_("Invitations and letters without an answer"),
        counted=ngettext("person cannot be reached", "people cannot be reached", len(lines)),
        lines=lines,
        empty=_("Every letter finds its address, every invitation was accepted."),
        act=Act(_("Send the invitations again") if waiting else _("See the letters"), where),
        path=where,
    )


def _state(invitation: Invitation, at: datetime) -> str:
    words = [str(invitation.association)] if invitation.association else []
    if invitation.came_back:
        words.append(_("the invitation came back"))
    elif invitation.is_expired(at):
        words.append(_("the invitation has expired"))
    else:
        number = (timezone.localdate(at) - timezone.localdate(invitation.created_at)).days
        words.append(
            ngettext("invited %(number)s day ago", "invited %(number)s days ago", number)
            % {"number": number}
        )
    return " · ".join(words)


def requests_to_join(person: User, *, at: datetime) -> Iterator[Notice]:
    """Those who ask to join an association that this person answers for."""
    for one in open_requests_of_teams(person):
        if may_answer(person, one.association):
            yield Notice(
                title=_("%(name)s asks to join") % {"name": one.user},
                note=str(one.association),
                quote=one.word,
                act=Act(
                    pgettext("button", "Answer"),
                    reverse("team", args=[one.association.slug]) + "#requests",
                ),
                awaits=True,
            )
