"""The page of the search. Its address says what was asked, and can be shared."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intranet.search.asked import LONGEST_QUERY
from intranet.search.kinds import Kind
from intranet.search.queries import KINDS, present, search

RESULTS_A_PAGE = 10


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    chosen = request.GET.get("type", "")
    kind = chosen if chosen in KINDS else ""
    answer = search(typed, request, is_exact="exact" in request.GET)
    page_obj = Paginator(answer.of_kind(kind), RESULTS_A_PAGE).get_page(request.GET.get("page"))
    kinds = [
        {"value": value, "label": Kind(value).label, "count": count}
        for value, count in answer.kinds.items()
    ]
    context = {
        "typed": typed,
        "kind": kind,
        "kinds": kinds,
        "answer": answer,
        "page_obj": page_obj,
        "results": present(list(page_obj), answer.groups, request),
    }
    response = render(request, "intranet/search/results.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
