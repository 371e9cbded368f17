"""An editor rewrites an article in a real browser, and readers find it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from pages.charter.models import ArticlePage
from pages.charter.queries import current_commitments
from tests.browsing import accessibility_faults, overflows, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

REWORDED = "Recueillir chaque mois ce dont les gens ont besoin"
ADDED = "Publier nos comptes rendus"

# A busy machine takes its time to render a preview.
expect.set_options(timeout=20_000)


def test_an_editor_adds_a_commitment_compares_and_publishes(site, page, elodie, charter_file):
    call_command("import_charter", str(charter_file), stdout=StringIO())
    article = ArticlePage.objects.get(number=3)
    before = article.latest_revision_id
    sign_in(page.context, elodie, site.url)

    # She rewords the first commitment and adds one at the end of the second group.
    page.goto(site.url + reverse("wagtailadmin_pages:edit", args=[article.pk]))
    groups = page.locator("[data-contentpath=commitments]")
    texts = groups.locator("[data-contentpath=text] textarea")
    expect(texts).to_have_count(7)
    expect(page.locator("[data-contentpath=anchor]").first).to_be_hidden()
    texts.nth(0).fill(REWORDED)
    groups.nth(1).get_by_role("button", name="Ajouter", exact=True).last.click()
    expect(texts).to_have_count(8)
    texts.nth(7).fill(ADDED)

    # The preview shows it, the site does not yet.
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    preview = page.frame_locator(".w-preview__iframe").last
    expect(preview.get_by_text(ADDED)).to_be_visible()
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("a été mise à jour.").first).to_be_visible()
    assert [row.anchor for row in current_commitments()][-1] != "publier-nos-comptes-rendus"

    # She compares her draft with what is published, then publishes.
    article.refresh_from_db()
    compare = reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[article.pk, before, article.latest_revision_id],
    )
    page.goto(site.url + compare)
    expect(page.locator("ins, .addition").filter(has_text="Publier").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("a été publiée.").first).to_be_visible()

    # Readers find it at an address that stays.
    rows = list(current_commitments())
    assert (rows[0].anchor, rows[0].text) == ("recueillir-chaque-saison-ce-dont-les", REWORDED)
    assert rows[-1].anchor == "publier-nos-comptes-rendus"
    page.goto(site.url + "/charte/#publier-nos-comptes-rendus")
    expect(page.locator(":target")).to_contain_text(ADDED)
    expect(page.locator(":target")).to_contain_text("Lien vers cet engagement")


@pytest.mark.parametrize("path", ["/", "/charte/", "/charte/agir-la-ou-l-on-vit/", "/actualites/"])
def test_public_pages_are_accessible_and_fit_a_phone(site, phone, charter_file, path):
    call_command("import_charter", str(charter_file), stdout=StringIO())
    faults = []
    phone.on("console", lambda message: faults.append(message.text))

    phone.goto(site.url + path)

    assert accessibility_faults(phone) == []
    assert not overflows(phone)
    assert faults == []
