"""Asking to join an association, and the answers of those who represent it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intranet.accounts.models import User
from intranet.joining import operations, permissions, queries
from intranet.joining.forms import AskForm, RefuseForm, accept_form
from intranet.joining.models import JoinRequest
from intranet.network.models import Association
from intranet.network.permissions import is_member, may_read_associations
from intranet.network.queries import associations_named, associations_seen

SHOWN: Final = 12
LONGEST_SEARCH: Final = 100
LONGEST_SLUG: Final = 80


class PersonRequest(HttpRequest):
    """The request of somebody who is logged in."""

    user: User


read_or_send = require_http_methods(["GET", "HEAD", "POST"])


# -- Whoever asks ----------------------------------------------------------------------------


@never_cache
@login_required
@read_or_send
def join_association(request: PersonRequest) -> HttpResponse:
    """Find an association, write a word, send; and what became of what was asked before."""
    if not permissions.may_ask(request.user):
        raise PermissionDenied
    seen = associations_seen(by_member=may_read_associations(request.user))
    sent = request.POST if request.method == "POST" else request.GET
    asked = _clean(sent.get("association", ""), LONGEST_SLUG)
    chosen = seen.filter(slug=asked).first() if asked else None
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if chosen is None:
            # Whether it is unknown, closed to this person or gone is not for them to know.
            form.add_error(None, _("This association is not in the list: look for it again."))
        elif _ask(request, form, chosen):
            return redirect("join_association")
    words = _clean(request.GET.get("q", ""), LONGEST_SEARCH)
    found = associations_named(seen, words)
    requests = list(queries.requests_of(request.user))
    standing = _standing(request.user, requests)
    context = {
        "requests": requests,
        "form": form,
        "chosen": chosen,
        "is_lost": chosen is None and (bool(asked) or request.method == "POST"),
        "standing": standing.get(chosen.pk) if chosen else None,
        "words": words,
        "found": [(one, standing.get(one.pk)) for one in found[:SHOWN]],
        "hidden": len(found[SHOWN:]),
        "by_member": is_member(request.user),
    }
    return render(request, "intranet/joining/join_association.html", context)


def _clean(text: str, longest: int) -> str:
    # No text that a database would refuse.
    return text.replace("\0", "")[:longest].strip()


def _standing(user: User, requests: list[JoinRequest]) -> dict[int, str]:
    """Where the person already is, or has asked to be."""
    asked = {one.association_id: "open" for one in requests if one.state == "open"}
    mine = user.memberships.values_list("association_id", flat=True)
    return {**asked, **dict.fromkeys(mine, "member")}


def _ask(request: PersonRequest, form: AskForm, association: Association) -> bool:
    """Whether the request leaves; the form says why not."""
    name: dict[str, Any] = {"association": association}
    try:
        operations.ask(
            user=request.user,
            association=association,
            word=form.cleaned_data["word"],
            at=timezone.now(),
        )
    except operations.AlreadyMember:
        form.add_error(None, _("You already belong to %(association)s.") % name)
    except operations.AlreadyAsked:
        form.add_error(
            None,
            _("You have already asked to join %(association)s: the answer comes by letter.") % name,
        )
    except operations.RefusedLately as refused:
        text = ngettext(
            "%(association)s has said no: you can ask again tomorrow.",
            "%(association)s has said no: you can ask again in %(number)s days.",
            refused.days,
        )
        form.add_error(None, text % {**name, "number": refused.days})
    except operations.AskedTooMuch:
        form.add_error(
            None,
            _(
                "At most %(number)s requests await an answer at once: take one back, or come back "
                "tomorrow."
            )
            % {"number": operations.MOST_OPEN},
        )
    except operations.NoLongerThere:
        form.add_error(None, _("%(association)s is no longer in the network.") % name)
    else:
        messages.success(
            request,
            _("Your request to join %(association)s leaves. The answer comes by letter.") % name,
        )
        return True
    return False


@login_required
@require_POST
def join_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(JoinRequest, pk=pk, user=request.user)
    try:
        operations.withdraw(request=found, at=timezone.now())
    except operations.NoLongerOpen:
        messages.error(request, _("This request was answered in the meantime."))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("join_association")


# -- Whoever answers -------------------------------------------------------------------------


def _for_answers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @never_cache
    @login_required
    @wraps(view)
    def checked(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
        association = get_object_or_404(Association, slug=slug, is_active=True)
        if not permissions.may_answer(request.user, association):
            raise PermissionDenied
        found = get_object_or_404(
            JoinRequest.objects.select_related("user"), pk=pk, association=association
        )
        try:
            return view(request, association, found)
        except operations.NoLongerOpen:
            messages.error(request, _("This request was answered or taken back in the meantime."))
            return redirect("team", association.slug)

    return checked


@_for_answers
@require_POST
def join_accept(
    request: PersonRequest, association: Association, found: JoinRequest
) -> HttpResponse:
    form = accept_form(found, permissions.roles_to_give(request.user, association), request.POST)
    if form.is_valid():
        operations.accept(
            request=found, role=form.cleaned_data["role"], by=request.user, at=timezone.now()
        )
        text = _("%(person)s belongs to %(association)s. A letter says so.")
        messages.success(request, text % {"person": found.user, "association": association})
    else:
        messages.error(request, _("Choose the role that you give, then accept."))
    return redirect("team", association.slug)


@_for_answers
@read_or_send
def join_refuse(
    request: PersonRequest, association: Association, found: JoinRequest
) -> HttpResponse:
    if found.state != JoinRequest.State.OPEN:
        raise operations.NoLongerOpen
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.refuse(
            request=found,
            answer=form.cleaned_data["answer"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("The request of %(person)s is refused. A letter says so.") % {"person": found.user},
        )
        return redirect("team", association.slug)
    context = {"association": association, "asking": found, "form": form}
    return render(request, "intranet/joining/refuse.html", context)
