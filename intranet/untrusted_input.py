"""What a request carries that no page should have to think of.

PostgreSQL refuses NUL in text and nothing encodes a lone surrogate: each would be an error
in whichever view first looks something up. They are taken out of what people type, which is
kept otherwise, and no address has them.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def _without_unwritable(given: QueryDict) -> QueryDict:
    texts = [text for name, values in given.lists() for text in (name, *values)]
    if not any(UNWRITABLE.search(text) for text in texts if isinstance(text, str)):
        return given
    cleaned = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        for value in values:
            cleaned.appendlist(UNWRITABLE.sub("", name), UNWRITABLE.sub("", value))
    cleaned._mutable = False
    return cleaned


def _body_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class UntrustedInputMiddleware:
    """Stands before every other that reads the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before anything parses it: a form of 300 MB would be written to disk first.
        if _body_length(request) > settings.REQUEST_MAX_SIZE:
            return render(request, "413.html", status=413)
        if UNWRITABLE.search(request.path_info):
            raise Http404
        for name, value in list(request.COOKIES.items()):
            if UNWRITABLE.search(name + value):
                del request.COOKIES[name]
        request.GET = _without_unwritable(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.method == "POST":
            request.POST = _without_unwritable(request.POST)  # type: ignore[assignment]
