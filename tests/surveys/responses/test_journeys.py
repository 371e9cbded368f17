"""A real browser: a resident on a phone, a representative with a keyboard."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from surveys.campaigns.models import Campaign
from surveys.responses.models import Draft, Response
from tests.browsing import accessibility_faults, overflows, sign_in
from tests.letters import send_letters
from tests.surveys.responses.conftest import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def open_now(db):
    def _open(campaign: Campaign) -> Campaign:
        campaign.opens_date = localdate() - timedelta(days=1)
        campaign.closes_date = localdate() + timedelta(days=30)
        campaign.save()
        return campaign

    return _open


def looks_right(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert accessibility_faults(page) == []
    assert not overflows(page)


def test_a_resident_answers_on_an_old_phone(site, phone, survey, association, open_now):
    open_now(survey)
    phone.goto(f"{site.url}/enquete/besoins-2026/")
    looks_right(phone, "De quoi avons-nous besoin\u202f?")

    phone.get_by_label("Votre quartier").select_option(
        label="Les Tilleuls (Valbonne-la-Neuve, QN07501M)"
    )
    phone.get_by_role("button", name="Commencer").tap()
    looks_right(phone, "Le quartier")

    phone.get_by_role("group", name="Que manque-t-il").get_by_label("Sante").check()
    phone.get_by_role("button", name="Rubrique suivante").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Depuis quand vivez-vous ici")
    looks_right(phone, "Le quartier")

    phone.get_by_role("link", name="Depuis quand vivez-vous ici").tap()
    phone.get_by_label("Plus 2").check()
    phone.get_by_role("button", name="Rubrique suivante").tap()

    phone.get_by_role("group", name="Quelle note").get_by_label("10", exact=True).check()
    phone.get_by_label("Quel âge avez-vous").fill("quarante")
    phone.get_by_label("Le quartier en un mot").fill("Vivant")
    phone.get_by_role("button", name="Relire mes réponses").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Écrivez un nombre")
    expect(phone.get_by_label("Quel âge avez-vous")).to_have_value("quarante")
    looks_right(phone, "Vous")

    phone.get_by_label("Quel âge avez-vous").fill("42")
    phone.get_by_role("button", name="Enregistrer et finir plus tard").tap()
    expect(phone.get_by_label("Votre lien privé")).to_have_value(re.compile(r"/reprendre/.+/$"))
    looks_right(phone, "Vos réponses sont enregistrées")

    phone.get_by_role("link", name="Continuer maintenant").tap()
    expect(phone.locator("main")).to_contain_text("10 sur 10")
    looks_right(phone, "Relisez vos réponses")
    phone.get_by_role("button", name="Envoyer").tap()
    phone.wait_for_url("**/envoyee/")

    response = Response.objects.get()
    expect(phone.locator("main")).to_contain_text(response.receipt_code)
    looks_right(phone, "Bien reçu, merci\u202f!")
    assert response.document == {
        "q-anciennete": {"choice": "c-plus_2"},
        "q-besoins": {"choices": ["c-sante"]},
        "q-note": 10,
        "q-age": 42,
        "q-mot": "Vivant",
    }
    assert response.territory == association.territories.get()

    phone.go_back()
    expect(phone.locator("main")).to_contain_text(response.receipt_code)

    phone.get_by_role("button", name="Répondre pour quelqu'un d'autre").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Le quartier")
    expect(phone.get_by_label("Plus 2")).not_to_be_checked()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def reach(page: Page, name: str) -> None:
    """Press Tab until the focus is on the button or link of that name."""
    for _ in range(60):
        press(page, "Tab")
        if name in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


def test_a_representative_fills_leaves_returns_and_sends_with_the_keyboard(
    site, page, assessment, participation, version, aminata, open_now
):
    open_now(assessment)
    sign_in(page.context, aminata, site.url)
    start = f"{site.url}/campagnes/autoevaluation-2026/repondre/les-tisserands/"
    page.goto(start)
    looks_right(page, "Autoévaluation 2026")

    reach(page, "Commencer")
    press(page, "Enter")
    page.wait_for_url("**/rubrique/1/")
    page.locator("#id_q-anciennete_0").focus()
    # The arrow keys go through the radios; then Tab, to the first box.
    press(page, "ArrowDown", "Tab", "Tab", "Space")
    looks_right(page, "Le quartier")
    reach(page, "Enregistrer et finir plus tard")
    press(page, "Enter")

    page.wait_for_url(start)
    expect(page.locator("main")).to_contain_text("Vos réponses sont enregistrées.")
    expect(page.locator("main")).to_contain_text("Enregistré en dernier par Aminata")
    assert Draft.objects.get().document == {
        "q-anciennete": {"choice": "c-plus_2"},
        "q-besoins": {"choices": ["c-sante"]},
    }
    looks_right(page, "Autoévaluation 2026")

    reach(page, "Continuer")
    press(page, "Enter")
    page.wait_for_url("**/rubrique/2/")
    page.get_by_label("Le quartier en un mot").focus()
    page.keyboard.type("Solidaire")
    # Enter in a text sends the form as its first button does.
    press(page, "Enter")

    page.wait_for_url("**/resume/")
    expect(page.locator("main")).to_contain_text("Solidaire")
    looks_right(page, "Relisez vos réponses")
    reach(page, "Envoyer")
    press(page, "Enter")

    page.wait_for_url("**/envoyee/")
    expect(page.locator("main")).to_contain_text(Response.objects.get().receipt_code)
    looks_right(page, "Bien reçu, merci\u202f!")


def test_a_contributor_says_that_it_is_ready_and_the_representative_sends(
    site, browser, browser_context_args, phone, assessment, association_draft, aminata, benoit,
    open_now, mailoutbox,
):  # fmt: skip
    open_now(assessment)
    Draft.objects.update(document=ANSWERS)
    summary = f"{site.url}/campagnes/autoevaluation-2026/repondre/les-tisserands/resume/"

    sign_in(phone.context, benoit, site.url)
    phone.goto(summary)
    looks_right(phone, "Relisez vos réponses")
    expect(phone.get_by_text("Aminata valide la réponse et l'envoie")).to_be_visible()
    expect(phone.get_by_role("button", name="Envoyer")).to_have_count(0)
    reach(phone, "Prévenir qu'elle est prête")
    press(phone, "Enter")
    expect(
        phone.get_by_text("Un courriel part pour dire que la réponse est prête.")
    ).to_be_visible()
    looks_right(phone, "Relisez vos réponses")
    assert Draft.objects.get().document == ANSWERS

    send_letters(at=timezone.now())
    [letter] = [letter for letter in mailoutbox if letter.to == [aminata.email]]
    address = re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)
    page = browser.new_context(**browser_context_args).new_page()
    sign_in(page.context, aminata, site.url)
    page.goto(f"{site.url}{address}")
    looks_right(page, "Relisez vos réponses")
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url("**/envoyee/")
    page.context.close()

    # Whoever filled it in finds what was sent.
    phone.goto(summary)
    expect(phone.locator("main")).to_contain_text(Response.objects.get().receipt_code)
    looks_right(phone, "Bien reçu, merci\u202f!")
