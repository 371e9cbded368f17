"""Asking to join an association, taking it back, answering."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from django.db import IntegrityError, transaction

from intranet.accounts.models import User
from intranet.joining import notifications, queries
from intranet.joining.models import JoinRequest
from intranet.network import operations as network
from intranet.network.models import Association, Membership
from intranet.network.queries import people_answering_for

MOST_OPEN: Final = 5
MOST_IN_A_DAY: Final = 10
WAIT_AFTER_REFUSAL: Final = timedelta(days=30)

AlreadyMember = network.AlreadyMember


class AlreadyAsked(Exception):
    """The person's request to this association awaits an answer."""


class AskedTooMuch(Exception):
    """As many requests as is decent await an answer, or were made within a day."""


class RefusedLately(Exception):
    """The association said no; the person may ask again in so many `days`, begun ones included."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.days = days


class NoLongerThere(Exception):
    """The association left the network."""


class NoLongerOpen(Exception):
    """The request was answered or taken back, or its person has closed their account."""


@transaction.atomic
def ask(*, user: User, association: Association, word: str, at: datetime) -> JoinRequest:
    """Write to those who answer for the association.

    Raises `NoLongerThere`, `AlreadyMember`, `AlreadyAsked`, `RefusedLately`, `AskedTooMuch`.
    """
    # Two requests of one person are counted one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    if not Association.objects.filter(pk=association.pk, is_active=True).exists():
        raise NoLongerThere
    if user.memberships.filter(association=association).exists():
        raise AlreadyMember
    if queries.open_request(user, association):
        raise AlreadyAsked
    _refuse_to_insist(user, association, at)
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                user=user, association=association, word=word, created_at=at
            )
    except IntegrityError:
        raise AlreadyAsked from None
    notifications.tell_asked(request, people_answering_for(association), at=at)
    return request


def _refuse_to_insist(user: User, association: Association, at: datetime) -> None:
    mine = JoinRequest.objects.filter(user=user)
    refused = mine.filter(
        association=association,
        state=JoinRequest.State.REFUSED,
        decided_at__gt=at - WAIT_AFTER_REFUSAL,
    ).order_by("-decided_at")
    if (last := refused.first()) and last.decided_at:
        raise RefusedLately(ceil((last.decided_at + WAIT_AFTER_REFUSAL - at) / timedelta(days=1)))
    # One that was taken back has written to somebody all the same.
    within_a_day = mine.filter(created_at__gt=at - timedelta(days=1)).count()
    if mine.open().count() >= MOST_OPEN or within_a_day >= MOST_IN_A_DAY:
        raise AskedTooMuch


@transaction.atomic
def withdraw(*, request: JoinRequest, at: datetime) -> None:
    request = _still_open(request)
    request.state = JoinRequest.State.WITHDRAWN
    request.decided_at = at
    request.save(update_fields=["state", "decided_at"])


@transaction.atomic
def accept(*, request: JoinRequest, role: str, by: User, at: datetime) -> Membership:
    """Make the person a member, and tell them. Raises `NoLongerOpen`."""
    request = _still_open(request)
    request.role = role
    _decide(request, JoinRequest.State.ACCEPTED, by=by, at=at)
    try:
        membership = network.join(user=request.user, association=request.association, role=role)
    except network.AlreadyMember:
        # They came in by another door, which told nobody.
        membership = request.user.memberships.get(association=request.association)
    notifications.tell_decided(request, at=at)
    return membership


@transaction.atomic
def refuse(*, request: JoinRequest, answer: str, by: User, at: datetime) -> None:
    """Say no, with a word or without. Raises `NoLongerOpen`."""
    request = _still_open(request)
    request.answer = answer
    _decide(request, JoinRequest.State.REFUSED, by=by, at=at)
    notifications.tell_decided(request, at=at)


def _still_open(request: JoinRequest) -> JoinRequest:
    """The row as it is now, kept from whoever clicks at the same moment."""
    found = JoinRequest.objects.select_for_update(of=("self",)).select_related(
        "user", "association"
    )
    now = found.filter(pk=request.pk).first()
    if now is None or now.state != JoinRequest.State.OPEN or not now.user.is_active:
        raise NoLongerOpen
    return now


def _decide(request: JoinRequest, state: str, *, by: User, at: datetime) -> None:
    request.state = state
    request.decided_at = at
    request.decided_by = by
    request.save(update_fields=["state", "role", "answer", "decided_at", "decided_by"])


def settle_for(*, membership: Membership, at: datetime) -> None:
    """Whoever came in by another way, an invitation or a file, awaits no answer any more."""
    JoinRequest.objects.open().filter(
        user=membership.user_id, association=membership.association_id
    ).update(state=JoinRequest.State.ACCEPTED, role=membership.role, decided_at=at)


def purge_join_requests(*, at: datetime) -> int:
    """Erase what was decided three months ago or never answered, words with it."""
    erased, _by_model = queries.forgettable(at=at).delete()
    return erased
