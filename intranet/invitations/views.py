"""The link that was sent, the team of an association, the invitations of the network."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from intranet.accounts.models import User
from intranet.invitations import operations, permissions, queries
from intranet.invitations.forms import (
    HandOverForm,
    InviteForm,
    NetworkInviteForm,
    OpenAccountForm,
)
from intranet.invitations.models import Invitation
from intranet.joining.forms import accept_form
from intranet.joining.permissions import roles_to_give
from intranet.joining.queries import open_requests_to
from intranet.network import operations as network
from intranet.network.models import Association, Membership
from intranet.network.permissions import is_member
from intranet.network.queries import representatives_of
from intranet.rights.permissions import forget

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITATIONS_PER_PAGE = 50


class PersonRequest(HttpRequest):
    """The request of somebody who is logged in."""

    user: User


View = Callable[..., HttpResponse]
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


# -- The link ------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("password")
@read_or_send
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it shows; only sending the form does anything."""
    found = queries.invitation_with(token)
    if found is None:
        return _closed(request, "unknown", None, status=404)
    if reason := _why_closed(found, timezone.now()):
        if reason == "accepted" and _is_for(found, request):
            return redirect("my_space")
        return _closed(request, reason, found, status=410)
    if request.user.is_authenticated:
        return _join(request, found)
    if account := queries.account_at(found.email):
        context = {"invitation": found, "address": request.path, "is_closed": not account.is_active}
        return render(request, "intranet/invitations/log_in.html", context)
    return _open_account(request, found)


def _why_closed(found: Invitation, at: datetime) -> str:
    if found.accepted_at:
        return "accepted"
    if found.revoked_at:
        return "revoked"
    if found.is_expired(at):
        return "expired"
    if found.association is not None and not found.association.is_active:
        return "gone"
    return ""


def _closed(
    request: HttpRequest, reason: str, found: Invitation | None, *, status: int
) -> HttpResponse:
    context = {"reason": reason, "invitation": found}
    return render(request, "intranet/invitations/closed.html", context, status=status)


def _is_for(found: Invitation, request: HttpRequest) -> bool:
    user = request.user
    return user.is_authenticated and user.email.lower() == found.email.lower()


def _join(request: HttpRequest, found: Invitation) -> HttpResponse:
    if not _is_for(found, request):
        context = {"invitation": found, "address": request.path}
        return render(request, "intranet/invitations/somebody_else.html", context)
    if request.method != "POST":
        return render(request, "intranet/invitations/join.html", {"invitation": found})
    assert request.user.is_authenticated
    try:
        operations.accept(invitation=found, by=request.user, at=timezone.now())
    except operations.NoLongerOpen:
        return redirect(request.path)
    return _welcome(request, found)


def _open_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    names = {"first_name": found.first_name, "last_name": found.last_name}
    form = OpenAccountForm(request.POST or None, email=found.email, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            user = operations.open_account(invitation=found, at=timezone.now(), **form.cleaned_data)
        except (operations.NoLongerOpen, operations.AccountExists):
            # A second click, or another link: the page says what is so now.
            return redirect(request.path)
        login(request, user, backend=BACKEND)
        return _welcome(request, found)
    context = {"form": form, "invitation": found}
    return render(request, "intranet/invitations/open_account.html", context)


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    if found.association:
        text = _("Welcome! You belong to %(association)s.") % {"association": found.association}
    else:
        text = _("Welcome to Maillage!")
    messages.success(request, text)
    return redirect("my_space")


# -- The team of an association ------------------------------------------------------------


def _association(slug: str) -> Association:
    return get_object_or_404(Association, slug=slug, is_active=True)


def for_managers(view: View) -> View:
    """The team is managed by its representatives and by the network's animators."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request: PersonRequest, slug: str, **kwargs) -> HttpResponse:
        association = _association(slug)
        if not permissions.may_manage_team(request.user, association):
            raise PermissionDenied
        return view(request, association, **kwargs)

    return checked


@never_cache
@login_required
@read_or_send
def team(request: PersonRequest, slug: str) -> HttpResponse:
    association = _association(slug)
    if not permissions.may_see_team(request.user, association):
        raise PermissionDenied
    may_manage = permissions.may_manage_team(request.user, association)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        if not may_manage:
            raise PermissionDenied
        if form.is_valid() and _invite(request, form, association):
            return redirect("team", association.slug)
    members = list(queries.members_of(association))
    gives = roles_to_give(request.user, association)
    context = {
        "association": association,
        "members": members,
        "own": next((one for one in members if one.user_id == request.user.pk), None),
        "has_representative": any(one.role == one.Role.REPRESENTATIVE for one in members),
        "may_manage": may_manage,
        "invitations": _with_states(queries.invited_to(association)) if may_manage else [],
        "requests": [(one, accept_form(one, gives)) for one in open_requests_to(association)]
        if gives
        else [],
        "form": form,
    }
    return render(request, "intranet/invitations/team.html", context)


def _invite(request: PersonRequest, form: InviteForm, association: Association | None) -> bool:
    """Whether the letters leave; the form says why not."""
    try:
        invited = operations.invite(
            emails=form.cleaned_data["emails"],
            association=association,
            role=form.cleaned_data["role"],
            by=request.user,
            at=timezone.now(),
        )
    except operations.Refused as refused:
        form.add_error("emails", refused.reasons)
        return False
    number = len(invited)
    text = ngettext("%(number)s invitation leaves.", "%(number)s invitations leave.", number)
    messages.success(request, text % {"number": number})
    return True


def _with_states(invitations) -> list[Invitation]:
    at = timezone.now()
    invitations = list(invitations)
    for one in invitations:
        one.has_expired = one.is_expired(at)
    return invitations


@for_managers
@require_POST
def team_role(request: PersonRequest, association: Association, pk: int) -> HttpResponse:
    membership = get_object_or_404(association.memberships, pk=pk)
    role = request.POST.get("role", "")
    if role in Membership.Role.values:
        try:
            network.change_role(membership=membership, role=role, keeps_representative=True)
        except network.OnlyRepresentative:
            messages.error(request, _only_representative(association))
        else:
            messages.success(request, _("The role is changed."))
    if not permissions.may_manage_team(request.user, association):
        # A representative who steps back.
        return redirect("my_space")
    return redirect("team", association.slug)


def _only_representative(association: Association) -> str:
    return _(
        "Nobody else represents %(association)s: hand the representative's role over first."
    ) % {"association": association}


@for_managers
@read_or_send
def team_remove(request: PersonRequest, association: Association, pk: int) -> HttpResponse:
    membership = get_object_or_404(association.memberships.select_related("user"), pk=pk)
    if membership.user_id == request.user.pk:
        return redirect("team_leave", association.slug)
    may_leave_nobody = not representatives_of(association).filter(user=request.user).exists()
    others = representatives_of(association).exclude(pk=membership.pk)
    is_last = membership.role == Membership.Role.REPRESENTATIVE and not others.exists()
    if request.method == "POST":
        try:
            operations.remove_member(
                membership=membership,
                keeps_representative=not may_leave_nobody,
                at=timezone.now(),
            )
        except network.OnlyRepresentative:
            messages.error(request, _only_representative(association))
        else:
            text = _("%(person)s no longer belongs to %(association)s.")
            messages.success(
                request, text % {"person": membership.user, "association": association}
            )
        return redirect("team", association.slug)
    context = {"association": association, "membership": membership, "is_last": is_last}
    return render(request, "intranet/invitations/remove.html", context)


@never_cache
@login_required
@read_or_send
def team_leave(request: PersonRequest, slug: str) -> HttpResponse:
    association = _association(slug)
    membership = request.user.memberships.filter(association=association).first()
    if membership is None:
        raise PermissionDenied
    others = representatives_of(association).exclude(pk=membership.pk)
    is_last = membership.role == Membership.Role.REPRESENTATIVE and not others.exists()
    if request.method == "POST":
        try:
            network.leave(membership=membership, keeps_representative=True)
        except network.OnlyRepresentative:
            messages.error(request, _only_representative(association))
            return redirect("team_hand_over", association.slug)
        forget(request.user)
        if is_member(request.user):
            text = _("You no longer belong to %(association)s")
        else:
            text = _(
                "You no longer belong to %(association)s. Your account stays: you can ask here to "
                "join another association."
            )
        messages.success(request, text % {"association": association})
        return redirect("my_space" if is_member(request.user) else "join_association")
    context = {"association": association, "is_last": is_last}
    return render(request, "intranet/invitations/leave.html", context)


@for_managers
@read_or_send
def team_hand_over(request: PersonRequest, association: Association) -> HttpResponse:
    representatives = representatives_of(association)
    own = representatives.filter(user=request.user).first()
    form = HandOverForm(request.POST or None, association=association, own=own)
    if request.method == "POST" and form.is_valid() and _hand_over(request, form, association, own):
        if permissions.may_see_team(request.user, association):
            return redirect("team", association.slug)
        return redirect("my_space")
    context = {"association": association, "form": form, "own": own}
    return render(request, "intranet/invitations/hand_over.html", context)


def _hand_over(
    request: PersonRequest, form: HandOverForm, association: Association, own: Membership | None
) -> bool:
    chosen = form.cleaned_data
    before, to = own or chosen.get("replaces"), chosen["to"]
    leaves = chosen["then"] == HandOverForm.LEAVES
    if to is None:
        return _invite_successor(request, form, association, before)
    if before is None:
        network.change_role(membership=to, role=Membership.Role.REPRESENTATIVE)
    else:
        operations.hand_over(membership=before, to=to, leaves=leaves, at=timezone.now())
    text = _("%(person)s now represents %(association)s.")
    messages.success(request, text % {"person": to.user, "association": association})
    return True


def _invite_successor(
    request: PersonRequest,
    form: HandOverForm,
    association: Association,
    before: Membership | None,
) -> bool:
    try:
        operations.invite(
            emails=[form.cleaned_data["email"]],
            association=association,
            role=Invitation.Role.REPRESENTATIVE,
            by=request.user,
            at=timezone.now(),
            replaces=before,
            replaced_leaves=form.cleaned_data["then"] == HandOverForm.LEAVES,
        )
    except operations.Refused as refused:
        form.add_error("email", refused.reasons)
        return False
    messages.success(
        request, _("The invitation leaves. The role passes on as soon as it is accepted.")
    )
    return True


# -- The invitations of the network --------------------------------------------------------


@never_cache
@login_required
@read_or_send
def invitations(request: PersonRequest) -> HttpResponse:
    if not permissions.may_see_invitations(request.user):
        raise PermissionDenied
    roles = permissions.roles_to_invite_to(request.user)
    form = NetworkInviteForm(request.POST or None, network_roles=roles)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _invite(request, form, form.cleaned_data["association"]):
        return redirect("invitations")
    waiting = Paginator(queries.unsettled_invitations(), INVITATIONS_PER_PAGE)
    page = waiting.get_page(request.GET.get("page"))
    page.object_list = _with_states(page.object_list)
    for one in page.object_list:
        # For the template, which shows no button for what is others' to do.
        setattr(one, "is_others", one.association is None and one.role not in roles)  # noqa: B010
    context = {"form": form, "page_obj": page, "shows_association": True}
    return render(request, "intranet/invitations/invitations.html", context)


def for_inviters(view: Callable[[PersonRequest, Invitation], None]) -> View:
    @login_required
    @require_POST
    @wraps(view)
    def checked(request: PersonRequest, pk: int) -> HttpResponse:
        found = get_object_or_404(Invitation.objects.select_related("association"), pk=pk)
        if not permissions.may_manage_invitation(request.user, found):
            raise PermissionDenied
        try:
            view(request, found)
        except operations.NoLongerOpen:
            messages.error(request, _("This invitation was accepted or revoked in the meantime."))
        except operations.SentTooOften:
            messages.error(
                request, _("This person was written to often enough: ask them another way.")
            )
        if found.association and not request.POST.get("from_list"):
            return redirect("team", found.association.slug)
        return redirect("invitations")

    return checked


@for_inviters
def invitation_resend(request: PersonRequest, found: Invitation) -> None:
    operations.resend(invitation=found, by=request.user, at=timezone.now())
    messages.success(
        request, _("Another letter leaves. The link of the earlier one no longer works.")
    )


@for_inviters
def invitation_revoke(request: PersonRequest, found: Invitation) -> None:
    operations.revoke(invitation=found, at=timezone.now())
    messages.success(request, _("The invitation is revoked: its link no longer works."))
