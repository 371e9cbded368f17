"""The sheets of help: for whom, where they lead, and what they say on the spot."""

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from intranet.editor.sheets import Sheet
from intranet.rights.table import RIGHTS
from pages.base.models import BasePage
from pages.news.models import NewsIndexPage
from tests.intranet.editor.conftest import ROLES, client_of
from tests.intranet.rights.test_doors import NAMES

WRITING = ["news", "reading", "events", "resources", "readers", "forms", "questionnaires"]
FOR_ALL = ["begin", *WRITING, "files", "synonyms"]
NETWORK = ["campaign", "remind", "results", "network", "invite", "import", "letters"]
TEXT = ["pages", "charter", "legal"]
SHEETS = {
    "animator": FOR_ALL + NETWORK,
    "editor": FOR_ALL + TEXT,
    "administrator": FOR_ALL + NETWORK + TEXT + ["people", "health", "redirects"],
}


def every_sheet() -> list[Sheet]:
    return [sheet for give in hooks.get_hooks("register_help_sheets") for sheet in give()]


def help_page(client) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("editor_help")).content, "html.parser")


def test_no_two_sheets_have_one_name():
    names = [sheet.name for sheet in every_sheet()]

    assert len(names) == len(set(names)) == 23


def test_sheets_are_for_rights_of_the_table():
    assert {right for sheet in every_sheet() for right in sheet.rights} <= RIGHTS.keys()


def test_hints_are_for_screens_and_pages_that_exist():
    kinds = {model._meta.model_name for model in apps.get_models()}
    screens = {screen for sheet in every_sheet() for screen in sheet.hints}

    unknown = {
        screen
        for screen in screens
        if screen not in NAMES and screen.removeprefix("in ") not in kinds
    }

    assert len(screens) > 40
    assert unknown == set()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_the_sheets_of_what_it_may_do(laid_site, role):
    page = help_page(client_of(role))

    shown = {section["id"] for section in page.select("section.help-sheet")}
    assert shown == set(SHEETS[role])
    assert {link["href"] for link in page.select(".help-contents a")} == {
        f"#{name}" for name in shown
    }


@pytest.mark.parametrize("role", ROLES)
def test_sheets_lead_to_screens_that_are_open(laid_site, role):
    client = client_of(role)
    ways = {link["href"] for link in help_page(client).select(".help-ways a")}

    led = {}
    for way in ways:
        answer = client.get(way, follow=True)
        end = answer.redirect_chain[-1][0] if answer.redirect_chain else way
        led[way] = (answer.status_code, end in {"/admin/", "/"})

    assert len(ways) >= 10
    assert {way for way, found in led.items() if found != (200, False)} == set()


def test_a_screen_says_how_it_is_used_and_leads_to_its_sheet(laid_site):
    client = client_of("animator")

    page = client.get(reverse("association:index")).content.decode()

    assert "Une association qui s&#x27;en va devient inactive" in page
    assert f'href="{reverse("editor_help")}#network"' in page


def test_a_page_being_written_says_what_is_enough(laid_site):
    client = client_of("animator")
    index = NewsIndexPage.objects.get()

    form = client.get(reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk]))
    listing = client.get(reverse("wagtailadmin_explore", args=[index.pk]))

    assert f'href="{reverse("editor_help")}#news"' in form.content.decode()
    assert "Toutes les actualités, brouillons compris." in listing.content.decode()


def test_a_setting_says_what_it_changes(laid_site):
    client = client_of("editor")

    page = client.get(
        reverse("wagtailsettings:edit", args=["pages", "newssettings"]), follow=True
    ).content.decode()

    assert f'href="{reverse("editor_help")}#reading"' in page


def test_every_kind_of_page_has_its_hint():
    kinds = {model._meta.model_name for model in apps.get_models() if issubclass(model, BasePage)}
    screens = {screen for sheet in every_sheet() for screen in sheet.hints}

    assert kinds - screens == set()


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_written_in_the_editor_has_its_hint(laid_site, role):
    """Every page that this role may change says at its top how, with a link to a sheet it reads."""
    client = client_of(role)
    shown = {f"{reverse('editor_help')}#{name}" for name in SHEETS[role]}
    silent = []
    for page in Page.objects.filter(depth__gt=1).specific():
        screen = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
        if "/edit/" not in screen.request["PATH_INFO"]:
            continue
        hint = BeautifulSoup(screen.content, "html.parser").select_one(".editor-hint a")
        if hint is None or hint["href"] not in shown:
            silent.append(page.specific_class.__name__)

    assert silent == []


def test_the_help_is_closed_to_who_does_not_enter_the_editor(client, aminata, laid_site):
    client.force_login(aminata)

    answer = client.get(reverse("editor_help"))

    assert answer.status_code in {302, 403}


@pytest.mark.parametrize("count", [1, 3])
def test_hints_ask_the_database_nothing_more_for_more_sheets(
    laid_site, django_assert_num_queries, count, rf, claire
):
    from intranet.editor.sheets import hint_for
    from intranet.rights.permissions import held_by

    request = rf.get("/")
    request.user = claire
    assert held_by(claire).is_member

    with django_assert_num_queries(0):
        for _one in range(count):
            assert hint_for(request, "association:index") is not None
