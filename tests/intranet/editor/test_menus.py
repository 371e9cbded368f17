"""Menus of the editor: each entry leads somewhere, and nothing leads away."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.editor import admin
from pages.charter.models import CharterPage
from pages.contact.models import FormIndexPage
from pages.contact.starting import begin_form, starting_models
from pages.home.models import HomePage
from tests.conftest import make_person
from tests.intranet.editor.conftest import ROLES, client_of

SHARED = [
    "explorer", "questionnaires", "synonymes", "images", "documents", "forms",
    "settings", "actualites-des-membres", "aide", "account",
]  # fmt: skip
NETWORK = [
    "campaigns", "reseau", "associations", "territoires", "appartenances",
    "groupes-de-travail", "themes", "imports", "letters",
]  # fmt: skip
TEXT = ["charter-versions", "identite-du-site"]
INSTALLATION = [
    "reports", "locked-pages", "workflows", "site-history", "aging-pages", "jobs",
    "users", "collections", "redirects",
]  # fmt: skip
SHOWN = {
    "animator": SHARED + NETWORK,
    "editor": SHARED + TEXT,
    "administrator": SHARED + NETWORK + TEXT + INSTALLATION,
}


def entries(client: Client) -> dict[str, str]:
    """The entries of the menu, submenus included, as Wagtail's script is told of them."""
    home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    told = json.loads(home.select_one("#wagtail-sidebar-props").get_text())
    return dict(entries_in(told))


def entries_in(told: Any) -> Iterator[tuple[str, str]]:
    if isinstance(told, dict):
        if "name" in told and "label" in told and told["name"] != "logout":
            yield told["name"], told.get("url", "")
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from entries_in(one)


@pytest.fixture
def whole_site(laid_site):
    """With a charter and a form: their entries are shown once there is one."""
    home = HomePage.objects.get()
    home.add_child(instance=CharterPage(title="La charte", slug="notre-charte"))
    begin_form(
        model=starting_models()[0],
        index=FormIndexPage.objects.get(),
        by=make_person("redac@example.org", "Dominique", roles.EDITOR),
    )


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_shown_what_it_uses(whole_site, role):
    assert set(entries(client_of(role))) - {"logout"} == set(SHOWN[role])


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_menu_leads_to_its_screen(whole_site, role):
    client = client_of(role)
    led = {name: url for name, url in entries(client).items() if url}

    refused = []
    for name, url in led.items():
        answer = client.get(url, follow=True)
        end = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        # Whoever is refused by the editor is sent to its first screen.
        if answer.status_code != 200 or end in {"/admin/", "/"} or "/login/" in end:
            refused.append(f"{name}: {url} led to {end}, {answer.status_code}")

    assert len(led) >= 10
    assert refused == []


def test_a_right_taken_away_takes_the_entry_away(whole_site, monkeypatch):
    client = client_of("animator")
    assert "letters" in entries(client)
    granted = admin.has_some
    monkeypatch.setattr(
        admin, "has_some", lambda person, right: right != "letter.follow" and granted(person, right)
    )

    assert "letters" not in entries(client)


@pytest.mark.parametrize("role", ROLES)
def test_no_screen_of_the_editor_leads_to_another_host(whole_site, role):
    client = client_of(role)
    screens = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_account"),
        reverse("editor_help"),
        reverse("wagtailadmin_explore", args=[HomePage.objects.get().pk]),
        *(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
            for page in Page.objects.filter(depth__gt=2)
            if page.permissions_for_user(_user(client)).can_edit()
        ),
    ]

    away = {
        f"{screen}: {found}"
        for screen in screens
        for found in re.findall(
            r'(?:href|src|action)="((?:https?:)?//[^"]+)', client.get(screen).content.decode()
        )
        if not found.startswith(("http://testserver/", "http://localhost:8000/"))
    }

    assert len(screens) > 6
    assert away == set()


def _user(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_first_page_offers_no_history_to_whom_it_is_refused(laid_site):
    client = client_of("animator")
    home = HomePage.objects.get()

    page = client.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()

    assert reverse("wagtailadmin_pages:history", args=[home.pk]) not in page
    assert reverse("wagtailadmin_pages:usage", args=[home.pk]) not in page


def test_the_first_page_offers_its_history_to_who_changes_it(laid_site):
    client = client_of("editor")
    home = HomePage.objects.get()

    page = client.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()

    assert reverse("wagtailadmin_pages:history", args=[home.pk]) in page
    assert reverse("wagtailadmin_pages:usage", args=[home.pk]) in page


def test_the_first_screen_counts_nothing_and_leads_to_the_help(laid_site):
    page = client_of("animator").get(reverse("wagtailadmin_home")).content.decode()

    assert "Bonjour Sacha" in page
    assert f'href="{reverse("editor_help")}"' in page
    assert "w-summary" not in page
