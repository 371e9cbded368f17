"""From an invitation sent on a phone to the first answer of the person who was invited."""

import re
from collections.abc import Callable
from time import monotonic

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intranet.accounts.models import User
from pages.home.operations import lay_site
from surveys.demo.campaigns import load_assessments
from surveys.demo.network import load_network, load_people
from surveys.demo.signatures import load_charter
from surveys.responses.models import Draft
from tests.browsing import LAPTOP, PHONE
from tests.letters import send_letters

pytestmark = pytest.mark.browser

ADDRESS = "samia@maillage.example"
THREE_MINUTES = 180
# What a person who reads as they go takes for one gesture on a telephone.
SECONDS_A_GESTURE = 10


class Gestures:
    """Counts what the invited person does with their fingers."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def do(self, name: str, gesture: Callable[[], object]) -> None:
        gesture()
        self.done.append(name)


@pytest.fixture
def network(site) -> None:
    """The demo's associations, people, charter and this year's self-assessment, open."""
    now = timezone.now()
    home = lay_site()
    associations = load_network()
    people = load_people(associations)
    load_charter(home=home, by=people["editor"], at=now)
    load_assessments(associations=associations, animator=people["animator"], at=now)


def link_of_the_letter(mailbox: list, address: str) -> str:
    send_letters(at=timezone.now())
    letter = [letter for letter in mailbox if letter.to == [address]][-1]
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", letter.body).group(1)


def invite(page: Page, address: str) -> None:
    page.goto("/mon-espace/")
    page.get_by_role("link", name="L'équipe").click()
    page.get_by_label("Adresses électroniques").fill(address)
    page.get_by_role("button", name="Envoyer l'invitation").click()


def test_from_the_invitation_to_the_first_answer(
    network, logged_in, open_browser, witness, mailoutbox, record_property
):
    # Aminata mistypes on her phone, corrects, and invites.
    aminata = logged_in("referente@maillage.example", PHONE)
    invite(aminata, f"{ADDRESS}, hugo(at)maillage")
    expect(aminata.get_by_role("alert")).to_contain_text("hugo(at)maillage")
    expect(aminata.get_by_label("Adresses électroniques")).to_have_value(re.compile(ADDRESS))
    witness.look(aminata)
    aminata.get_by_label("Adresses électroniques").fill(ADDRESS)
    aminata.get_by_role("button", name="Envoyer l'invitation").click()
    expect(aminata.get_by_text("en attente de réponse")).to_be_visible()
    witness.look(aminata)

    # Samia opens the letter's link on hers, which has never been here.
    link = link_of_the_letter(mailoutbox, ADDRESS)
    samia, gestures, began = open_browser(PHONE), Gestures(), monotonic()
    gestures.do("open the link", lambda: samia.goto(link))
    expect(samia.get_by_text("Aminata Sow vous invite")).to_be_visible()
    witness.look(samia)
    gestures.do("first name", lambda: samia.get_by_label("Prénom").fill("Samia"))
    gestures.do("last name", lambda: samia.get_by_label("Nom", exact=False).last.fill("Haddad"))
    password = samia.get_by_label("mot de passe")
    gestures.do("password", lambda: password.fill("quatre-mots-mis-ensemble"))
    create = samia.get_by_role("button", name="Créer mon compte")
    gestures.do("create the account", create.click)
    expect(samia.get_by_text("Vous faites partie de Les Tisserands")).to_be_visible()
    witness.look(samia)
    gestures.do("answer", lambda: samia.get_by_role("link", name="Répondre").first.click())
    expect(samia.get_by_role("heading", level=1)).to_be_visible()
    gestures.do("begin", lambda: samia.get_by_role("button", name="Commencer").click())
    first = samia.locator("label").filter(has_text="En partie").first
    gestures.do("the first answer", first.click)
    save = samia.get_by_role("button", name="Enregistrer et finir plus tard")
    gestures.do("save", save.click)
    expect(samia.get_by_text("Vos réponses sont enregistrées.")).to_be_visible()
    witness.look(samia)

    elapsed = monotonic() - began
    record_property("gestures", gestures.done)
    print(f"{len(gestures.done)} gestures, {elapsed:.1f} s: {', '.join(gestures.done)}")  # noqa: T201
    assert len(gestures.done) * SECONDS_A_GESTURE < THREE_MINUTES
    assert Draft.objects.filter(participation__association__slug="les-tisserands").exists()

    # The link has served.
    again = open_browser(LAPTOP)
    again.goto(link)
    expect(again.get_by_role("heading", level=1)).to_have_text(
        "Cette invitation a déjà été acceptée"
    )
    assert User.objects.filter(email=ADDRESS).count() == 1
    # A browser says in its console that a page answered 410.
    witness.faults = [fault for fault in witness.faults if "410" not in fault]
    assert witness.has_nothing_to_say()
