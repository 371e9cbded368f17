"""Front door: what the pages add to Wagtail's editor, gathered for Wagtail."""

from pages.agenda import admin as agenda
from pages.agenda import sheets as agenda_help
from pages.audience import admin as audience
from pages.audience import sheets as audience_help
from pages.charter import admin as charter
from pages.charter import admin_import as charter_import
from pages.charter import admin_versions as charter_versions
from pages.charter import sheets as charter_help
from pages.contact import admin as contact
from pages.contact import sheets as contact_help
from pages.information import sheets as information_help
from pages.legal import admin as legal
from pages.legal import sheets as legal_help
from pages.news import admin as news
from pages.news import sheets as news_help
from pages.resources import admin as resources
from pages.resources import sheets as resources_help

__all__ = [
    "agenda",
    "agenda_help",
    "audience",
    "audience_help",
    "charter",
    "charter_help",
    "charter_import",
    "charter_versions",
    "contact",
    "contact_help",
    "information_help",
    "legal",
    "legal_help",
    "news",
    "news_help",
    "resources",
    "resources_help",
]
