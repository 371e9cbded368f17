"""Somebody with an account and no association asks to join one; another one says no."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.home.operations import lay_site
from surveys.demo.network import PASSWORD, load_network, load_people
from tests.browsing import PHONE
from tests.letters import send_letters

pytestmark = pytest.mark.browser

ADDRESS = "samia@maillage.example"
REPRESENTATIVE = "referente@maillage.example"
WORD = "Je tiens l'atelier de couture du mardi."
ANSWER = "Passez nous voir un mercredi."


@pytest.fixture
def network(site) -> None:
    """The demo's associations and people, and an account that belongs to nothing."""
    lay_site()
    load_people(load_network())
    Association.objects.filter(slug="les-tisserands").update(is_public=True)
    User.objects.create_user(ADDRESS, PASSWORD, first_name="Samia", last_name="Haddad")


def newest_letter(mailbox: list, address: str):
    send_letters(at=timezone.now())
    return [letter for letter in mailbox if letter.to == [address]][-1]


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def ask(page: Page, witness) -> None:
    """On a telephone, with the keyboard alone once the page is there."""
    page.goto("/mon-espace/rejoindre/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rejoindre une association")
    witness.look(page)
    page.get_by_label("Une partie de son nom").focus()
    page.keyboard.type("tisser")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Demander à rejoindre Les Tisserands")
    expect(link).to_be_visible()
    witness.look(page)
    link.focus()
    page.keyboard.press("Enter")
    word = page.get_by_label("Un mot pour l'association")
    expect(word).to_be_visible()
    witness.look(page)
    word.focus()
    page.keyboard.type(WORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre demande à rejoindre Les Tisserands part.")).to_be_visible()
    expect(page.get_by_text("en attente de réponse")).to_be_visible()
    witness.look(page)


def test_the_representative_accepts_and_the_person_is_at_home(
    network, logged_in, witness, mailoutbox
):
    samia = logged_in(ADDRESS, PHONE)
    ask(samia, witness)

    # Aminata opens the letter, reads who it is, and accepts.
    aminata = logged_in(REPRESENTATIVE, PHONE)
    letter = newest_letter(mailoutbox, REPRESENTATIVE)
    assert WORD in letter.body
    aminata.goto(link_in(letter))
    expect(aminata.get_by_text(WORD)).to_be_visible()
    asking = aminata.get_by_role("region", name="1 personne demande à rejoindre l'association")
    expect(asking.get_by_label("Contributeur·rice")).to_be_checked()
    witness.look(aminata)
    aminata.get_by_role("button", name="Accepter").click()
    expect(aminata.get_by_text("Samia Haddad fait partie de Les Tisserands.")).to_be_visible()
    expect(aminata.get_by_role("rowheader", name="Samia Haddad")).to_be_visible()
    witness.look(aminata)

    # The letter leads Samia to the space of her association.
    letter = newest_letter(mailoutbox, ADDRESS)
    assert "Vous faites partie de Les Tisserands" in letter.subject
    samia.goto(link_in(letter))
    expect(samia.get_by_text("Les Tisserands").locator("visible=true").first).to_be_visible()
    witness.look(samia)
    samia.goto("/mon-espace/equipe/les-tisserands/")
    expect(samia.get_by_role("rowheader", name="Samia Haddad")).to_be_visible()
    samia.goto("/mon-espace/rejoindre/")
    expect(samia.get_by_text("acceptée")).to_be_visible()
    witness.look(samia)
    assert witness.has_nothing_to_say()


def test_the_representative_refuses_and_the_person_reads_why(
    network, logged_in, witness, mailoutbox
):
    samia = logged_in(ADDRESS, PHONE)
    ask(samia, witness)

    aminata = logged_in(REPRESENTATIVE)
    aminata.goto(link_in(newest_letter(mailoutbox, REPRESENTATIVE)))
    aminata.get_by_role("link", name="Refuser").click()
    expect(aminata.get_by_role("heading", level=1)).to_contain_text("Samia Haddad")
    witness.look(aminata)
    aminata.get_by_label("Un mot pour la personne").fill(ANSWER)
    aminata.get_by_role("button", name="Refuser la demande").click()
    expect(aminata.get_by_text("La demande de Samia Haddad est refusée.")).to_be_visible()
    expect(aminata.get_by_text(WORD)).to_have_count(0)
    witness.look(aminata)

    letter = newest_letter(mailoutbox, ADDRESS)
    assert ANSWER in letter.body
    samia.goto(link_in(letter))
    expect(samia.get_by_text("refusée")).to_be_visible()
    expect(samia.get_by_text(ANSWER)).to_be_visible()
    witness.look(samia)

    # What is refused is not asked again the next minute; the word stays on the screen.
    samia.goto("/mon-espace/rejoindre/?association=les-tisserands")
    samia.get_by_label("Un mot pour l'association").fill(WORD)
    samia.get_by_role("button", name="Envoyer la demande").click()
    expect(samia.get_by_role("alert")).to_contain_text("vous pourrez redemander dans 30 jours")
    expect(samia.get_by_label("Un mot pour l'association")).to_have_value(WORD)
    witness.look(samia)
    assert witness.has_nothing_to_say()
