"""The screens of signatures: the public list, an association's own, the animator's."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.charter.comparison import side_by_side
from pages.charter.models import CharterVersion
from pages.charter.permissions import may_read_charter
from pages.charter.queries import charter_page, latest_version
from pages.signatures import forms, operations, permissions, queries
from pages.signatures.models import Signature, State

SIGNATORIES_PER_PAGE = 100
ASSOCIATIONS_PER_PAGE = 50

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """The request of somebody who is logged in."""

    user: User


def animators_only(view: View) -> View:
    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not permissions.may_follow_signatures(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def _to_sign_for(request: PersonRequest, slug: str) -> Association:
    association = get_object_or_404(Association, slug=slug, is_active=True)
    if not permissions.may_sign(request.user, association):
        raise PermissionDenied
    return association


def _version_to_sign() -> CharterVersion:
    if (latest := latest_version()) is None:
        raise Http404
    return latest


@require_safe
def signatories(request: HttpRequest) -> HttpResponse:
    if not may_read_charter(request):
        raise Http404
    form = forms.TerritoryForm(request.GET or None)
    territory = form.cleaned_data["territoire"] if form.is_valid() else None
    rows = queries.signatories(territory=territory)
    context = {
        "charter_page": charter_page(),
        "form": form,
        "territory": territory,
        "page_obj": Paginator(rows, SIGNATORIES_PER_PAGE).get_page(request.GET.get("page")),
        "latest": latest_version(),
        "reads_names": permissions.may_read_names(request.user),
    }
    return render(request, "pages/signatures/signatories.html", context)


# -- An association's own ------------------------------------------------------------------


@require_safe
@login_required
def signature(request: PersonRequest, slug: str) -> HttpResponse:
    """Where the association stands, every step that led there, and what can be done next."""
    association = get_object_or_404(Association, slug=slug)
    if not permissions.may_read_signature(request.user, association):
        raise PermissionDenied
    found = queries.signature_of(association)
    now = timezone.now()
    context = {
        "association": association,
        "signature": found,
        "latest": _version_to_sign(),
        "history": queries.history_of(found) if found else [],
        "may_sign": permissions.may_sign(request.user, association),
        "may_follow": permissions.may_follow_signatures(request.user),
        "may_remind": Signature.objects.to_remind(now).filter(association=association).exists(),
        "form": forms.CorrectionForm(),
    }
    return render(request, "pages/signatures/signature.html", context)


@login_required
def sign(request: PersonRequest, slug: str) -> HttpResponse:
    association = _to_sign_for(request, slug)
    latest, found = _version_to_sign(), queries.signature_of(association)
    if found and found.is_in_force:
        return redirect(found)
    form = forms.SignatureForm(
        request.POST or None, latest=latest, today=timezone.localdate(), signature=found
    )
    if form.is_valid():
        if form.read_another:
            messages.warning(request, _another_version(latest))
        else:
            return _signed(request, association, latest, form)
    context = {"association": association, "signature": found, "latest": latest, "form": form}
    return render(request, "pages/signatures/sign.html", context)


def _signed(
    request: PersonRequest,
    association: Association,
    latest: CharterVersion,
    form: forms.SignatureForm,
) -> HttpResponse:
    try:
        operations.sign(
            association=association,
            version=latest,
            decision=form.decision,
            by=request.user,
            at=timezone.now(),
        )
    except operations.WrongState:
        messages.info(request, _("Somebody of your association has just signed."))
    except operations.AnotherVersion as error:
        messages.warning(request, _another_version(error.latest))
        return redirect("sign", association.slug)
    else:
        messages.success(
            request,
            _("The signature of %(association)s is recorded. The network's animator validates it.")
            % {"association": association},
        )
    return redirect("signature", association.slug)


def _another_version(latest: CharterVersion) -> str:
    return _(
        "Version %(number)s has been published meanwhile: read what changes, then send again. "
        "What you typed is kept."
    ) % {"number": latest.number}


@login_required
def confirm(request: PersonRequest, slug: str) -> HttpResponse:
    """What changes since the version that was signed, and one button."""
    association = _to_sign_for(request, slug)
    latest, found = _version_to_sign(), queries.signature_of(association)
    if found is None or found.state != State.TO_CONFIRM:
        return redirect("signature", association.slug)
    form = forms.DecisionForm(
        request.POST or None, latest=latest, today=timezone.localdate(), signature=found
    )
    if form.is_valid():
        if form.read_another:
            messages.warning(request, _another_version(latest))
        else:
            return _confirmed(request, association, latest, form)
    context = {
        "association": association,
        "signature": found,
        "latest": latest,
        "form": form,
        "parts": side_by_side(found.version.content, latest.content),
        "before": found.version,
        "after": latest,
    }
    return render(request, "pages/signatures/confirm.html", context)


def _confirmed(
    request: PersonRequest,
    association: Association,
    latest: CharterVersion,
    form: forms.DecisionForm,
) -> HttpResponse:
    try:
        operations.confirm(
            association=association,
            version=latest,
            decision=form.decision,
            by=request.user,
            at=timezone.now(),
        )
    except operations.WrongState:
        messages.info(request, _("Somebody of your association has just answered."))
    except operations.AnotherVersion as error:
        messages.warning(request, _another_version(error.latest))
        return redirect("signature_confirm", association.slug)
    else:
        messages.success(
            request,
            _("%(association)s has confirmed: it signs version %(number)s. Thank you!")
            % {"association": association, "number": latest.number},
        )
    return redirect("signature", association.slug)


@login_required
def withdraw(request: PersonRequest, slug: str) -> HttpResponse:
    association = _to_sign_for(request, slug)
    found = queries.signature_of(association)
    if found is None or found.state == State.WITHDRAWN:
        return redirect("signature", association.slug)
    form = forms.WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.withdraw(
                association=association,
                comment=form.cleaned_data["comment"],
                by=request.user,
                at=timezone.now(),
            )
        except operations.WrongState:
            messages.info(request, _("Somebody of your association has just answered."))
        else:
            messages.success(
                request,
                _("The signature of %(association)s is withdrawn. It can sign again at any time.")
                % {"association": association},
            )
        return redirect("signature", association.slug)
    context = {"association": association, "signature": found, "form": form}
    return render(request, "pages/signatures/withdraw.html", context)


# -- The animator's ------------------------------------------------------------------------


@require_safe
@animators_only
def follow_up(request: PersonRequest) -> HttpResponse:
    form = forms.FollowUpForm(request.GET)
    rows = queries.followed_associations(**form.filters())
    context = {
        "filters": form,
        "latest": latest_version(),
        "counts": queries.counts(at=timezone.now()),
        "page_obj": Paginator(rows, ASSOCIATIONS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "pages/signatures/follow_up.html", context)


@require_POST
@animators_only
def validate(request: PersonRequest, slug: str) -> HttpResponse:
    """Validate, or ask for a correction with a comment: two buttons of one form."""
    association = get_object_or_404(Association, slug=slug)
    try:
        if "correct" in request.POST:
            form = forms.CorrectionForm(request.POST)
            if not form.is_valid():
                return _comment_missing(request, association, form)
            operations.ask_for_correction(
                association=association,
                comment=form.cleaned_data["comment"],
                by=request.user,
                at=timezone.now(),
            )
            said = _("%(association)s is asked to correct its signature.")
        else:
            operations.validate(association=association, by=request.user, at=timezone.now())
            said = _("The signature of %(association)s is validated.")
    except operations.WrongState:
        messages.info(request, _("This signature does not await you any more."))
    else:
        messages.success(request, said % {"association": association})
    return redirect("signature", association.slug)


def _comment_missing(
    request: PersonRequest, association: Association, form: forms.CorrectionForm
) -> HttpResponse:
    found = queries.signature_of(association)
    context = {
        "association": association,
        "signature": found,
        "latest": _version_to_sign(),
        "history": queries.history_of(found) if found else [],
        "may_follow": True,
        "form": form,
    }
    return render(request, "pages/signatures/signature.html", context)


@require_POST
@animators_only
def remind_one(request: PersonRequest, slug: str) -> HttpResponse:
    association = get_object_or_404(Association, slug=slug)
    sent = operations.remind(associations=[association], by=request.user, at=timezone.now())
    _tell_reminders(request, sent)
    return redirect("signature", association.slug)


@require_POST
@animators_only
def remind_all(request: PersonRequest) -> HttpResponse:
    _tell_reminders(request, operations.remind(by=request.user, at=timezone.now()))
    return redirect("signatures_follow_up")


def _tell_reminders(request: PersonRequest, sent: int) -> None:
    if sent:
        said = ngettext(
            "%(number)s association is reminded.", "%(number)s associations are reminded.", sent
        )
        messages.success(request, said % {"number": sent})
    else:
        messages.info(
            request,
            _("Nobody to remind: all have confirmed, or were written to less than a day ago."),
        )
