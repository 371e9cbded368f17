"""On the first screens: the signatures to validate or to remind of; those that await a member."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter, Notice
from pages.signatures.models import Signature, State
from pages.signatures.queries import standings_of

FOLLOWED = (State.REQUESTED, State.TO_CONFIRM)


def to_follow(*, at: datetime) -> Matter:
    waiting = (
        Signature.objects.filter(state__in=FOLLOWED, association__is_active=True)
        .select_related("association")
        # What awaits the animator before what awaits associations.
        .order_by("state", "association__name")
    )
    rows = sorted(waiting, key=lambda one: one.state != State.REQUESTED)
    lines = [
        Line(str(one.association), one.get_absolute_url(), one.get_state_display()) for one in rows
    ]
    return Matter(
        key="signatures",
        title=_("Signatures of the charter"),
        counted=ngettext("signature to follow up", "signatures to follow up", len(lines)),
        lines=lines,
        empty=_("No signature awaits anybody."),
        act=_act(rows, at),
        path=reverse("signatures_follow_up"),
    )


def _act(rows: list[Signature], at: datetime) -> Act:
    """Remind, when somebody can be reminded and nothing awaits the animator first."""
    if any(one.state == State.REQUESTED for one in rows):
        return Act(_("Validate the signatures"), reverse("signatures_follow_up"))
    if Signature.objects.to_remind(at).exists():
        return Act(
            _("Remind those who must confirm"),
            reverse("signatures_remind"),
            is_done_at_once=True,
        )
    return Act(_("Follow the signatures"), reverse("signatures_follow_up"))


def to_sign(person: User, *, at: datetime) -> Iterator[Notice]:
    """For who represents an association that has something to sign, correct or confirm."""
    for standing in standings_of(person):
        if not (standing.awaits and standing.may_sign):
            continue
        slug = standing.association.slug
        label, name, note = {
            "confirm": (
                _("See what changes and confirm"),
                "signature_confirm",
                _("The charter has changed since its signature"),
            ),
            "correct": (
                _("Correct the signature"),
                "sign",
                _("The signature of the charter needs a correction"),
            ),
        }.get(
            standing.awaits,
            (_("Sign the charter"), "sign", _("The charter awaits your association.")),
        )
        yield Notice(
            title=str(standing.association),
            note=note,
            act=Act(label, reverse(name, args=[slug])),
            awaits=True,
        )
