"""Two things that are looked at before every answer: second proofs, and when a session was seen."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from intranet.accounts.models import User
from intranet.accounts.permissions import awaits_second_factor
from intranet.accounts.queries import has_second_factor

Answer = Callable[[HttpRequest], HttpResponse]

ACCOUNT = "/compte/"
# The doors that lead on to the page which asks for the second proof.
DOORS = frozenset({"account_login", "wagtailadmin_login", "wagtailcore_login"})
LOGOUTS = frozenset({"account_logout", "wagtailadmin_logout"})
# All that is open to somebody who has a second factor and has not shown it.
PROOFS = frozenset({"second_factor", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", *LOGOUTS})


def _leads_to_proof(wanted: str) -> HttpResponseRedirect:
    page = reverse("second_factor")
    query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
    return HttpResponseRedirect(page + query)


def _name_of(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


class SecondFactorMiddleware:
    """Whoever must show a second proof is nobody until they have, except in their own account.

    Being nobody, rather than being sent away from a list of addresses: a new view is closed to
    them the day it is written, and public pages stay open.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not settings.SECOND_FACTOR_REQUIRED:
            return self.get_response(request)
        if known and awaits_second_factor(request):
            return self._answer_who_waits(request)
        response = self.get_response(request)
        return self._answer_who_logged_in(request, response)

    def _answer_who_waits(self, request: HttpRequest) -> HttpResponse:
        name = _name_of(request.path_info)
        if name in DOORS:
            return _leads_to_proof(request.GET.get(REDIRECT_FIELD_NAME, ""))
        if name in PROOFS:
            return self.get_response(request)
        if request.path_info.startswith(ACCOUNT):
            # What protects the account is not changed with the password alone.
            if isinstance(request.user, User) and has_second_factor(request.user):
                return _leads_to_proof(request.get_full_path())
            return self.get_response(request)
        request.user = AnonymousUser()
        response = self.get_response(request)
        if response.status_code == 403:
            return _leads_to_proof(request.get_full_path())
        return response

    def _answer_who_logged_in(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Right after the password: to the proof, not to a page that would not know them."""
        if request.method != "POST" or _name_of(request.path_info) != "account_login":
            return response
        if response.status_code != 302 or not awaits_second_factor(request):
            return response
        wanted = response["Location"]
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
            wanted = ""
        return _leads_to_proof(wanted)


class SessionSeenMiddleware:
    """Notes now and then that a session is in use, for the list that its person reads."""

    SEEN = "seen_at"

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        every = settings.SESSION_SEEN_EVERY
        if every is not None and settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._note(request, every.total_seconds())
        return self.get_response(request)

    def _note(self, request: HttpRequest, every: float) -> None:
        now = timezone.now().timestamp()
        if now - request.session.get(self.SEEN, 0) < every or not request.user.is_authenticated:
            return
        UserSession.objects.create_from_request(request)
        request.session[self.SEEN] = now
