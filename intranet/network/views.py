"""The directory, which members read, and which is searched while somebody types."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intranet.network.models import Association, Territory
from intranet.network.permissions import is_member
from intranet.network.pickers import LONGEST_SEARCH, boxes_for, numbers


@require_safe
@login_required
def association(request: HttpRequest, slug: str) -> HttpResponse:
    if not is_member(request.user):
        raise PermissionDenied
    found = get_object_or_404(Association, slug=slug, is_active=True)
    context = {"association": found, "territories": found.territories.all()}
    return render(request, "intranet/network/association.html", context)


@require_safe
@login_required
def territory(request: HttpRequest, code: str) -> HttpResponse:
    if not is_member(request.user):
        raise PermissionDenied
    found = get_object_or_404(Territory, code=code)
    active = found.associations.filter(is_active=True)
    context = {"territory": found, "associations": active}
    return render(request, "intranet/network/territory.html", context)


@require_safe
def territory_boxes(request: HttpRequest, name: str) -> HttpResponse:
    """The boxes of a picker: what is near, what is ticked, and what the words find."""
    found = boxes_for(
        near=numbers(request.GET.getlist(f"{name}-near")),
        ticked=numbers(request.GET.getlist(name)),
        search=request.GET.get(f"{name}-search", "")[:LONGEST_SEARCH],
    )
    context = {"found": found, "name": name, "id": f"id_{name}"}
    return render(request, "intranet/network/territories_found.html", context)
