"""Front door: the tables of the pages, gathered for Django."""

from pages.charter.models import ArticlePage, CharterPage, CharterVersion, Commitment, Value
from pages.home.models import HomePage
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import NewsIndexPage, NewsPage
from pages.signatures.models import Signature, Step

__all__ = [
    "ArticlePage",
    "CharterPage",
    "CharterVersion",
    "Commitment",
    "HomePage",
    "InformationIndexPage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "Signature",
    "Step",
    "Value",
]
