"""The page that shows the table of rights."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intranet.rights import wording
from intranet.rights.permissions import held_by, may


@require_safe
@login_required
def rights(request: HttpRequest) -> HttpResponse:
    """Who may do what: what the reader may do, or the whole table (`?vue=tout`)."""
    if not may(request.user, "read", "rights"):
        raise PermissionDenied
    held = held_by(request.user)
    shows_all = request.GET.get("vue") == "tout"
    context = {
        "shows_all": shows_all,
        "roles": wording.roles_in_words(held),
        "headings": wording.headings(held) if shows_all else [],
        "subjects": wording.whole_table(held) if shows_all else wording.own_table(held),
    }
    return render(request, "intranet/rights/rights.html", context)
