"""The representative's role changes hands, and each sees what is now theirs."""

import pytest
from playwright.sync_api import expect

from intranet.accounts.models import User
from pages.home.operations import lay_site
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE

pytestmark = pytest.mark.browser

TEAM = "/mon-espace/equipe/les-tisserands/"


def test_the_role_is_handed_over(site, logged_in, witness, mailoutbox):
    lay_site()
    load_people(load_network())

    # Aminata wants to leave: somebody takes over first.
    aminata = logged_in("referente@maillage.example", PHONE)
    aminata.goto(TEAM)
    witness.look(aminata)
    aminata.get_by_role("link", name="Quitter l'association").click()
    expect(aminata.get_by_role("heading", level=1)).to_have_text(
        "Quelqu'un prend d'abord le relais"
    )
    witness.look(aminata)
    aminata.get_by_role("main").get_by_role("link", name="Transmettre le rôle").click()
    aminata.get_by_role("button", name="Transmettre").click()
    expect(aminata.get_by_role("alert")).to_contain_text("l'un des deux")
    witness.look(aminata)
    aminata.get_by_label("À une personne de l'association").select_option("Benoît Charpentier")
    aminata.get_by_role("button", name="Transmettre").click()
    expect(aminata.get_by_text("représente désormais")).to_be_visible()
    # She stays: she sees the people, and nothing to invite with.
    expect(aminata.get_by_role("button", name="Envoyer l'invitation")).to_have_count(0)
    witness.look(aminata)

    # Benoît finds the role in his space, and may invite.
    benoit = logged_in("contributeur@maillage.example", LAPTOP)
    benoit.goto("/mon-espace/")
    expect(benoit.get_by_text("Vous y êtes référent·e.")).to_be_visible()
    benoit.get_by_role("link", name="L'équipe").click()
    expect(benoit.get_by_role("button", name="Envoyer l'invitation")).to_be_visible()
    witness.look(benoit)
    benoit.get_by_role("link", name="Retirer").click()
    witness.look(benoit)
    benoit.get_by_role("link", name="Ne rien changer").click()

    # Now Aminata leaves, and keeps her account.
    aminata.get_by_role("link", name="Quitter l'association").click()
    witness.look(aminata)
    aminata.get_by_role("button", name="Quitter l'association").click()
    expect(aminata.get_by_text("Vous ne faites plus partie de Les Tisserands")).to_be_visible()
    gone = User.objects.get(email="referente@maillage.example")
    assert gone.is_active
    assert not gone.memberships.exists()

    told = {address for letter in mailoutbox for address in letter.to}
    assert {"referente@maillage.example", "contributeur@maillage.example"} <= told
    assert witness.has_nothing_to_say()
