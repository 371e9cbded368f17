"""The doors that Wagtail and Django bring with them, all leading to the one way in."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


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
