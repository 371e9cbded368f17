"""From the charter to the workbook: the self-assessment of a network, by those who make it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from surveys.campaigns.models import Campaign
from surveys.demo.answers import assessment_document
from surveys.demo.network import load_network, load_people
from surveys.demo.signatures import CHARTER
from surveys.demo.texts import assessments
from surveys.questionnaires.queries import latest_version
from surveys.responses.models import Response
from surveys.responses.operations import Submission, record_responses
from tests.browsing import PHONE
from tests.journeys.taking_away import (
    READERS,
    assert_all_say_the_same,
    download_workbook,
    reopened,
)

pytestmark = pytest.mark.browser

ANIMATOR = "animation@maillage.example"
REPRESENTATIVE = "referente@maillage.example"
DONE = "Une permanence tenue à quatre associations."


@pytest.fixture
def network(site) -> None:
    """The demo's associations, people and charter; nobody was asked anything yet."""
    home = lay_site()
    people = load_people(load_network())
    charter = read_charter(read_markdown(CHARTER.read_text(encoding="utf-8")))
    import_charter(charter=charter, home=home, by=people["editor"])


def make_the_questionnaire(page: Page, witness) -> None:
    """From the editor's first screen to version 1, by buttons."""
    page.goto("/admin/")
    witness.look(page)
    page.get_by_role("link", name="Questionnaires", exact=True).click()
    witness.look(page)
    page.get_by_role("link", name="Créer l'autoévaluation à partir de la charte").first.click()
    expect(page.get_by_text("Tenir à jour ensemble")).to_be_visible()
    witness.look(page)
    page.get_by_role("button", name="Créer le questionnaire").click()
    expect(page.get_by_text("trois questions sur chacun des 7 engagements")).to_be_visible()
    witness.look(page)
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("est publié\xa0: version 1").first).to_be_visible()


def open_the_campaign(page: Page, witness) -> None:
    """For the associations of one territory, at a threshold that the network decided."""
    page.goto("/campagnes/")
    witness.look(page)
    page.get_by_role("link", name="Nouvelle campagne").first.click()
    page.get_by_label("Titre").fill("Notre coopération cette année")
    page.get_by_label("Questionnaire", exact=False).select_option(index=1)
    page.get_by_role("button", name="Décocher toutes").click()
    page.get_by_label("Montrer les associations de").select_option(
        label="Les Tilleuls (Valbonne-la-Neuve, QN09901M)"
    )
    page.get_by_role("button", name="Afficher").click()
    page.get_by_role("button", name="Cocher toutes", exact=False).first.click()
    expect(page.get_by_label("Titre")).to_have_value("Notre coopération cette année")
    page.get_by_label("Message de l'invitation").fill("Prenez une heure ensemble.")
    page.get_by_label("Plus petit groupe montré").fill("1")
    witness.look(page)
    page.locator("main").get_by_role("button", name="Vérifier avant d'ouvrir").last.click()
    expect(page.get_by_text("Prenez une heure ensemble.")).to_be_visible()
    witness.look(page)
    page.get_by_role("button", name="Ouvrir et inviter").click()
    expect(page.get_by_text("La campagne est ouverte.")).to_be_visible()
    witness.look(page)


def link_of_the_letter(mailbox: list, address: str) -> str:
    [letter] = [letter for letter in mailbox if address in letter.to]
    assert "Prenez une heure ensemble." in letter.body
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def answer_first_section(page: Page, witness) -> None:
    """With the keyboard alone."""
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("En partie").first).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type(DONE)
    expect(page.get_by_label("qu'avez-vous fait").first).to_have_value(DONE)
    witness.look(page)


def answer_what_is_missing(page: Page) -> None:
    """The last point of every scale that has no answer, section by section, to the summary."""
    while not page.url.endswith("/resume/"):
        for scale in page.get_by_role("group").filter(has=page.get_by_role("radio")).all():
            if not scale.locator("input:checked").count():
                scale.get_by_label("Pleinement").check()
        with page.expect_navigation():
            page.locator("button[value=next]").click()


def others_answer(campaign: Campaign) -> None:
    """Those who have a representative are answered for on the site; the others in the meantime."""
    version = latest_version(campaign.questionnaire)
    waiting = campaign.participations.exclude(association__memberships__isnull=False)
    record_responses(
        campaign=campaign,
        version=version,
        documents=[
            Submission(
                assessment_document(
                    version.definition, weights=assessments["this_year"], seed=number
                ),
                participation=participation,
            )
            for number, participation in enumerate(waiting)
        ],
        channel=Response.Channel.WEB,
        at=timezone.now(),
    )


@pytest.mark.parametrize("opened_with", READERS)
def test_the_charter_becomes_a_questionnaire_then_figures_then_a_workbook(
    network, logged_in, open_browser, witness, mailoutbox, tmp_path, opened_with
):
    animator = logged_in(ANIMATOR)
    make_the_questionnaire(animator, witness)
    open_the_campaign(animator, witness)
    campaign = Campaign.objects.get()
    others_answer(campaign)

    # The representative opens the letter on her phone, begins, and leaves.
    phone = logged_in(REPRESENTATIVE, PHONE)
    phone.goto(link_of_the_letter(mailoutbox, REPRESENTATIVE))
    witness.look(phone)
    phone.get_by_role("button", name="Commencer").click()
    answer_first_section(phone, witness)
    phone.get_by_role("button", name="Enregistrer et finir plus tard").click()
    expect(phone.get_by_text("Vos réponses sont enregistrées.")).to_be_visible()
    witness.look(phone)
    phone.context.close()

    # She returns in the evening and finds everything; what is required is asked for.
    phone = logged_in(REPRESENTATIVE, PHONE)
    phone.goto("/mon-espace/")
    witness.look(phone)
    phone.get_by_role("link", name=re.compile("^Continuer")).click()
    phone.get_by_role("link", name="Relire les réponses").click()
    expect(phone.get_by_role("alert")).to_contain_text("réponses obligatoires manquent")
    expect(phone.get_by_text(DONE)).to_be_visible()
    witness.look(phone)
    phone.get_by_role("link", name="Compléter mes réponses").click()
    answer_what_is_missing(phone)
    # What led to the first question is not carried from page to page.
    assert "#" not in phone.url
    witness.look(phone)
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Bien reçu")
    expect(phone.get_by_role("heading", name="Accusé de réception")).to_be_visible()
    witness.look(phone)
    phone.goto("/mon-espace/")
    expect(phone.get_by_role("link", name="Accusé de réception de la dernière")).to_be_visible()
    expect(phone.get_by_role("link", name="Accusé de réception pour Les")).to_be_visible()
    witness.look(phone)

    # The animator sees who has answered, reads the results and takes them away.
    animator.goto(campaign.get_absolute_url())
    expect(animator.get_by_text("Les Tisserands").first).to_be_visible()
    witness.look(animator)
    animator.get_by_role("link", name="Résultats", exact=True).click()
    screen = animator.content()
    witness.look(animator)
    animator.get_by_role("link", name="Par engagement de la charte").click()
    witness.look(animator)
    workbook = download_workbook(animator, tmp_path)
    witness.look(animator)

    assert (campaign.participations.count(), campaign.responses.count()) == (5, 4)
    assert_all_say_the_same(campaign.slug, screen=screen, workbook=reopened(workbook, tmp_path))
    assert witness.has_nothing_to_say()
