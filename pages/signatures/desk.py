"""On the animator's first screen: the signatures to validate, and those to be confirmed."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.desk.contract import Act, Line, Matter
from pages.signatures.models import Signature, State

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
