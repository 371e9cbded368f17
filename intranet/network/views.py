"""The directory, which members read: who acts where."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intranet.network.models import Association, Territory
from intranet.network.permissions import is_member


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
