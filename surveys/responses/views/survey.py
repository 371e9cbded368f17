"""The door of a resident: public, without account; a cookie leads back to the draft."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.campaigns.operations import NothingPublished
from surveys.responses import operations, queries
from surveys.responses.forms import StartForm
from surveys.responses.progress import progress
from surveys.responses.sealing import key_of_link, link_token
from surveys.responses.views import files, steps
from surveys.responses.views.fillings import SurveyFilling
from surveys.responses.wording import as_plain_text


def door(page: Callable) -> Callable:
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, slug: str, **kwargs) -> HttpResponseBase:
        filling = SurveyFilling.enter(request, slug)
        with steps.speaking(request, filling):
            return page(request, filling, **kwargs)

    return view


@door
def survey(request: HttpRequest, filling: SurveyFilling) -> HttpResponseBase:
    territories = queries.territories_offered()
    form = StartForm(request.POST if request.method == "POST" else None, territories=territories)
    if request.method == "POST" and form.is_valid():
        return _start(request, filling, form)
    return _show_start(request, filling, form)


def _show_start(
    request: HttpRequest, filling: SurveyFilling, form: StartForm, **context
) -> HttpResponseBase:
    draft = filling.draft
    made = progress(filling.definition, filling.flow())
    sections = steps.flow_in_words(filling) if draft else []
    return steps.show(
        request,
        filling,
        "surveys/responses/survey_start.html"
        if filling.is_open
        else "surveys/responses/not_open.html",
        form=form,
        questions=sum(step.asked for step in made),
        answered=sum(step.answered for step in made),
        text=as_plain_text(sections) if draft and draft.document else "",
        **context,
    )


def _start(request: HttpRequest, filling: SurveyFilling, form: StartForm) -> HttpResponseBase:
    """A fresh draft, whatever the device kept of somebody else's."""
    try:
        filling.draft = operations.start_draft(
            campaign=filling.campaign,
            territory=form.cleaned_data.get("territory"),
            language=filling.language,
            at=filling.at,
        )
    except (operations.DeadlinePassed, NothingPublished):
        return redirect(filling.start_url)
    first = next(iter(progress(filling.definition, filling.flow())), None)
    target = filling.url("section", first.number) if first else filling.summary_url
    return filling.remember(redirect(target))


@door
def survey_section(request: HttpRequest, filling: SurveyFilling, number: int) -> HttpResponseBase:
    if filling.draft is None and request.method != "POST" and filling.receipt_code:
        return redirect(filling.receipt_url)
    return steps.section(request, filling, number)


@door
def survey_summary(request: HttpRequest, filling: SurveyFilling) -> HttpResponseBase:
    return steps.summary(request, filling)


@door
def survey_receipt(request: HttpRequest, filling: SurveyFilling) -> HttpResponseBase:
    if not filling.receipt_code:
        return redirect(filling.start_url)
    form = StartForm(territories=queries.territories_offered())
    return steps.show(
        request,
        filling,
        "surveys/responses/survey_receipt.html",
        form=form,
        code=filling.receipt_code,
    )


@door
def survey_file(request: HttpRequest, filling: SurveyFilling, file_id: UUID) -> HttpResponseBase:
    return files.own_file(request, filling, file_id)


@door
def survey_later(request: HttpRequest, filling: SurveyFilling) -> HttpResponseBase:
    if filling.draft is None:
        return redirect(filling.start_url)
    address = reverse("survey_resume", args=[filling.campaign.slug, link_token(filling.draft)])
    link = request.build_absolute_uri(address)
    return steps.show(request, filling, "surveys/responses/survey_later.html", link=link)


@door
def survey_language(request: HttpRequest, filling: SurveyFilling) -> HttpResponseBase:
    return steps.back_to_the_page(request, filling)


@door
def survey_resume(request: HttpRequest, filling: SurveyFilling, token: str) -> HttpResponseBase:
    filling.key = key_of_link(token)
    filling.draft = queries.draft_with(filling.campaign, filling.key) if filling.key else None
    if filling.draft:
        return filling.remember(redirect(filling.summary_url))
    if sent := filling.sent():
        return filling.receive(sent, redirect(filling.receipt_url))
    form = StartForm(territories=queries.territories_offered())
    return _show_start(request, filling, form, is_link_dead=True)
