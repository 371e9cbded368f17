"""Laying the site: the pages that every network has, before anybody writes."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from intranet.accounts.operations import grant_new_page
from pages.agenda.models import AgendaPage
from pages.base.models import BasePage
from pages.contact.models import FormIndexPage
from pages.home.models import HomePage
from pages.information.models import InformationIndexPage
from pages.legal.operations import lay_legal_pages
from pages.news.models import NewsIndexPage
from pages.resources.models import ResourceIndexPage


@transaction.atomic
def lay_site() -> HomePage:
    """Make the front page, the lists and the legal pages; keep those that are there.

    On a new database Wagtail's own welcome page gives way.
    """
    home = HomePage.objects.first() or _home()
    _site(home)
    if not NewsIndexPage.objects.exists():
        summary = _("What the associations of the network do, prepare and tell.")
        _add(home, NewsIndexPage(title=_("News"), slug="actualites", summary=summary))
    if not InformationIndexPage.objects.exists():
        summary = _("Who we are, how to join, how decisions are taken.")
        page = InformationIndexPage(title=_("Information"), slug="informations", summary=summary)
        _add(home, page)
    if not ResourceIndexPage.objects.exists():
        summary = _("What the associations wrote, found useful and share.")
        _add(home, ResourceIndexPage(title=_("Resources"), slug="ressources", summary=summary))
    if not AgendaPage.objects.exists():
        summary = _("When and where the network meets.")
        _add(home, AgendaPage(title=_("Agenda"), slug="agenda", summary=summary))
    if not FormIndexPage.objects.exists():
        summary = _("To write to us, to register, to lend a hand.")
        index = FormIndexPage(title=_("Forms"), slug="formulaires", summary=summary)
        _add(home, index, in_menus=False)
    lay_legal_pages(home=home)
    return home


def _home() -> HomePage:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title=_("All the pages"), slug="root")
    )
    home = HomePage(
        title=settings.WAGTAIL_SITE_NAME,
        slug="accueil",
        headline=_("Our charter, alive in every neighbourhood"),
        introduction="<p>{}</p>".format(
            _(
                "The associations of the priority neighbourhoods have written down how they "
                "cooperate. Here they read it, act on it together and see, year after year, "
                "where they stand."
            )
        ),
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _site(home: HomePage) -> None:
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": port,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    if welcome is not None and welcome.specific_class is Page and welcome.is_leaf():
        welcome.delete()


def _add(home: HomePage, page: BasePage, *, in_menus: bool = True) -> None:
    page.show_in_menus = in_menus
    home.add_child(instance=page)
    page.save_revision().publish()
    grant_new_page(page=page)
