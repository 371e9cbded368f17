"""A resident answers the needs survey on a phone; an animator takes its figures away."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.campaigns.models import Campaign
from surveys.demo.operations import load_demo
from surveys.responses.models import Response
from tests.browsing import PHONE
from tests.journeys.taking_away import (
    READERS,
    assert_all_say_the_same,
    download_workbook,
    reopened,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def survey(site) -> Campaign:
    load_demo(at=timezone.now())
    return Campaign.objects.get(kind=Campaign.Kind.NEEDS_SURVEY)


def answer_first_section(page):
    page.get_by_role("group", name="Depuis combien de temps").get_by_label("Plus de dix").check()
    page.get_by_label("Quel âge avez-vous").fill("trente")
    page.get_by_role("group", name="Sur 10").get_by_label("8", exact=True).check()


@pytest.mark.parametrize("opened_with", READERS)
def test_a_resident_answers_and_the_animator_takes_the_figures_away(
    survey, open_browser, logged_in, witness, tmp_path, opened_with
):
    address = f"/enquete/{survey.slug}/"
    page = open_browser(PHONE)

    # The poster's address opens the survey; nobody asks who is there.
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("De quoi votre quartier")
    witness.look(page)
    page.get_by_label("Votre quartier").select_option(index=3)
    page.get_by_role("button", name="Commencer").click()

    # A number written in letters is refused with a sentence, and nothing is lost.
    witness.look(page)
    answer_first_section(page)
    page.get_by_role("button", name="Rubrique suivante").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Plus de dix ans")).to_be_checked()
    expect(page.get_by_label("Quel âge avez-vous")).to_have_value("trente")
    witness.look(page)
    page.get_by_label("Quel âge avez-vous").fill("30")
    page.get_by_role("button", name="Rubrique suivante").click()

    # The bus comes: save, and go on at home with the private link, on another device.
    witness.look(page)
    page.get_by_label("Se soigner").check()
    page.get_by_role("checkbox", name="Autre", exact=True).check()
    page.get_by_role("textbox", name="Si autre, précisez").fill("Un marché")
    page.get_by_role("button", name="Enregistrer et finir plus tard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos réponses sont enregistrées")
    witness.look(page)
    link = page.get_by_label("Votre lien privé").input_value()
    page.context.close()
    page = open_browser(PHONE)
    page.goto(link)
    expect(page.get_by_text("Se soigner près de chez soi")).to_be_visible()
    expect(page.get_by_text("Un marché")).to_be_visible()
    witness.look(page)

    # Everything is where it was left.
    page.get_by_role("link", name=re.compile("Modifier.*Ce qui manque")).click()
    expect(page.get_by_role("textbox", name="Si autre, précisez")).to_have_value("Un marché")
    page.get_by_label("Si une seule chose").fill("Un banc à l'ombre.")
    page.get_by_role("button", name="Rubrique suivante").click()
    witness.look(page)
    page.get_by_role("group", name="Les associations écoutent").get_by_role("radio").last.check()
    page.get_by_role("button", name="Relire mes réponses").click()
    expect(page.get_by_text("Un banc à l'ombre.")).to_be_visible()
    witness.look(page)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bien reçu")
    witness.look(page)
    assert Response.objects.filter(campaign=survey).count() == 2001

    # Sent again by the button that goes back, it is still one response.
    page.go_back()
    page.goto(f"{address}resume/")
    expect(page.get_by_role("heading", name="Accusé de réception")).to_be_visible()
    assert Response.objects.filter(campaign=survey).count() == 2001

    # The animator reads the results and takes them away.
    page = logged_in("animation@maillage.example")
    page.goto("/campagnes/")
    witness.look(page)
    page.get_by_role("heading", name="De quoi votre quartier").get_by_role("link").click()
    witness.look(page)
    page.get_by_role("link", name="Résultats", exact=True).click()
    witness.look(page)
    screen = page.content()
    page.get_by_role("link", name="Par engagement de la charte").click()
    witness.look(page)
    workbook = download_workbook(page, tmp_path)
    witness.look(page)

    assert "2\u202f001" in screen
    assert_all_say_the_same(survey.slug, screen=screen, workbook=reopened(workbook, tmp_path))
    assert witness.has_nothing_to_say()
