"""The published versions of a questionnaire, for members: what was asked, word for word."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from intranet.network.permissions import is_member
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import versions_of
from surveys.questionnaires.wording import in_words


@login_required
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    if not is_member(request.user):
        raise PermissionDenied
    context = {"questionnaire": questionnaire, "versions": versions_of(questionnaire)}
    return render(request, "surveys/questionnaires/versions.html", context)


@login_required
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = get_object_or_404(
        QuestionnaireVersion.objects.select_related("questionnaire", "published_by"),
        questionnaire__slug=slug,
        number=number,
    )
    if not is_member(request.user):
        raise PermissionDenied
    context = {
        "version": found,
        "questionnaire": found.questionnaire,
        "sections": in_words(found.definition),
    }
    return render(request, "surveys/questionnaires/version.html", context)
