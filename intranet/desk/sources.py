"""What the ground floor brings to the first screens: people."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter, Wait
from intranet.invitations.models import Invitation
from intranet.invitations.queries import unsettled_invitations
from intranet.joining.permissions import may_answer
from intranet.joining.queries import open_requests_of_teams
from intranet.notifications.models import SilentAddress


def not_reached(*, at: datetime) -> Matter:
    """People whom nothing reaches: letters came back from them, or they never opened the link."""
    silent = SilentAddress.objects.order_by("address")
    letters = [Line(title=one.address, note=one.get_reason_display()) for one in silent]
    known = {line.title.lower() for line in letters}
    invitations = [
        Line(title=one.email, path=_list_of(one), note=_what_became_of(one, at))
        for one in unsettled_invitations()
        if one.email.lower() not in known
    ]
    lines = letters + invitations
    return Matter(
        key="people",
        title=_("People who have not come"),
        counted=ngettext(
            "person invited or written to in vain",
            "people invited or written to in vain",
            len(lines),
        ),
        lines=lines,
        empty=_("Every letter finds its address, and every invitation was accepted."),
        act=Act(_("Send invitations again"), reverse("invitations"))
        if invitations
        else Act(_("See the letters"), reverse("letters")),
        path=reverse("letters") if letters else reverse("invitations"),
    )


def _list_of(invitation: Invitation) -> str:
    if invitation.association is None:
        return reverse("invitations")
    return reverse("team", args=[invitation.association.slug])


def _what_became_of(invitation: Invitation, at: datetime) -> str:
    whom = str(invitation.association or invitation.get_role_display())
    if invitation.is_expired(at):
        return _("%(whom)s · the link has expired") % {"whom": whom}
    return _("%(whom)s · invited on %(day)s") % {"whom": whom, "day": _day(invitation)}


def _day(invitation: Invitation) -> str:
    return date_format(timezone.localtime(invitation.created_at), "DATE_FORMAT")


def requests_to_join(*, person: User, at: datetime) -> Sequence[Wait]:
    """Those who ask to join an association that this person answers for."""
    asked = open_requests_of_teams(person)
    return [
        Wait(
            about=str(one.association),
            title=_("%(name)s asks to join") % {"name": one.user},
            note=one.word,
            act=Act(_("Answer"), reverse("team", args=[one.association.slug]) + "#requests"),
        )
        for one in asked
        if may_answer(person, one.association)
    ]
