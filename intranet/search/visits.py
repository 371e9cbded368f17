"""The request of somebody who is not in front of a browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest

from intranet.accounts.models import User


def visit_of(user: User | AnonymousUser) -> HttpRequest:
    """What the sources need to say what this person may read, and where it is."""
    address = urlsplit(settings.BASE_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = "/"
    request.META = {
        "SERVER_NAME": address.hostname or "localhost",
        "SERVER_PORT": str(address.port or (443 if settings.HTTPS else 80)),
        "wsgi.url_scheme": address.scheme,
    }
    request.user = user
    # Pages may be behind a password, of which a session is the proof: this one has none.
    request.session = SessionStore()
    return request
