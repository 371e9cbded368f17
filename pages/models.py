"""Front door: the tables of the pages, gathered for Django."""

from pages.home.models import HomePage

__all__ = ["HomePage"]
