"""A visitor looks around, a member agrees to be seen, another member sees."""

import pytest
from playwright.sync_api import expect

from pages.home.operations import lay_site
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def network(site) -> None:
    lay_site()
    load_people(load_network())


def test_a_visitor_reads_what_is_public_and_a_member_chooses_what_is_seen(
    network, open_browser, logged_in, witness
):
    # A visitor sees the public associations and the map.
    visitor = open_browser(LAPTOP)
    visitor.goto("/")
    visitor.get_by_role("link", name="Annuaire").locator("visible=true").first.click()
    expect(visitor.get_by_role("link", name="Personnes")).to_have_count(0)
    witness.look(visitor)
    visitor.get_by_role("main").get_by_role("link", name="Associations").click()
    expect(visitor.get_by_text("6 associations trouvées")).to_be_visible()
    witness.look(visitor)
    visitor.get_by_role("link", name="Les Tisserands").click()
    expect(visitor.get_by_role("heading", name="Personnes")).to_have_count(0)
    witness.look(visitor)
    visitor.goto("/annuaire/carte/")
    expect(visitor.locator(".territory-map a")).to_have_count(15)
    witness.look(visitor)
    visitor.locator(".territory-map a").first.click()
    expect(visitor.get_by_role("heading", name="Qui agit ici")).to_be_visible()
    witness.look(visitor)

    # Benoît, on a phone, is not in the directory, then agrees to be.
    benoit = logged_in("contributeur@maillage.example", PHONE)
    benoit.goto("/mon-espace/profil/")
    expect(benoit.get_by_text("vous n'êtes pas dans l'annuaire")).to_be_visible()
    witness.look(benoit)
    benoit.get_by_label("Votre fonction").fill("Trésorier")
    benoit.get_by_label("Me montrer dans l'annuaire").check()
    benoit.get_by_role("button", name="Enregistrer mon profil").click()
    expect(benoit.get_by_text("Votre profil est enregistré.")).to_be_visible()
    witness.look(benoit)

    # Denis, of another association, finds him, without an address.
    denis = logged_in("referent@maillage.example", PHONE)
    denis.goto("/annuaire/personnes/")
    denis.get_by_label("Nom, fonction ou association").fill("tresorier")
    denis.get_by_role("button", name="Afficher").click()
    expect(denis.get_by_role("link", name="Benoît Charpentier")).to_be_visible()
    expect(denis.get_by_text("contributeur@maillage.example")).to_have_count(0)
    witness.look(denis)
    denis.get_by_role("link", name="Benoît Charpentier").click()
    expect(denis.get_by_role("heading", level=1)).to_have_text("Benoît Charpentier")
    witness.look(denis)

    # Aminata writes the page of her association.
    aminata = logged_in("referente@maillage.example", LAPTOP)
    aminata.goto("/annuaire/associations/les-tisserands/")
    witness.look(aminata)
    aminata.get_by_role("link", name="Modifier cette page").click()
    witness.look(aminata)
    aminata.get_by_label("Montrer cette page à tout le monde").uncheck()
    aminata.get_by_role("button", name="Enregistrer la page").click()
    expect(aminata.get_by_text("n'est montrée qu'aux membres")).to_be_visible()
    visitor.goto("/annuaire/associations/")
    expect(visitor.get_by_text("5 associations trouvées")).to_be_visible()

    assert witness.has_nothing_to_say()
