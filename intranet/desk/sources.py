"""What the ground floor brings to the animator's first screen: letters that do not arrive."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.desk.contract import Act, Line, Matter
from intranet.notifications.models import SilentAddress


def silent_addresses(*, at: datetime) -> Matter:
    """The addresses that letters came back from: nothing more is written to them."""
    rows = SilentAddress.objects.order_by("address")
    lines = [Line(title=one.address, note=one.get_reason_display()) for one in rows]
    return Matter(
        key="letters",
        title=_("Letters that came back"),
        counted=ngettext("address no longer receives", "addresses no longer receive", len(lines)),
        lines=lines,
        empty=_("Every letter finds its address."),
        act=Act(_("See the letters"), reverse("letters")),
        path=reverse("letters"),
    )
