"""Reads about accounts: second factors, and the browsers in which somebody is logged in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from intranet.accounts.models import User


def has_second_factor(user: User) -> bool:
    """Recovery codes alone are none: they only stand in for what was lost."""
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors.filter(user_id=user.pk).exists()


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def is_last_administrator(user: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is logged in."""

    pk: int
    browser: str
    system: str
    seen_at: datetime
    since: datetime
    is_this_one: bool


def open_sessions(user: User, *, current: str | None, at: datetime) -> list[OpenSession]:
    """The one that asks first, then those seen last."""
    noted = list(UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at"))
    keys = [one.session_key for one in noted]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    shown = [
        OpenSession(
            pk=one.pk,
            browser=browser_of(one.user_agent),
            system=system_of(one.user_agent),
            seen_at=one.last_seen_at,
            since=one.created_at,
            is_this_one=one.session_key == current,
        )
        for one in noted
        if one.session_key in alive
    ]
    return sorted(shown, key=lambda one: not one.is_this_one)


# The first that is named in what a browser says of itself: most also name those below.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_of(user_agent: str) -> str:
    return next((name for part, name in BROWSERS.items() if part in user_agent), "")


def system_of(user_agent: str) -> str:
    return next((name for part, name in SYSTEMS.items() if part in user_agent), "")
