"""Front door: the tables of the pages, gathered for Django."""

from pages.charter.models import ArticlePage, CharterPage, Commitment, Value
from pages.home.models import HomePage

__all__ = ["ArticlePage", "CharterPage", "Commitment", "HomePage", "Value"]
