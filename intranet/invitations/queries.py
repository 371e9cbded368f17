"""Who is in an association, who was asked to be, and what a link leads to."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet

from intranet.accounts.models import User
from intranet.invitations.models import Invitation, InvitationQuerySet
from intranet.network.models import Association, Membership

KEPT = timedelta(days=90)


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def invitation_with(token: str) -> Invitation | None:
    """The invitation that this link opens, whatever became of it; None for any other text."""
    found = Invitation.objects.select_related("association", "invited_by")
    return found.filter(fingerprint=fingerprint(token)).first()


def account_at(address: str) -> User | None:
    return User.objects.filter(email__iexact=address).first()


def members_of(association: Association) -> QuerySet[Membership]:
    """Representatives first; accounts that were closed are not shown."""
    people = association.memberships.filter(user__is_active=True).select_related("user")
    return people.order_by("-role", "user__last_name", "user__first_name", "user__email")


def unsettled_invitations() -> InvitationQuerySet:
    found = Invitation.objects.unsettled()
    return found.select_related("association", "invited_by", "letter").order_by("-created_at", "pk")


def invited_to(association: Association) -> InvitationQuerySet:
    return unsettled_invitations().filter(association=association)


def ended_long_ago(*, at: datetime) -> InvitationQuerySet:
    """Accepted, revoked or expired for three months: their addresses serve nothing any more."""
    before = at - KEPT
    return (
        Invitation.objects.filter(accepted_at__lt=before)
        | Invitation.objects.filter(revoked_at__lt=before)
        | Invitation.objects.unsettled().filter(expires_at__lt=before)
    )
