"""Ending the sessions of a person: one, all others, or all of them."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from intranet.accounts.models import User


def end_session(*, user: User, pk: int) -> bool:
    """End one session of a person; False if it had ended already, or is not theirs."""
    noted = UserSession.objects.filter(user_id=user.pk, pk=pk).first()
    if noted is None:
        return False
    noted.end()
    return True


def end_sessions(*, user: User, but: str | None = None) -> int:
    """End every session of a person, except one by its key; how many were ended.

    Every session is read, not only those that were noted: this is how an account is shut.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = [
        one.session_key
        for one in Session.objects.all().iterator()
        if one.session_key != but and one.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    for key in keys:
        store.delete(key)
    UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or "").delete()
    return len(keys)


def forget_ended_sessions() -> None:
    """Forget the browsers of sessions that are over."""
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
