"""The door of who writes a questionnaire: the real pages, and nothing that counts."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intranet.accounts.models import User
from surveys.questionnaires.definition import STATEMENT, Definition, text_in
from surveys.questionnaires.differences_in_words import language_in_words
from surveys.questionnaires.flow import follow
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.permissions import may_edit
from surveys.questionnaires.queries import draft_of
from surveys.responses import operations, trials
from surveys.responses.merging import Conflict
from surveys.responses.models import Response, Trial
from surveys.responses.permissions import may_answer_trial
from surveys.responses.progress import asked
from surveys.responses.sealing import unseal
from surveys.responses.views import files, steps
from surveys.responses.views.fillings import Filling, language_chosen
from surveys.responses.wording import answer_in_words


@dataclass(kw_only=True)
class TrialFilling(Filling):
    trial: Trial

    is_trial = True
    addresses = {
        "start": "trial",
        "section": "trial_section",
        "summary": "trial_summary",
        "receipt": "trial_receipt",
        "later": "trial",
        "data": "trial_data",
        "restart": "trial_restart",
        "file": "trial_file",
        "language": "trial_language",
    }

    @classmethod
    def enter(cls, request: HttpRequest, key: UUID) -> "TrialFilling":
        user = cast(User, request.user)
        trial = trials.trial_with(key, user)
        if trial is None or not may_answer_trial(user, trial):
            raise Http404
        sealed = unseal(request.POST.get("page", ""))
        return cls(
            trial=trial,
            draft=trial,
            sealed=sealed,
            by=user,
            at=timezone.now(),
            chosen=language_chosen(request),
        )

    @property
    def arguments(self) -> list[str]:
        return [str(self.trial.pk)]

    @property
    def eyebrow(self) -> str:
        return _("Trial")

    @property
    def whereabouts(self) -> str:
        return self.title

    @cached_property
    def definition(self) -> Definition:
        return Definition.from_json(self.trial.definition)

    @property
    def data_url(self) -> str:
        return self.url("data")

    @property
    def restart_url(self) -> str:
        return self.url("restart")

    @cached_property
    def is_outdated(self) -> bool:
        """Whether the draft says something else than what is being tried."""
        return draft_of(self.trial.questionnaire).written.checksum != self.definition.checksum

    def save(self, values: dict[str, Any], base: dict[str, Any]) -> tuple[Conflict, ...]:
        return trials.save_trial(trial=self.trial, values=values, base=base, at=self.at)

    def submit(self) -> HttpResponseBase:
        operations.require_complete(self.definition, self.trial.document, on=self.on)
        return redirect(self.receipt_url)

    def sent(self) -> Response | None:
        return None


def editors_only(page: Callable) -> Callable:
    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not may_edit(request.user):
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return view


def door(page: Callable) -> Callable:
    @editors_only
    @wraps(page)
    def view(request: HttpRequest, key: UUID, **kwargs) -> HttpResponseBase:
        filling = TrialFilling.enter(request, key)
        with steps.speaking(request, filling):
            return page(request, filling, **kwargs)

    return view


@editors_only
def try_questionnaire(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a trial is, in which languages, and the button that begins one."""
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    user, problems = cast(User, request.user), trials.problems_of(questionnaire)
    if request.method == "POST" and not problems:
        trial = trials.start_trial(
            questionnaire=questionnaire,
            language=request.POST.get("language", ""),
            by=user,
            at=timezone.now(),
        )
        return redirect("trial", key=trial.pk)
    draft = draft_of(questionnaire)
    context = {
        "questionnaire": draft,
        "problems": problems,
        "languages": [(code, language_in_words(code)) for code in draft.written.languages],
        "begun": trials.latest_trial(questionnaire, user),
    }
    return render(request, "surveys/responses/trial.html", context)


@door
def trial(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    questions = len(asked(filling.definition.questions))
    return steps.show(
        request,
        filling,
        "surveys/responses/trial_start.html",
        introduction=text_in(filling.definition.introduction, filling.language),
        questions=questions,
    )


@door
def trial_section(request: HttpRequest, filling: TrialFilling, number: int) -> HttpResponseBase:
    return steps.section(request, filling, number)


@door
def trial_summary(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    return steps.summary(request, filling)


@door
def trial_receipt(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    return steps.show(
        request,
        filling,
        "surveys/responses/trial_receipt.html",
        sections=steps.flow_in_words(filling),
    )


@door
def trial_data(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    """The answers as a response would store them."""
    flow = follow(filling.definition, filling.trial.document, on=filling.on)
    rows = [
        {
            "question": question,
            "label": text_in(question.label, filling.language),
            "is_asked": flow.is_shown(question),
            "words": answer_in_words(question, flow.document.get(question.id), filling.language),
            "stored": json.dumps(flow.document[question.id], ensure_ascii=False)
            if question.id in flow.document
            else "",
        }
        for question in filling.definition.questions
        if question.kind != STATEMENT
    ]
    return steps.show(request, filling, "surveys/responses/trial_data.html", rows=rows)


@door
def trial_language(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    return steps.back_to_the_page(request, filling)


@door
def trial_file(request: HttpRequest, filling: TrialFilling, file_id: UUID) -> HttpResponseBase:
    return files.own_file(request, filling, file_id)


@door
def trial_restart(request: HttpRequest, filling: TrialFilling) -> HttpResponseBase:
    if request.method != "POST":
        return redirect(filling.start_url)
    questionnaire = filling.trial.questionnaire
    try:
        again = trials.restart_trial(
            trial=filling.trial,
            language=request.POST.get("language", ""),
            by=cast(User, request.user),
            at=filling.at,
        )
    except trials.NotReady:
        return redirect("try_questionnaire", slug=questionnaire.slug)
    return redirect("trial", key=again.pk)
