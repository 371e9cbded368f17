"""Screens of the figures."""

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from surveys.campaigns.models import Campaign
from surveys.campaigns.queries import turnout
from surveys.results import operations, permissions, queries
from surveys.results.drawing import drawn

WORDS_PER_PAGE = 50


class PersonRequest(HttpRequest):
    """The request of somebody who is logged in."""

    user: User


def _visible_campaign(request: PersonRequest, slug: str) -> Campaign:
    campaign = get_object_or_404(Campaign, slug=slug)
    if not permissions.may_see_figures(request.user, campaign, timezone.localdate()):
        raise PermissionDenied
    return campaign


def _context(
    request: PersonRequest, campaign: Campaign, figures: queries.Figures
) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "figures": figures,
        "on": (on := timezone.localdate()),
        "is_over": campaign.is_closed(on),
        "turnout": None if campaign.is_anonymous else turnout(campaign),
        "may_read_answers": permissions.may_read_answers(request.user, campaign),
    }


@login_required
def results(request: PersonRequest, slug: str) -> HttpResponse:
    campaign = _visible_campaign(request, slug)
    figures = queries.figures(campaign)
    sections = [
        (title, drawn(list(questions)))
        for title, questions in groupby(figures["questions"], key=lambda item: item["section"])
    ]
    context = {**_context(request, campaign, figures), "sections": sections}
    return render(request, "surveys/results/by_question.html", context)


@login_required
def results_by_commitment(request: PersonRequest, slug: str) -> HttpResponse:
    campaign = _visible_campaign(request, slug)
    figures = queries.figures(campaign)
    commitments = [
        (found.commitment, drawn(found.questions)) for found in queries.by_commitment(figures)
    ]
    context = {**_context(request, campaign, figures), "commitments": commitments}
    return render(request, "surveys/results/by_commitment.html", context)


@login_required
def written_answers(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    campaign = get_object_or_404(Campaign, slug=slug)
    if not permissions.may_read_answers(request.user, campaign):
        raise PermissionDenied
    try:
        question, words = queries.written(campaign, code)
    except queries.NothingWritten as error:
        raise Http404 from error
    page = Paginator(words, WORDS_PER_PAGE).get_page(request.GET.get("page"))
    operations.note_reading(
        campaign=campaign,
        what=_("what was written to “%(question)s”, page %(page)s")
        % {"question": question.label, "page": page.number},
        by=request.user,
    )
    context = {"campaign": campaign, "question": question, "page_obj": page}
    return render(request, "surveys/results/written_answers.html", context)
