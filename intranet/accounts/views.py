"""One's own account, and the doors of Wagtail and Django, all leading to the one way in."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.accounts import personal_data
from intranet.accounts.closing import CannotClose, close_account
from intranet.accounts.forms import ClosingForm
from intranet.accounts.models import User
from intranet.accounts.permissions import awaits_second_factor, must_have_second_factor
from intranet.accounts.queries import has_second_factor, open_sessions
from intranet.accounts.sessions import end_session as end_one
from intranet.accounts.sessions import end_sessions


def _wanted(request: HttpRequest) -> str:
    """The address of this site that the person wanted to see, if they said one."""
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else ""


@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """Send whoever is not logged in to the login page, and refuse the others.

    Wagtail sends here a person who may not see a page, a document or the editor. Sending one
    who is already logged in to a login page would send them back, without end.
    """
    wanted = _wanted(request)
    if not request.user.is_authenticated:
        return redirect_to_login(wanted or reverse("wagtailadmin_home"), reverse("account_login"))
    editor = reverse("wagtailadmin_home")
    if not request.user.has_perm("wagtailadmin.access_admin"):
        editor = ""
    if not wanted:
        return redirect(editor or "/")
    if editor and wanted.startswith(editor):
        return redirect(wanted)
    raise PermissionDenied


@never_cache
@require_safe
def reset_password(request: HttpRequest, **kwargs) -> HttpResponse:
    return redirect("account_reset_password")


def closed(request: HttpRequest, **kwargs) -> HttpResponse:
    """A door of Wagtail's that the network does not use: passwords shared by several people."""
    raise Http404


# -- One's own account ---------------------------------------------------------------------

WANTED = "second_factor_wanted"


def _person(request: HttpRequest) -> User:
    """Who is logged in, in a view that nobody else reaches."""
    assert isinstance(request.user, User)
    return request.user


@never_cache
@login_required
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Everything somebody can do with their own account, in one place."""
    return render(
        request,
        "account/my_account.html",
        {
            "has_second_factor": has_second_factor(_person(request)),
            "must_have_second_factor": must_have_second_factor(request.user),
            "sessions": len(_sessions_of(request)),
        },
    )


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second proof is asked for, and how to show it; then on to where the person went."""
    if wanted := _wanted(request):
        request.session[WANTED] = wanted
    if not awaits_second_factor(request):
        return redirect(request.session.pop(WANTED, "") or "my_account")
    has_one = has_second_factor(_person(request))
    context = {"has_second_factor": has_one, "here": request.path}
    if has_one:
        context["proof"] = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return render(request, "account/second_factor.html", context)


def _sessions_of(request: HttpRequest) -> list:
    current = request.session.session_key
    return open_sessions(_person(request), current=current, at=timezone.now())


@never_cache
@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "account/sessions.html", {"sessions": _sessions_of(request)})


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    if end_one(user=_person(request), pk=pk):
        messages.success(request, _("That browser is logged out."))
    else:
        messages.info(request, _("That browser was logged out already."))
    return redirect("sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    ended = end_sessions(user=_person(request), but=request.session.session_key)
    told = ngettext(
        "%(count)s other browser is logged out.", "%(count)s other browsers are logged out.", ended
    ) % {"count": ended}
    messages.success(request, told if ended else _("No other browser was logged in."))
    return redirect("sessions")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def close_my_account(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    reasons = personal_data.obstacles(user)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user=user, at=timezone.now())
        except CannotClose as error:
            reasons = error.reasons
        else:
            logout(request)
            return redirect("account_closed")
    context = {"form": form, "reasons": reasons}
    return render(request, "account/close.html", context, status=409 if reasons else 200)


@never_cache
@require_safe
def account_closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/closed.html")
