"""Front door: what the pages add to Wagtail's editor, gathered for Wagtail."""

from pages.charter import admin as charter
from pages.news import admin as news

__all__ = ["charter", "news"]
