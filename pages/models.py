"""Front door: the tables of the pages, gathered for Django."""

from pages.charter.models import ArticlePage, CharterPage, CharterVersion, Commitment, Value
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
from pages.signatures.models import Signature, Step

__all__ = [
    "Acknowledgement",
    "AcknowledgementReminder",
    "ArticlePage",
    "CharterPage",
    "CharterVersion",
    "Commitment",
    "HomePage",
    "InformationIndexPage",
    "InformationPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsSettings",
    "Signature",
    "Step",
    "TruthQuestion",
    "Value",
]
