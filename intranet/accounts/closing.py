"""Closing an account: what the person wrote stays, unsigned; what they are goes."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from wagtail.log_actions import log

from intranet.accounts import personal_data
from intranet.accounts.models import User
from intranet.accounts.sessions import end_sessions
from intranet.accounts.traces import mentions, overwrite_what_is_deleted, take_out, traces_of

# What is said of the account itself.
TOLD = (
    "email",
    "first_name",
    "last_name",
    "function",
    "phone",
    "preferred_language",
    "in_directory",
    "shows_email",
    "shows_phone",
    "date_joined",
    "last_login",
    "is_active",
    "is_superuser",
)


class CannotClose(Exception):
    """Something has to be settled before: `reasons` are sentences that say what."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class AlreadyClosed(Exception):
    """Nothing is left to close."""


@transaction.atomic
def close_account(*, user: User, at: datetime, by: User | None = None) -> User:
    """Erase who a person is and leave what they wrote, unsigned. There is no way back.

    The row of the account stays without a name, so that what points at it from a page's old
    revision points at nobody. `by` is the administrator, when it is not the person.
    """
    # Two administrators who close each other's account at once wait for one another.
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.closed_at:
        raise AlreadyClosed
    if reasons := personal_data.obstacles(user):
        raise CannotClose(reasons)
    overwrite_what_is_deleted()
    key = secrets.token_hex(8)
    traces = traces_of(user, key=key)
    for room in personal_data.holdings():
        room.erase(user, at)
    personal_data.let_go(user)
    _empty(user, key=key, at=at)
    changed = take_out(traces)
    for room in personal_data.holdings():
        room.settle(traces, changed)
    log(instance=user, action="intranet.account_closed", user=by)
    return user


def _empty(user: User, *, key: str, at: datetime) -> None:
    end_sessions(user=user)
    user.email = f"compte-ferme-{key}@invalid"
    user.first_name = user.last_name = user.function = user.phone = ""
    user.in_directory = user.shows_email = user.shows_phone = False
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.closed_at = at
    user.set_unusable_password()
    user.save()


def person_data(user: User) -> dict[str, Any]:
    """All that is held about somebody: themselves, what points at them, where they are named."""
    return {
        "person": {name: getattr(user, name) for name in TOLD},
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "held": personal_data.held_about(user),
        "mentions": mentions(traces_of(user, key="")),
        "sessions": sum(1 for one in Session.objects.all() if _is_of(one, user)),
    }


def _is_of(session: Session, user: User) -> bool:
    return session.get_decoded().get("_auth_user_id") == str(user.pk)
