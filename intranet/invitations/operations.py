"""Inviting, accepting, leaving, handing over.

Opening a link changes nothing: mail programs open links by themselves.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.invitations import notifications, queries
from intranet.invitations.models import Invitation
from intranet.network import operations as network
from intranet.network.models import Association, Membership

VALID_FOR: Final = timedelta(days=14)
MOST_PENDING: Final = 50
MOST_SENDINGS: Final = 10

GROUPS: Final = {
    Invitation.Role.ANIMATOR: roles.ANIMATOR,
    Invitation.Role.EDITOR: roles.EDITOR,
    Invitation.Role.PARTNER: roles.PARTNER,
}


class Refused(Exception):
    """Nobody was invited; `reasons` says why, address by address."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class SentTooOften(Exception):
    """The same person was written to as often as is decent."""


class NoLongerOpen(Exception):
    """The invitation was accepted, revoked or expired, or its association left the network."""


class AccountExists(Exception):
    """Somebody has an account with this address: they log in, then join."""


class NotForThisPerson(Exception):
    """The invitation was sent to another address."""


@transaction.atomic
def invite(
    *,
    emails: Iterable[str],
    association: Association | None,
    role: str,
    by: User,
    at: datetime,
    replaces: Membership | None = None,
    replaced_leaves: bool = False,
) -> list[Invitation]:
    """Write to each address, or to none. Raises `Refused`.

    Somebody who is already invited is written to again, with a new link and this role.
    """
    emails = list(dict.fromkeys(email.lower() for email in emails))
    _check(emails, association, at)
    invitations = []
    for email in emails:
        invitation = _invitation_for(email, association, role, by, at)
        invitation.role = role
        invitation.replaces = replaces
        invitation.replaced_leaves = replaced_leaves
        _send(invitation, by=by, at=at)
        invitations.append(invitation)
    return invitations


def _check(emails: list[str], association: Association | None, at: datetime) -> None:
    known = {invitation.email.lower(): invitation for invitation in _unsettled(association)}
    reasons = []
    if association is not None:
        # Two people who invite at once are counted one after the other.
        Association.objects.select_for_update().get(pk=association.pk)
        inside = association.memberships.values_list("user__email", flat=True)
        members = {address.lower() for address in inside}
        reasons += [
            _("%(email)s already belongs to this association.") % {"email": email}
            for email in emails
            if email in members
        ]
        waiting = {one for one, invitation in known.items() if not invitation.is_expired(at)}
        if len(waiting | set(emails)) > MOST_PENDING:
            reasons.append(
                _("At most %(number)s invitations wait at once: revoke some first.")
                % {"number": MOST_PENDING}
            )
    reasons += [
        _("%(email)s was written to %(number)s times already: ask the person another way.")
        % {"email": email, "number": MOST_SENDINGS}
        for email in emails
        if email in known and known[email].sent_count >= MOST_SENDINGS
    ]
    if reasons:
        raise Refused(reasons)


def _unsettled(association: Association | None) -> Iterable[Invitation]:
    return Invitation.objects.unsettled().filter(association=association)


def _invitation_for(
    email: str, association: Association | None, role: str, by: User, at: datetime
) -> Invitation:
    try:
        with transaction.atomic():
            return Invitation.objects.create(
                email=email,
                association=association,
                role=role,
                invited_by=by,
                created_at=at,
                expires_at=at + VALID_FOR,
                fingerprint=queries.fingerprint(_new_token()),
            )
    except IntegrityError:
        return (
            Invitation.objects.unsettled()
            .select_for_update(of=("self",))
            .get(email__iexact=email, association=association)
        )


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _send(invitation: Invitation, *, by: User, at: datetime) -> None:
    token = _new_token()
    invitation.fingerprint = queries.fingerprint(token)
    invitation.invited_by = by
    invitation.expires_at = at + VALID_FOR
    invitation.last_sent_at = at
    invitation.sent_count += 1
    invitation.letter = notifications.invite(invitation, token, at=at)
    invitation.save()


@transaction.atomic
def resend(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Another letter, with another link: the earlier one opens nothing any more."""
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.revoked_at:
        raise NoLongerOpen
    if invitation.sent_count >= MOST_SENDINGS:
        raise SentTooOften
    _send(invitation, by=by, at=at)


@transaction.atomic
def revoke(*, invitation: Invitation, at: datetime) -> None:
    invitation = _locked(invitation)
    if invitation.accepted_at:
        raise NoLongerOpen
    invitation.revoked_at = at
    invitation.save(update_fields=["revoked_at"])


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _still_open(invitation: Invitation, at: datetime) -> Invitation:
    """The row as it is now, kept from whoever clicks at the same moment."""
    now = _locked(invitation)
    association = now.association
    if now.accepted_at or now.revoked_at or now.is_expired(at):
        raise NoLongerOpen
    # A link that was replaced since the page was opened.
    if now.fingerprint != invitation.fingerprint:
        raise NoLongerOpen
    if association is not None and not association.is_active:
        raise NoLongerOpen
    return now


@transaction.atomic
def open_account(
    *, invitation: Invitation, first_name: str, last_name: str, password: str, at: datetime
) -> User:
    """Make the account of the person who was invited, and let them in.

    The link came by letter: the address is theirs.
    """
    invitation = _still_open(invitation, at)
    if queries.account_at(invitation.email):
        raise AccountExists
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email, password, first_name=first_name, last_name=last_name
            )
    except IntegrityError:
        raise AccountExists from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    _let_in(user, invitation, at)
    return user


@transaction.atomic
def accept(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Join with the account one has."""
    invitation = _still_open(invitation, at)
    if by.email.lower() != invitation.email.lower():
        raise NotForThisPerson
    _let_in(by, invitation, at)


def _let_in(user: User, invitation: Invitation, at: datetime) -> None:
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    if invitation.association is None:
        group, _created = Group.objects.get_or_create(name=GROUPS[Invitation.Role(invitation.role)])
        user.groups.add(group)
        vars(user).pop("_role_names", None)
        return
    membership = _membership(user, invitation.association, invitation.role)
    if (before := invitation.replaces) and before.role == Membership.Role.REPRESENTATIVE:
        hand_over(membership=before, to=membership, leaves=invitation.replaced_leaves, at=at)


def _membership(user: User, association: Association, role: str) -> Membership:
    """Somebody who joined in the meantime may rise by the invitation, never fall."""
    membership = user.memberships.filter(association=association).first()
    if membership is None:
        return network.join(user=user, association=association, role=role)
    if role == Membership.Role.REPRESENTATIVE:
        network.change_role(membership=membership, role=role)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, keeps_representative: bool, at: datetime) -> None:
    """Raises `OnlyRepresentative` when the association must keep one."""
    user, association = membership.user, membership.association
    network.leave(membership=membership, keeps_representative=keeps_representative)
    notifications.tell_removed(user, association, at=at)


@transaction.atomic
def hand_over(*, membership: Membership, to: Membership, leaves: bool, at: datetime) -> None:
    """Another member represents the association; a letter tells both."""
    before, association = membership.user, membership.association
    network.hand_over(membership=membership, to=to, leaves=leaves)
    notifications.tell_handed_over(
        before=before, after=to.user, association=association, has_left=leaves, at=at
    )


def purge_invitations(*, at: datetime) -> int:
    """Erase what ended three months ago, addresses and names with it."""
    erased, _by_model = queries.ended_long_ago(at=at).delete()
    return erased
