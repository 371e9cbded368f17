"""What somebody asked, what an association is asked, what is to be forgotten."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from intranet.accounts.models import User
from intranet.joining.models import JoinRequest, JoinRequestQuerySet
from intranet.network.models import Association

KEPT = timedelta(days=90)
LEFT_OPEN = timedelta(days=180)


def requests_of(user: User) -> QuerySet[JoinRequest]:
    """What the person sees of what they asked, newest first: not what they took back."""
    told = JoinRequest.objects.filter(user=user).exclude(state=JoinRequest.State.WITHDRAWN)
    return told.select_related("association").order_by("-created_at", "-pk")


def open_request(user: User, association: Association) -> JoinRequest | None:
    return JoinRequest.objects.open().filter(user=user, association=association).first()


def open_requests_to(association: Association) -> JoinRequestQuerySet:
    """Those that await an answer, the oldest first."""
    found = JoinRequest.objects.open().filter(association=association, user__is_active=True)
    return found.select_related("user")


def open_requests_of_teams(user: User) -> JoinRequestQuerySet:
    """Those to the person's own associations, the oldest first."""
    found = JoinRequest.objects.open().filter(
        association__memberships__user=user, association__is_active=True, user__is_active=True
    )
    return found.select_related("user", "association").order_by("created_at", "pk")


def forgettable(*, at: datetime) -> JoinRequestQuerySet:
    """Decided three months ago, or left without an answer for six."""
    return JoinRequest.objects.filter(
        Q(decided_at__lt=at - KEPT) | Q(state=JoinRequest.State.OPEN, created_at__lt=at - LEFT_OPEN)
    )
