"""The published versions of the charter, and the page of each commitment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from pages.audience.queries import visible_to
from pages.charter import comparison as compared
from pages.charter import queries
from pages.charter.forms import CompareForm
from pages.charter.frozen import readings_of
from pages.charter.models import ArticlePage, CharterVersion, Commitment
from pages.charter.permissions import may_read_charter

LARGEST_NUMBER = 2**31 - 1


def _read(request: HttpRequest, number: int) -> CharterVersion:
    if number > LARGEST_NUMBER or not may_read_charter(request):
        raise Http404
    return get_object_or_404(CharterVersion, number=number)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    if not may_read_charter(request):
        raise Http404
    found = list(queries.all_versions())
    context = {
        "charter_page": queries.charter_page(),
        "versions": found,
        "form": CompareForm() if len(found) > 1 else None,
    }
    return render(request, "pages/charter/versions.html", context)


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    found = _read(request, number)
    context = {
        "version": found,
        "latest": queries.latest_version(),
        "before": queries.version_before(found),
        "charter": found.content,
        "readings": readings_of(found.content),
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "pages/charter/version.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """From the two numbers that somebody chose to the address of their comparison."""
    form = CompareForm(request.GET)
    if not may_read_charter(request):
        raise Http404
    if not form.is_valid() or form.cleaned_data["de"] == form.cleaned_data["a"]:
        return redirect("charter_versions")
    before, after = sorted((form.cleaned_data["de"], form.cleaned_data["a"]))
    return redirect("charter_comparison", before, after)


@require_safe
def comparison(request: HttpRequest, before: int, after: int) -> HttpResponse:
    old, new = _read(request, before), _read(request, after)
    context = {
        "before": old,
        "after": new,
        "parts": compared.side_by_side(old.content, new.content),
        "everything": "tout" in request.GET,
    }
    return render(request, "pages/charter/comparison.html", context)


@require_safe
def commitment(request: HttpRequest, anchor: str) -> HttpResponse:
    """A commitment at its permanent address, and what serves it."""
    found = get_object_or_404(Commitment.objects.select_related("article"), anchor=anchor)
    if not may_read_charter(request):
        raise Http404
    article = visible_to(ArticlePage.objects.filter(pk=found.article_id), request).first()
    if found.is_current and article is None:
        raise Http404
    context = {
        "commitment": found,
        "article": article,
        "number": queries.place_of(found),
        "wordings": queries.wordings_of(found),
        "serving": queries.pages_serving(found, request),
    }
    return render(request, "pages/charter/commitment.html", context)
