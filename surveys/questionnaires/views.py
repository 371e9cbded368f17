"""The published versions of a questionnaire, for members: what was asked, word for word."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from surveys.questionnaires import differences_in_words
from surveys.questionnaires.differences import differences
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.permissions import may_edit, may_read_versions
from surveys.questionnaires.queries import (
    asked_last,
    comparisons_with_previous,
    draft_of,
    latest_version,
    other_years,
    versions_of,
)
from surveys.questionnaires.succession_in_words import by_origin, side_by_side
from surveys.questionnaires.wording import in_words


@login_required
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    if not may_read_versions(request.user):
        raise PermissionDenied
    published = versions_of(questionnaire)
    # Until something is published there is only a draft: its title is for who writes it.
    if not published and not may_edit(request.user):
        raise Http404
    context = {
        "questionnaire": questionnaire,
        "versions": published,
        "other_years": other_years(questionnaire),
    }
    return render(request, "surveys/questionnaires/versions.html", context)


@login_required
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = get_object_or_404(
        QuestionnaireVersion.objects.select_related("questionnaire", "published_by"),
        questionnaire__slug=slug,
        number=number,
    )
    if not may_read_versions(request.user):
        raise PermissionDenied
    context = {
        "version": found,
        "questionnaire": found.questionnaire,
        "sections": in_words(found.definition),
    }
    return render(request, "surveys/questionnaires/version.html", context)


@login_required
@require_safe
def version_differences(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    """What changed from one version to another, and what it does to comparability."""
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    if not may_read_versions(request.user):
        raise PermissionDenied
    numbers = {version.number: version for version in versions_of(questionnaire)}
    if not {before, after} <= numbers.keys():
        raise Http404
    old, new = numbers[before], numbers[after]
    everything = "tout" in request.GET
    found = differences(old.definition, new.definition)
    context = {
        "questionnaire": questionnaire,
        "before": old,
        "after": new,
        "versions": sorted(numbers),
        "everything": everything,
        "found": differences_in_words.in_words(
            found, new.definition.language, everything=everything
        ),
    }
    return render(request, "surveys/questionnaires/differences.html", context)


@login_required
@require_safe
def draft_differences(request: HttpRequest, slug: str) -> HttpResponse:
    """What publishing the latest draft would change for those who answer from then on."""
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    if not may_edit(request.user):
        raise PermissionDenied
    latest = latest_version(questionnaire)
    everything = "tout" in request.GET
    draft = draft_of(questionnaire)
    words = None
    if latest:
        found = differences(latest.definition, draft.written)
        words = differences_in_words.in_words(found, draft.written.language, everything=everything)
    context = {
        "questionnaire": draft,
        "before": latest,
        "everything": everything,
        "found": words,
    }
    return render(request, "surveys/questionnaires/draft_differences.html", context)


@login_required
@require_safe
def years(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """What compares between a questionnaire and the one it was made from, read from either."""
    if not may_read_versions(request.user):
        raise PermissionDenied
    both = {one.slug: one for one in Questionnaire.objects.filter(slug__in=[slug, other])}
    if not {slug, other} <= both.keys():
        raise Http404
    this, that = both[slug], both[other]
    later, earlier = (this, that) if this.previous_id == that.pk else (that, this)
    if later.previous_id != earlier.pk or not (later.live and earlier.live):
        raise Http404
    comparisons = comparisons_with_previous(later)
    is_later = this == later
    if not is_later:
        comparisons = by_origin(comparisons, asked_last(earlier).questions)
    context = {
        "questionnaire": this,
        "other": that,
        "is_later": is_later,
        "rows": [side_by_side(one, is_later=is_later) for one in comparisons],
        "comparable": sum(one.is_comparable for one in comparisons),
    }
    return render(request, "surveys/questionnaires/years.html", context)
