"""Front door: what the pages add to Wagtail's editor, gathered for Wagtail."""

from pages.agenda import admin as agenda
from pages.audience import admin as audience
from pages.charter import admin as charter
from pages.charter import admin_import as charter_import
from pages.charter import admin_versions as charter_versions
from pages.contact import admin as contact
from pages.legal import admin as legal
from pages.news import admin as news
from pages.resources import admin as resources

__all__ = [
    "agenda",
    "audience",
    "charter",
    "charter_import",
    "charter_versions",
    "contact",
    "legal",
    "news",
    "resources",
]
