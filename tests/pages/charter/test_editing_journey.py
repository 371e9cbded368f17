"""An editor rewrites an article in a real browser, and readers find it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from pages.charter.models import ArticlePage
from tests.browsing import sign_in

pytestmark = pytest.mark.browser


def open_menu(page) -> None:
    page.get_by_role("button", name="Plus d'actions").click()


def test_an_editor_adds_a_commitment_compares_and_publishes(site, page, elodie, charter_file):
    call_command("import_charter", str(charter_file), verbosity=0)
    article = ArticlePage.objects.get(number=3)
    sign_in(page.context, elodie, site.url)
    edit_url = site.url + reverse("wagtailadmin_pages:edit", args=[article.pk])

    page.goto(edit_url)
    texts = page.locator("[data-contentpath=commitments] [data-contentpath=text] textarea")
    expect(texts).to_have_count(7)
    expect(page.locator("[data-contentpath=anchor]:visible")).to_have_count(0)
    texts.nth(0).fill("Recueillir chaque mois ce dont les gens ont besoin")
    page.get_by_role("button", name="Insérer un bloc").last.scroll_into_view_if_needed()
    page.locator("[data-contentpath=commitments]").nth(1).get_by_role(
        "button", name="Ajouter"
    ).last.click()
    expect(texts).to_have_count(8)
    texts.nth(7).fill("Publier nos comptes rendus")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
