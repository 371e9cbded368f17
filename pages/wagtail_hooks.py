"""Front door: what the pages add to Wagtail's editor, gathered for Wagtail."""

from pages.charter import admin as charter
from pages.charter import admin_import as charter_import
from pages.charter import admin_versions as charter_versions
from pages.news import admin as news

__all__ = ["charter", "charter_import", "charter_versions", "news"]
