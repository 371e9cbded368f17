"""Front door: what the surveys add to Wagtail's editor, gathered for Wagtail."""

from surveys.results import admin as results

__all__ = ["results"]
