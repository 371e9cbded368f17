"""Front door: the tables of the pages, gathered for Django."""

from pages.agenda.models import AgendaPage, CalendarKey, EventPage
from pages.charter.models import ArticlePage, CharterPage, CharterVersion, Commitment, Value
from pages.contact.models import FormAnswer, FormField, FormIndexPage, FormPage
from pages.home.models import HomePage
from pages.information.models import InformationIndexPage, InformationPage
from pages.legal.models import LegalIdentity, LegalPage
from pages.news.models import (
    Acknowledgement,
    AcknowledgementReminder,
    NewsIndexPage,
    NewsPage,
    NewsSettings,
    TruthQuestion,
)
from pages.resources.models import ResourceIndexPage, ResourcePage
from pages.signatures.models import Signature, Step

__all__ = [
    "Acknowledgement",
    "AcknowledgementReminder",
    "AgendaPage",
    "ArticlePage",
    "CalendarKey",
    "CharterPage",
    "CharterVersion",
    "Commitment",
    "EventPage",
    "FormAnswer",
    "FormField",
    "FormIndexPage",
    "FormPage",
    "HomePage",
    "InformationIndexPage",
    "InformationPage",
    "LegalIdentity",
    "LegalPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsSettings",
    "ResourceIndexPage",
    "ResourcePage",
    "Signature",
    "Step",
    "TruthQuestion",
    "Value",
]
