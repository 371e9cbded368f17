"""Front door: what the pages add to Wagtail's editor, gathered for Wagtail."""

from pages.charter import admin

__all__ = ["admin"]
