"""Front door: the tables of the pages, gathered for Django."""

from pages.agenda.models import AgendaPage, CalendarKey, EventPage
from pages.charter.models import ArticlePage, CharterPage, Commitment, Value
from pages.contact.models import FormAnswer, FormField, FormIndexPage, FormPage
from pages.home.models import HomePage
from pages.information.models import InformationIndexPage, InformationPage
from pages.legal.models import LegalIdentity, LegalPage
from pages.news.models import NewsIndexPage, NewsPage
from pages.resources.models import ResourceIndexPage, ResourcePage

__all__ = [
    "AgendaPage",
    "ArticlePage",
    "CalendarKey",
    "CharterPage",
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
    "ResourceIndexPage",
    "ResourcePage",
    "Value",
]
