"""The steps of answering, the same through both doors: section, conflict, summary, sending."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override

from intranet.accounts.models import User
from intranet.security import features_policy
from surveys.questionnaires.definition import Question, Section, text_in
from surveys.questionnaires.flow import Flow, follow
from surveys.responses import operations
from surveys.responses.fields import field_of, question_of
from surveys.responses.forms import SectionForm, defaults, field_name, section_form
from surveys.responses.live import live_questions
from surveys.responses.merging import Conflict
from surveys.responses.progress import SectionProgress, progress
from surveys.responses.sealing import seal, seal_choice, shown_in, unseal_choice
from surveys.responses.views.fillings import Filling
from surveys.responses.wording import (
    SectionInWords,
    answer_in_words,
    as_plain_text,
    check_in_words,
    document_in_words,
    scores_in_words,
)


def show(
    request: HttpRequest, filling: Filling, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    page = {"filling": filling, "campaign": filling.campaign, "definition": filling.definition}
    return render(request, template, page | context, status=status)


# -- The language of the page ------------------------------------------------------------


@contextmanager
def speaking(request: HttpRequest, filling: Filling) -> Iterator[None]:
    """Say everything in the language of whoever answers, which the draft keeps if asked to."""
    if filling.draft and request.method == "POST" and "language" in request.POST:
        operations.answer_in(draft=filling.draft, language=filling.language)
    with override(filling.interface_language):
        yield


def back_to_the_page(request: HttpRequest, filling: Filling) -> HttpResponseBase:
    """Where the person was when the language was chosen."""
    page = request.POST.get("next", "")
    is_ours = page.startswith(filling.start_url) and url_has_allowed_host_and_scheme(page, None)
    return redirect(page if is_ours else filling.start_url)


# -- A section ---------------------------------------------------------------------------


def section(
    request: HttpRequest, filling: Filling, number: int, restored: QueryDict | None = None
) -> HttpResponseBase:
    if not 1 <= number <= len(filling.definition.sections):
        raise Http404
    asked = filling.definition.sections[number - 1]
    if request.method == "POST":
        return filling.remember(_save_section(request, filling, asked, number))
    if restored is not None:
        return _restore_section(request, filling, asked, number, restored)
    if filling.draft is None:
        return redirect(filling.receipt_url if filling.sent() else filling.start_url)
    if not filling.is_open:
        return redirect(filling.start_url)
    proposed = defaults(asked, filling.begun.document)
    flow = filling.flow(proposed)
    if number not in {step.number for step in progress(filling.definition, flow)}:
        return _go_on(filling, number, "next")
    form = _form(filling, asked, filling.begun.document)
    return _show_section(request, filling, asked, number, form, flow=flow)


def _form(
    filling: Filling,
    asked: Section,
    document: dict[str, Any],
    data: QueryDict | None = None,
    files: MultiValueDict | None = None,
) -> SectionForm:
    return section_form(
        asked,
        document,
        data,
        files,
        language=filling.language,
        cabinet=filling.cabinet,
        file_address=filling.file_address,
    )


def _restore_section(
    request: HttpRequest, filling: Filling, asked: Section, number: int, typed: QueryDict
) -> HttpResponse:
    """Show again what was sent when the session had expired; it was not saved."""
    if "choice" in typed and filling.draft and filling.is_open:
        sealed = unseal_choice(typed.get("choice", ""), filling.draft.pk)
        if sealed:
            again = _undecided(*sealed)
            return _show_conflicts(request, filling, number, again, typed.get("action", "next"))
    document = filling.draft.document if filling.draft else {}
    form = _form(filling, asked, document, typed)
    if filling.draft is None or not filling.is_open:
        form.full_clean()
        gone = operations.DraftGone if filling.is_open else operations.DeadlinePassed
        return give_back(request, filling, form.as_typed(), gone())
    flow = _flow_if_saved(filling, form)
    page = typed.get("page", "")
    return _show_section(
        request, filling, asked, number, form, flow=flow, page=page, is_restored=True
    )


def _show_section(
    request: HttpRequest,
    filling: Filling,
    asked: Section,
    number: int,
    form: SectionForm,
    *,
    flow: Flow | None = None,
    page: str = "",
    **context: Any,
) -> HttpResponse:
    flow = flow or filling.flow()
    form.follow(flow)
    steps = progress(filling.definition, flow)
    following = [step for step in steps if step.number > number]
    response = show(
        request,
        filling,
        "surveys/responses/section.html",
        form=form,
        number=len([step for step in steps if step.number <= number]),
        total=len(steps),
        is_last=not following,
        live=live_questions(filling.definition, asked, filling.begun.document, on=filling.on),
        title=text_in(asked.title, filling.language),
        introduction=text_in(asked.introduction, filling.language),
        page=page or seal(filling.begun, shown_in(asked, filling.begun.document)),
        **context,
    )
    if any(question.kind == "place" for question in asked.questions):
        response["Permissions-Policy"] = features_policy("geolocation")
    return response


def _save_section(
    request: HttpRequest, filling: Filling, asked: Section, number: int
) -> HttpResponseBase:
    if "choice" in request.POST:
        return _settle(request, filling, number)
    form = _form(filling, asked, {}, request.POST, request.FILES)
    form.follow(_flow_if_saved(filling, form))
    base = _base(filling)
    before_me = filling.draft.updated_by if filling.draft else None
    try:
        conflicts = filling.save(form.values, base)
    except (operations.DeadlinePassed, operations.DraftGone) as refusal:
        return give_back(request, filling, form.as_typed(), refusal)
    action = _action(request)
    if form.errors:
        shown = shown_in(asked, filling.begun.document)
        for conflict in conflicts:
            shown |= {conflict.question_id: base.get(conflict.question_id)}
        page = seal(filling.begun, shown)
        return _show_section(request, filling, asked, number, form, page=page)
    if conflicts:
        return _show_conflicts(request, filling, number, conflicts, action, changed_by=before_me)
    if action == "next":
        flow = filling.flow()
        form.follow(flow)
        opened = _opened(form, request.POST)
        is_missing = form.require(besides=[one["code"] for one in opened])
        is_checked = form.check(flow.failed)
        if is_missing or is_checked or opened:
            return _show_section(
                request,
                filling,
                asked,
                number,
                form,
                flow=flow,
                may_skip=is_missing or is_checked,
                is_checked=is_checked,
                opened=opened,
            )
    return _go_on(filling, number, action)


def _action(request: HttpRequest) -> str:
    return "language" if "language" in request.POST else request.POST.get("action", "next")


def _flow_if_saved(filling: Filling, form: SectionForm) -> Flow:
    """What would be asked with what was typed, as far as it can be."""
    form.full_clean()
    stored = filling.draft.document if filling.draft else {}
    typed = {**stored, **form.values}
    kept = {one: value for one, value in typed.items() if value is not None}
    return follow(filling.definition, kept, on=filling.on)


def _opened(form: SectionForm, posted: QueryDict) -> list[dict[str, str]]:
    """The questions of the page that were not to be seen when it was sent, and are asked now."""
    if "seen" not in posted:
        return []
    seen = str(posted["seen"]).split()
    return [
        {
            "code": question_of(field).code,
            "label": text_in(question_of(field).label, form.language),
            "anchor": f"{field.auto_id}_field",
        }
        for field in form.answers
        if field_of(field).is_asked and question_of(field).code not in seen
    ]


def _base(filling: Filling) -> dict[str, Any]:
    # Of a draft that was begun again meanwhile, the page has shown nothing.
    if filling.sealed is None or filling.draft is None or filling.sealed.key != filling.draft.pk:
        return {}
    return filling.sealed.values


def _go_on(filling: Filling, number: int, action: str) -> HttpResponseBase:
    if action == "language":
        return redirect(filling.url("section", number))
    if action == "later":
        return redirect(filling.later_url)
    shown = [step.number for step in progress(filling.definition, filling.flow())]
    if action == "previous":
        before = [one for one in shown if one < number]
        return redirect(filling.url("section", before[-1]) if before else filling.start_url)
    after = [one for one in shown if one > number]
    if action == "summary" or not after:
        return redirect(filling.summary_url)
    return redirect(filling.url("section", after[0]))


# -- Two people, one question ------------------------------------------------------------


def _show_conflicts(
    request: HttpRequest,
    filling: Filling,
    number: int,
    conflicts: tuple[Conflict, ...],
    action: str,
    *,
    changed_by: User | None = None,
    is_undecided: bool = False,
) -> HttpResponse:
    questions = {question.id: question for question in filling.definition.questions}
    choices = [
        {
            "name": _choice_name(question := questions[conflict.question_id]),
            "label": text_in(question.label, filling.language),
            "mine": answer_in_words(question, conflict.mine, filling.language),
            "theirs": answer_in_words(question, conflict.theirs, filling.language),
            "picked": request.POST.get(_choice_name(question), ""),
        }
        for conflict in conflicts
    ]
    sealed = seal_choice(
        filling.begun.pk,
        {conflict.question_id: conflict.mine for conflict in conflicts},
        {conflict.question_id: conflict.theirs for conflict in conflicts},
    )
    return show(
        request,
        filling,
        "surveys/responses/conflicts.html",
        choices=choices,
        choice=sealed,
        page=seal(filling.begun),
        number=number,
        action=action,
        changed_by=changed_by if changed_by != filling.by else None,
        is_undecided=is_undecided,
    )


def _choice_name(question: Any) -> str:
    return f"keep-{field_name(question)}"


def _undecided(mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[Conflict, ...]:
    return tuple(Conflict(one, mine[one], theirs.get(one)) for one in mine)


def _settle(request: HttpRequest, filling: Filling, number: int) -> HttpResponseBase:
    sealed = unseal_choice(request.POST["choice"], filling.draft.pk) if filling.draft else None
    if sealed is None:
        return redirect(filling.url("section", number))
    mine, theirs = sealed
    action = request.POST.get("action", "next")
    picked = {
        question.id: request.POST.get(_choice_name(question))
        for question in filling.definition.questions
        if question.id in mine
    }
    if not set(picked.values()) <= {"mine", "theirs"}:
        again = _undecided(mine, theirs)
        return _show_conflicts(request, filling, number, again, action, is_undecided=True)
    values = {one: mine[one] for one, kept in picked.items() if kept == "mine"}
    before_me = filling.begun.updated_by
    try:
        conflicts = filling.save(values, theirs)
    except (operations.DeadlinePassed, operations.DraftGone) as refusal:
        return give_back(request, filling, values, refusal)
    if conflicts:
        return _show_conflicts(request, filling, number, conflicts, action, changed_by=before_me)
    return _go_on(filling, number, action)


# -- Everything that was typed, given back -----------------------------------------------


def give_back(
    request: HttpRequest, filling: Filling, typed: dict[str, Any], refusal: Exception
) -> HttpResponse:
    """What was answered as text, to copy or print, when it cannot be stored any more."""
    kept = filling.draft.document if filling.draft else {}
    document = kept | {one: value for one, value in typed.items() if value is not None}
    sections = document_in_words(filling.definition, document, filling.language)
    is_closed = isinstance(refusal, operations.DeadlinePassed)
    return show(
        request,
        filling,
        "surveys/responses/given_back.html",
        status=409,
        sections=sections,
        text=as_plain_text(sections),
        is_closed=is_closed,
        sent=None if is_closed else filling.sent(),
    )


# -- Summary and sending -----------------------------------------------------------------


def summary(request: HttpRequest, filling: Filling) -> HttpResponseBase:
    if filling.draft is None:
        if sent := filling.sent():
            return filling.receive(sent, redirect(filling.receipt_url))
        return redirect(filling.receipt_url if _has_receipt(filling) else filling.start_url)
    if request.method == "POST":
        return _send(request, filling)
    if not filling.is_open:
        return redirect(filling.start_url)
    return _show_summary(request, filling)


def _has_receipt(filling: Filling) -> bool:
    return bool(getattr(filling, "receipt_code", ""))


def flow_in_words(filling: Filling) -> list[SectionInWords]:
    """What is asked and what was answered to it, as it would be sent."""
    flow = filling.flow()
    hidden = [one.id for one in filling.definition.questions if not flow.is_shown(one)]
    return document_in_words(filling.definition, flow.document, filling.language, hidden=hidden)


def _show_summary(
    request: HttpRequest, filling: Filling, notice: str = "", status: int = 200
) -> HttpResponse:
    flow = filling.flow()
    steps = progress(filling.definition, flow)
    missing = [_link(filling, step, question) for step in steps for question in step.missing]
    failed = [
        _link(filling, step, question) | {"reason": check_in_words(question, filling.language)}
        for step in steps
        for question in step.failed
    ]
    return show(
        request,
        filling,
        "surveys/responses/summary.html",
        sections=flow_in_words(filling),
        missing=missing,
        failed=failed,
        scores=scores_in_words(filling.definition, flow.document, filling.language)
        if filling.is_told_scores
        else [],
        missing_ids={question.id for step in steps for question in step.missing},
        page=seal(filling.begun),
        notice=notice,
        status=status,
    )


def _link(filling: Filling, step: SectionProgress, question: Question) -> dict[str, Any]:
    return {
        "number": step.number,
        "anchor": f"id_{field_name(question)}_field",
        "label": text_in(question.label, filling.language),
    }


def _send(request: HttpRequest, filling: Filling) -> HttpResponseBase:
    if not filling.may_submit:
        notice = _(
            "Only whoever represents the association can send the response. Nothing is lost: all "
            "the answers are saved."
        )
        return _show_summary(request, filling, notice, status=403)
    shown, draft = filling.sealed, filling.begun
    if shown is None or shown.key != draft.pk or shown.revision != draft.revision:
        notice = _("Answers have changed since this page was shown: read them again, then send.")
        return _show_summary(request, filling, notice)
    try:
        return filling.submit()
    except (operations.Incomplete, operations.ChecksFailed):
        return _show_summary(request, filling)
    except operations.DeadlinePassed as refusal:
        return give_back(request, filling, {}, refusal)
    except operations.AlreadySubmitted:
        return redirect(filling.receipt_url)
    except operations.DraftGone:
        return redirect(filling.start_url)
