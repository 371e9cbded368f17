"""Front door: the tables of the pages, gathered for Django."""

from pages.charter.models import ArticlePage, CharterPage, Commitment, Value
from pages.home.models import HomePage
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import (
    Acknowledgement,
    AcknowledgementReminder,
    NewsIndexPage,
    NewsPage,
    NewsSettings,
    TruthQuestion,
)

__all__ = [
    "Acknowledgement",
    "AcknowledgementReminder",
    "ArticlePage",
    "CharterPage",
    "Commitment",
    "HomePage",
    "InformationIndexPage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsSettings",
    "TruthQuestion",
    "Value",
]
