"""Front door: what the ground floor adds to Wagtail's editor, gathered for Wagtail."""

from intranet.accounts import admin as accounts
from intranet.accounts import sheets as accounts_help
from intranet.editor import admin as editor
from intranet.files import sheets as files_help
from intranet.health import sheets as health_help
from intranet.imports import admin as imports
from intranet.imports import sheets as imports_help
from intranet.invitations import admin as invitations
from intranet.invitations import sheets as invitations_help
from intranet.jobs import admin as jobs
from intranet.network import admin as network
from intranet.network import sheets as network_help
from intranet.notifications import admin as notifications
from intranet.notifications import sheets as notifications_help
from intranet.search import admin as search
from intranet.search import sheets as search_help

__all__ = [
    "accounts",
    "accounts_help",
    "editor",
    "files_help",
    "health_help",
    "imports",
    "imports_help",
    "invitations",
    "invitations_help",
    "jobs",
    "network",
    "network_help",
    "notifications",
    "notifications_help",
    "search",
    "search_help",
]
