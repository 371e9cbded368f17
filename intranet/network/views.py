"""The directory, which members read, and which is searched while somebody types."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intranet.network.models import Association, Territory
from intranet.network.permissions import (
    may_find_territories,
    may_read_association,
    may_read_territories,
)
from intranet.network.pickers import LONGEST_SEARCH, boxes_for, numbers


@require_safe
def association(request: HttpRequest, slug: str) -> HttpResponse:
    found = Association.objects.filter(slug=slug, is_active=True).first()
    # Nobody is told which addresses exist.
    if not may_read_association(request.user, found):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
    if found is None:
        raise Http404
    context = {"association": found, "territories": found.territories.all()}
    return render(request, "intranet/network/association.html", context)


@require_safe
@login_required
def territory(request: HttpRequest, code: str) -> HttpResponse:
    if not may_read_territories(request.user):
        raise PermissionDenied
    found = get_object_or_404(Territory, code=code)
    active = found.associations.filter(is_active=True)
    context = {"territory": found, "associations": active}
    return render(request, "intranet/network/territory.html", context)


@require_safe
def territory_boxes(request: HttpRequest, name: str) -> HttpResponse:
    """The boxes of a picker: what is near, what is ticked, and what the words find."""
    if not may_find_territories(request.user):
        raise PermissionDenied
    found = boxes_for(
        near=numbers(request.GET.getlist(f"{name}-near")),
        ticked=numbers(request.GET.getlist(name)),
        search=request.GET.get(f"{name}-search", "")[:LONGEST_SEARCH],
    )
    context = {"found": found, "name": name, "id": f"id_{name}"}
    return render(request, "intranet/network/territories_found.html", context)
