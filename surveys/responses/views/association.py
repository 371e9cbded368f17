"""The door of an association: log in, act for it, fill in together, send once."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intranet.accounts.models import User
from surveys.campaigns.operations import NothingPublished
from surveys.responses import operations
from surveys.responses.progress import progress
from surveys.responses.sealing import unseal
from surveys.responses.views import files, steps
from surveys.responses.views.fillings import LANGUAGE, AssociationFilling
from surveys.responses.wording import as_plain_text, document_in_words, scores_in_words

TYPED = "typed_before_login"
# A session holds it until the person has logged in again; more than this is given back as text.
LARGEST_KEPT = 200_000


def door(page: Callable) -> Callable:
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, slug: str, association: str, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_log_in(request)
        filling = AssociationFilling.enter(request, slug, association)
        if request.method == "POST" and filling.chosen:
            request.session[LANGUAGE] = filling.language
        with steps.speaking(request, filling):
            return page(request, filling, **kwargs)

    return view


def _ask_to_log_in(request: HttpRequest) -> HttpResponseBase:
    """Keep what an expired session sent, if a page of ours sent it, until the person is back."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    kept = typed.urlencode()
    is_ours = unseal(typed.get("page", "")) is not None
    if is_ours and len(kept) > LARGEST_KEPT:
        fields = [(name, text) for name, texts in typed.lists() for text in texts if name != "page"]
        context = {"fields": fields, "next": request.path}
        return render(request, "surveys/responses/logged_out.html", context, status=403)
    if is_ours:
        request.session[TYPED] = {"path": request.path, "typed": kept}
    return redirect_to_login(request.path)


def _typed_before_login(request: HttpRequest) -> QueryDict | None:
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path or request.method == "POST":
        return None
    del request.session[TYPED]
    return QueryDict(kept["typed"])


@door
def fill(request: HttpRequest, filling: AssociationFilling) -> HttpResponseBase:
    if request.method == "POST":
        return _start(filling)
    if filling.draft is None and filling.sent():
        return redirect(filling.receipt_url)
    document = filling.draft.document if filling.draft else {}
    made = progress(filling.definition, filling.flow())
    sections = steps.flow_in_words(filling)
    return steps.show(
        request,
        filling,
        "surveys/responses/association_start.html"
        if filling.is_open
        else "surveys/responses/not_open.html",
        steps=[(step, filling.url("section", step.number)) for step in made],
        next_url=_next_url(filling, made),
        text=as_plain_text(sections) if document else "",
        questions=sum(step.asked for step in made),
    )


def _next_url(filling: AssociationFilling, made: list) -> str:
    todo = next((step for step in made if not step.is_complete), None)
    return filling.url("section", todo.number) if todo else filling.summary_url


def _start(filling: AssociationFilling) -> HttpResponseBase:
    try:
        filling.draft = operations.start_draft(
            campaign=filling.campaign,
            participation=filling.participation,
            language=filling.language,
            by=filling.by,
            at=filling.at,
        )
    except operations.AlreadySubmitted:
        return redirect(filling.receipt_url)
    except (operations.DeadlinePassed, NothingPublished):
        return redirect(filling.start_url)
    made = progress(filling.definition, filling.flow())
    return redirect(_next_url(filling, made))


@door
def fill_section(
    request: HttpRequest, filling: AssociationFilling, number: int
) -> HttpResponseBase:
    typed = _typed_before_login(request)
    response = steps.section(request, filling, number, restored=typed)
    if request.method == "POST" and response.headers.get("Location") == filling.later_url:
        messages.success(request, _("Your answers are saved. Come back whenever you want."))
    return response


@door
def fill_summary(request: HttpRequest, filling: AssociationFilling) -> HttpResponseBase:
    return steps.summary(request, filling)


@door
def fill_ready(request: HttpRequest, filling: AssociationFilling) -> HttpResponseBase:
    """Somebody who may not send says that all is answered."""
    if request.method == "POST" and filling.draft is not None and filling.by is not None:
        _say_ready(request, filling, filling.draft.pk, filling.by)
    return redirect(filling.summary_url)


def _say_ready(request: HttpRequest, filling: AssociationFilling, key: UUID, by: User) -> None:
    try:
        told = operations.tell_ready(key=key, by=by, at=filling.at)
    except (operations.Incomplete, operations.ChecksFailed):
        # The summary says what is missing.
        return
    except (operations.DeadlinePassed, operations.DraftGone):
        # The start and the receipt say what became of it.
        return
    if told:
        messages.success(request, _("A letter leaves to say that the response is ready."))
    else:
        messages.info(request, _("This was said today already: the letter has left."))


@door
def fill_language(request: HttpRequest, filling: AssociationFilling) -> HttpResponseBase:
    return steps.back_to_the_page(request, filling)


@door
def fill_file(request: HttpRequest, filling: AssociationFilling, file_id: UUID) -> HttpResponseBase:
    return files.own_file(request, filling, file_id)


@door
def receipt(request: HttpRequest, filling: AssociationFilling) -> HttpResponseBase:
    sent = filling.sent()
    if sent is None:
        return redirect(filling.start_url)
    return steps.show(
        request,
        filling,
        "surveys/responses/association_receipt.html",
        sent=sent,
        scores=scores_in_words(sent.version.definition, sent.document, filling.language),
        sections=document_in_words(
            sent.version.definition, sent.document, filling.language, hidden=sent.not_applicable
        ),
    )
