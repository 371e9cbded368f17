"""Members write news from a telephone; the network reads it, features it, asks for an answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from intranet.network.models import Theme
from intranet.network.operations import join
from pages.home.operations import lay_site
from pages.news.models import NewsPage, NewsSettings
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE
from tests.sent_files import photograph

pytestmark = pytest.mark.browser

MEMBER = "contributeur@maillage.example"
ANIMATOR = "animation@maillage.example"
MOST_ACTIONS = 12
"""Ten seconds each, typing included, are two minutes."""


@pytest.fixture
def network(site):
    lay_site()
    Theme.objects.create(name="Santé", slug="sante")
    associations = load_network()
    people = load_people(associations)
    return associations, people


class Actions:
    """Counts what a person does: a field to fill, a box to tick, a button to press."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, gesture, *args) -> None:
        self.count += 1
        gesture(*args)


def test_a_member_posts_news_with_a_photograph_from_a_telephone(
    network, logged_in, open_browser, witness
):
    page = logged_in(MEMBER, PHONE)
    do = Actions()
    page.goto("/mon-espace/")
    do(page.get_by_role("link", name="Écrire une actualité").click)
    witness.look(page)
    do(page.get_by_label("Titre").fill, "Le jardin ouvre samedi")
    do(page.get_by_label("Texte").fill, "Venez planter avec nous.\n\nhttps://exemple.fr")
    sent = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    do(page.get_by_label("Photographie", exact=True).set_input_files, sent)
    # Forgotten: what the photograph shows. It is not sent a second time.
    do(page.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click)
    expect(page.get_by_role("alert")).to_contain_text("Dites ce que montre la photographie")
    expect(page.get_by_alt_text("Votre photographie")).to_be_visible()
    witness.look(page)
    do(page.get_by_label("Ce que montre la photographie").fill, "Des plants de tomates")
    do(page.get_by_label("Tout le monde, sur le site public").check)
    do(page.get_by_role("checkbox", name="Les Tilleuls").check)
    do(page.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click)
    expect(page.get_by_text("Tout le monde la lira")).to_be_visible()
    witness.look(page)
    do(page.get_by_role("button", name="Publier").click)
    expect(page.get_by_text("Votre actualité est publiée.")).to_be_visible()
    witness.look(page)
    assert do.count <= MOST_ACTIONS

    visitor = open_browser(PHONE)
    visitor.goto("/actualites/")
    witness.look(visitor)
    visitor.get_by_role("link", name="Le jardin ouvre samedi").click()
    expect(visitor.get_by_alt_text("Des plants de tomates")).to_be_visible()
    expect(visitor.get_by_role("link", name="https://exemple.fr")).to_be_visible()
    expect(visitor.get_by_text("Les Tisserands").first).to_be_visible()

    # Elsewhere than where one's associations are: found by a part of the name.
    page.get_by_role("link", name="Modifier mon actualité").click()
    page.get_by_label("Un autre").fill("docks")
    page.get_by_label("Les Docks").check()
    page.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click()
    expect(page.get_by_text("Les Docks")).to_be_visible()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Les Docks")).to_be_visible()

    page.goto("/mes-actualites/")
    witness.look(page)
    page.get_by_role("link", name="La retirer").click()
    witness.look(page)
    page.get_by_role("button", name="La retirer").click()
    expect(page.get_by_text("retirée", exact=True)).to_be_visible()

    assert witness.has_nothing_to_say()


def test_a_member_and_a_reader_pass_a_text_back_and_forth(network, logged_in, witness):
    reader = logged_in(ANIMATOR)
    reader.goto("/admin/settings/pages/newssettings/")
    reader.get_by_role("checkbox", name="Les actualités des membres sont relues").check()
    witness.look(reader)
    reader.get_by_role("button", name="Enregistrer").click()
    expect(reader.get_by_text("mis à jour").first).to_be_visible()
    assert NewsSettings.load().members_news_are_read_first

    author = logged_in(MEMBER, PHONE)
    author.goto("/actualites/ecrire/")
    author.get_by_label("Titre").fill("Permanence du jeudi")
    author.get_by_label("Texte").fill("Elle change d'heure.")
    author.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click()
    author.get_by_role("button", name="L'envoyer en relecture").click()
    expect(author.get_by_text("en relecture", exact=True)).to_be_visible()
    witness.look(author)

    reader.goto("/suivi-des-actualites/")
    witness.look(reader)
    reader.get_by_role("link", name="Permanence du jeudi").click()
    witness.look(reader)
    reader.get_by_role("button", name="Plus d'actions").click()
    reader.get_by_role("button", name="Demander des modifications").click()
    reader.get_by_role("dialog").get_by_role("textbox").fill("Quelle heure ?")
    reader.get_by_role("dialog").get_by_role("button", name="Demander des modifications").click()
    expect(reader.locator(".messages")).to_contain_text("Permanence du jeudi")

    author.goto("/mes-actualites/")
    expect(author.get_by_text("Quelle heure")).to_be_visible()
    witness.look(author)
    [letter] = [one for one in mail.outbox if one.to == [MEMBER]]
    assert "Quelle heure" in letter.body
    author.get_by_role("link", name="Modifier · Permanence").click()
    author.get_by_label("Texte").fill("Elle commence à dix heures.")
    author.get_by_role("button", name="Voir avant de publier").locator("visible=true").last.click()
    author.get_by_role("button", name="L'envoyer en relecture").click()
    expect(author.get_by_text("en relecture", exact=True)).to_be_visible()

    reader.goto("/suivi-des-actualites/")
    reader.get_by_role("link", name="Permanence du jeudi").click()
    reader.get_by_role("button", name="Plus d'actions").click()
    reader.get_by_role("button", name="Approuver et Publier", exact=True).click()
    expect(reader.locator(".messages")).to_contain_text("Permanence du jeudi")
    author.goto("/mes-actualites/")
    expect(author.get_by_text("publiée", exact=True)).to_be_visible()
    author.get_by_role("link", name="Permanence du jeudi", exact=True).click()
    expect(author.get_by_text("dix heures")).to_be_visible()

    assert witness.has_nothing_to_say()


def test_an_animator_features_news_asks_for_an_answer_and_sees_who_has(network, logged_in, witness):
    associations, people = network
    join(user=people["contributor"], association=associations[2], role="contributor")
    page = logged_in(ANIMATOR)
    page.goto("/admin/")
    page.get_by_role("link", name="Écrire une actualité").click()
    page.get_by_role("textbox", name="Titre*").fill("La rencontre annuelle")
    soon = timezone.localdate() + timedelta(days=10)
    page.get_by_label("à la une jusqu'au").fill(f"{soon:%Y-%m-%d}")
    page.get_by_label("prise de connaissance demandée").fill(f"{soon:%Y-%m-%d}")
    page.keyboard.press("Escape")
    page.get_by_label("Un autre").fill("docks")
    page.get_by_label("Les Docks").check()
    witness.look(page)
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("publiée").first).to_be_visible()
    news = NewsPage.objects.get()
    assert [one.name for one in news.territories.all()] == ["Les Docks"]

    member = logged_in(MEMBER, PHONE)
    member.goto("/mon-espace/")
    witness.look(member)
    member.get_by_role("link", name="La rencontre annuelle").first.click()
    witness.look(member)
    member.get_by_role("button", name="Les Tisserands").click()
    expect(member.get_by_text("C'est noté")).to_be_visible()
    member.get_by_role("button", name="Le Fil d'Ariane").click()
    expect(member.get_by_text("prise de connaissance faite")).to_have_count(2)
    member.goto("/mon-espace/")
    # It is still among what is new, and awaits nothing any more.
    expect(member.get_by_role("link", name="Lire et dire que c'est lu")).to_have_count(0)

    page.goto("/")
    expect(page.get_by_text("à la une")).to_be_visible()
    page.get_by_role("link", name="La rencontre annuelle").click()
    page.get_by_role("link", name="Qui en a pris connaissance").click()
    expect(page.get_by_text("2 sur 40").first).to_be_visible()
    witness.look(page)
    page.set_viewport_size(LAPTOP)
    page.get_by_role("button", name="Relancer").click()
    expect(page.get_by_text("lettres partent")).to_be_visible()
    assert not [letter for letter in mail.outbox if letter.to == [MEMBER]]
    assert [letter for letter in mail.outbox if letter.to == ["referent@maillage.example"]]
    expect(page.get_by_role("button", name="Relancer")).to_have_count(0)

    assert witness.has_nothing_to_say()
