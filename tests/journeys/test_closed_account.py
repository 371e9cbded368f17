"""A member leaves: who she was is nowhere to be found, what she wrote is still read."""

import pytest
from playwright.sync_api import expect

from intranet.accounts.models import User
from intranet.network.models import Association, Membership
from intranet.network.operations import join
from pages.home.operations import lay_site
from pages.news.models import NewsPage
from surveys.demo.network import PASSWORD, load_network, load_people
from tests.browsing import LAPTOP, PHONE
from tests.intranet.accounts.test_closing import tables_that_say

pytestmark = pytest.mark.browser

NAME = "Zéphyrelle Quetzalcanari"
EMAIL = "zephyrelle.quetzalcanari@canari.example"
CANARIES = ("phyrel", "quetzalcanar", "canari.example")


@pytest.fixture
def zephyrelle(site) -> User:
    lay_site()
    load_people(load_network())
    first, last = NAME.split()
    user = User.objects.create_user(EMAIL, PASSWORD, first_name=first, last_name=last)
    association = Association.objects.order_by("pk")[0]
    join(user=user, association=association, role=Membership.Role.CONTRIBUTOR)
    return user


def test_an_account_is_closed_and_its_name_is_nowhere(zephyrelle, logged_in, open_browser, witness):
    page = logged_in(EMAIL, PHONE)
    page.goto("/actualites/ecrire/")
    page.get_by_label("Titre").fill("Le jardin partagé ouvre samedi")
    page.get_by_label("Texte").fill(f"Écrivez à {NAME} : {EMAIL}. On garde les enfants.")
    page.get_by_label("Tout le monde, sur le site public").check()
    page.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Votre actualité est publiée.")).to_be_visible()
    assert NewsPage.objects.get().live
    assert len(tables_that_say(*CANARIES)) > 4

    # She reads what is erased and what stays, shows who she is, and closes.
    page.goto("/compte/")
    page.get_by_role("link", name="Fermer mon compte").click()
    witness.look(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    witness.look(page)
    page.get_by_role("button", name="Fermer mon compte").click()
    expect(page.get_by_role("alert")).to_contain_text("Cochez cette case")
    witness.look(page)
    page.get_by_label("Je ferme mon compte").check()
    page.get_by_role("button", name="Fermer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre compte est fermé")
    witness.look(page)

    assert tables_that_say(*CANARIES) == set()
    page.goto("/compte/login/")
    page.get_by_label("Adresse électronique").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()

    # An administrator finds the item, unsigned, and nobody of that name.
    editor = logged_in("admin@maillage.example", LAPTOP)
    for address in (
        "/recherche/?q=Quetzalcanari",
        "/admin/users/?q=Quetzalcanari",
        "/admin/reports/site-history/",
        f"/admin/pages/{NewsPage.objects.get().pk}/history/",
        f"/admin/pages/{NewsPage.objects.get().pk}/edit/",
    ):
        editor.goto(address)
        shown = editor.content().lower().replace("?q=quetzalcanari", "")
        shown = shown.replace('value="quetzalcanari"', "")
        assert not any(one in shown for one in ("phyrel", "canari.example")), address
    reader = open_browser(LAPTOP)
    reader.goto(NewsPage.objects.get().url)
    expect(reader.get_by_text("On garde les enfants.")).to_be_visible()
    expect(reader.get_by_text("une personne dont le compte est fermé")).to_be_visible()
    witness.look(reader)

    assert witness.has_nothing_to_say()
