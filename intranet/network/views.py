"""The directory searched while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intranet.network.pickers import LONGEST_SEARCH, boxes_for, numbers


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
