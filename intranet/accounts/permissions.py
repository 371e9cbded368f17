"""Who must log in with two proofs, and who has."""

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from intranet.accounts.models import User
from intranet.accounts.queries import has_second_factor
from intranet.rights.permissions import may

# In the session, for whom a factor was set up in it: it was used to be set up.
SET_UP = "second_factor_set_up_for"


def must_have_second_factor(user: User | AnonymousUser) -> bool:
    """Whoever enters the editor: animators, editors, administrators.

    They read everybody's answers, letters and addresses. A representative reads what their own
    association wrote, and what people agreed to show (decisions/second-factor.md).
    """
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated or not user.is_active:
        return False
    return may(user, "enter", "editor") or user.has_perm("wagtailadmin.access_admin")


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether the person used a second factor in this very session, and still has one."""
    user = request.user
    if not isinstance(user, User):
        return False
    shown = request.session.get(SET_UP) == str(user.pk) or any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )
    return shown and has_second_factor(user)


def awaits_second_factor(request: HttpRequest) -> bool:
    """Whether this person is kept out until they have shown a second proof."""
    return must_have_second_factor(request.user) and not has_shown_second_factor(request)
