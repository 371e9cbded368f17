"""The directory searched while somebody types where they live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.responses.territories import territories_found

LONGEST_SEARCH = 100


@require_safe
def territories(request: HttpRequest, field: str) -> HttpResponse:
    """What the words typed in a field find: radios, or the options of a list (`as=options`)."""
    as_options = request.GET.get("as") == "options"
    typed = request.GET.get(f"{field}-label" if as_options else f"{field}-search", "")
    found = territories_found(typed[:LONGEST_SEARCH], request.GET.get(field, ""))
    template = (
        "surveys/responses/territory_options.html"
        if as_options
        else "surveys/responses/territories_found.html"
    )
    return render(request, template, {"found": found, "name": field, "id": f"id_{field}"})
