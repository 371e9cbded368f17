"""Front door: what the ground floor adds to Wagtail's editor, gathered for Wagtail."""

from intranet.accounts import admin as accounts
from intranet.network import admin as network

__all__ = ["accounts", "network"]
