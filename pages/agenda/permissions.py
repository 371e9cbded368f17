"""Who has an agenda of their own."""

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may


def may_make_calendar(user: User | AnonymousUser) -> bool:
    return may(user, "make_calendar", "event", owner=user.pk)
