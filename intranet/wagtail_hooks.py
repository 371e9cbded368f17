"""Front door: what the ground floor adds to Wagtail's editor, gathered for Wagtail."""

from intranet.accounts import admin as accounts
from intranet.imports import admin as imports
from intranet.invitations import admin as invitations
from intranet.jobs import admin as jobs
from intranet.network import admin as network
from intranet.notifications import admin as notifications
from intranet.search import admin as search

__all__ = ["accounts", "imports", "invitations", "jobs", "network", "notifications", "search"]
