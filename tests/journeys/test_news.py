"""An editor writes a piece of news from nothing; whoever passes by reads it."""

import re

import pytest
from playwright.sync_api import expect

from pages.home.operations import lay_site
from pages.news.models import NewsPage
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE

pytestmark = pytest.mark.browser

TITLE = "Le jardin partagé ouvre samedi : venez !"
SUMMARY = "Trois associations et une vingtaine de voisines l'ont préparé tout l'hiver."
FIRST = "On plante, on goûte, on discute."
ADDED = " Et on garde les enfants."


def test_an_editor_writes_publishes_and_corrects_a_piece_of_news(
    site, logged_in, open_browser, witness
):
    lay_site()
    load_people(load_network())
    page = logged_in("edition@maillage.example")

    # From the editor's first screen to a draft that only editors see.
    page.goto("/admin/")
    witness.look(page)
    page.get_by_role("link", name="Écrire une actualité").click()
    page.get_by_role("textbox", name="Titre*").fill(TITLE)
    page.locator("[name=summary]").fill(SUMMARY)
    page.get_by_role("button", name="Insérer un bloc").first.click()
    page.get_by_role("option", name="Paragraphe").click()
    page.locator("[data-contentpath=body] [contenteditable=true]").last.click()
    page.keyboard.type(FIRST)
    witness.look(page)
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("» créée.").first).to_be_visible()
    visitor = open_browser(PHONE)
    visitor.goto("/actualites/")
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.get_by_text("Le jardin partagé")).to_have_count(0)
    witness.look(visitor)

    # Published, it is on the front page and in the list, with French spaces.
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("a été publiée.").first).to_be_visible()
    visitor.goto("/")
    witness.look(visitor)
    visitor.get_by_role("link", name="Le jardin partagé").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(
        "Le jardin partagé ouvre samedi\u00a0: venez\u202f!"
    )
    expect(visitor.get_by_text(SUMMARY)).to_be_visible()
    expect(visitor.get_by_text(FIRST)).to_be_visible()
    witness.look(visitor)

    # Corrected, it keeps its address.
    address = visitor.url
    page.goto(f"/admin/pages/{NewsPage.objects.get().pk}/edit/")
    text = page.locator("[data-contentpath=body] [contenteditable=true]").last
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(ADDED)
    # Wagtail's editor hands its text to the form a moment after the last key.
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(ADDED))
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("a été publiée.").first).to_be_visible()
    reader = open_browser(LAPTOP)
    reader.goto(address)
    expect(reader.get_by_text(FIRST + ADDED)).to_be_visible()
    witness.look(reader)

    assert witness.has_nothing_to_say()
