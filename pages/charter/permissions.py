"""Who may read the charter's versions, and who publishes the next one."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from intranet.accounts.models import User
from intranet.rights.permissions import may
from pages.audience.queries import visible_to
from pages.charter.models import CharterPage


def may_read_charter(request: HttpRequest) -> bool:
    """Versions have the circle of the charter's page."""
    is_open = visible_to(CharterPage.objects.all(), request).exists()
    return may(request.user, "read", "charter", in_circle=is_open)


def may_publish_version(user: User | AnonymousUser) -> bool:
    """Who may publish the charter's page may publish a version of it."""
    page = CharterPage.objects.first()
    if page is None or not may(user, "publish", "charter"):
        return False
    return page.permissions_for_user(user).can_publish()


def may_import_charter(user: User | AnonymousUser) -> bool:
    page = CharterPage.objects.first()
    if page is None or not may(user, "import", "charter"):
        return False
    return page.permissions_for_user(user).can_edit()
