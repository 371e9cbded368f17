"""An animator opens a campaign with the keyboard; axe finds nothing on any page."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from intranet.network.models import Association
from surveys.campaigns import operations
from surveys.campaigns.models import Campaign
from tests.browsing import accessibility_faults, overflows, sign_in
from tests.surveys.campaigns.conftest import make_associations, make_campaign

pytestmark = [pytest.mark.browser, pytest.mark.once]


def press(page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def reach(page, selector: str) -> None:
    """Go on with the tabulation key until the focus is there."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {selector}.")


def test_an_animator_opens_a_self_assessment_for_chosen_associations_with_the_keyboard(
    site, page, claire, questionnaire
):
    make_associations(3)
    Association.objects.filter(slug="association-02").update(email="")
    sign_in(page.context, claire, site.url)
    page.goto(f"{site.url}/campagnes/nouvelle/")
    assert accessibility_faults(page) == []

    reach(page, "#id_title")
    page.keyboard.type("Notre coopération")
    reach(page, "#id_questionnaire")
    page.keyboard.type("Auto")
    reach(page, "#id_associations_1")
    press(page, "Space")
    reach(page, "#id_message")
    page.keyboard.type("Merci d'en parler ensemble.")
    reach(page, ".actions button")
    press(page, "Enter")

    page.get_by_role("heading", name="La lettre qui partira").wait_for()
    assert "2 associations seront invitées." in page.inner_text("main")
    assert "Merci d'en parler ensemble." in page.inner_text(".letter")
    assert accessibility_faults(page) == []

    reach(page, "button[name=confirmed]")
    press(page, "Enter")

    page.get_by_role("heading", name="Qui a répondu").wait_for()
    assert "La campagne est ouverte. 1 association a été invitée." in page.inner_text("main")
    assert accessibility_faults(page) == []
    campaign = Campaign.objects.get(slug="notre-cooperation")
    assert sorted(campaign.participations.values_list("association__slug", flat=True)) == [
        "association-00",
        "association-02",
    ]
    assert [message.to for message in mail.outbox] == [["a00@example.org"]]


def test_a_needs_survey_hides_what_it_does_not_ask(site, page, claire, questionnaire):
    make_associations(1)
    sign_in(page.context, claire, site.url)
    page.goto(f"{site.url}/campagnes/nouvelle/")

    page.get_by_label("Une enquête de besoins").check()

    assert not page.locator("#associations").is_visible()
    assert not page.locator("#id_message").is_visible()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_axe_finds_nothing_on_the_screens_of_campaigns(
    site, screen, request, claire, aminata, association, questionnaire
):
    browser_page = request.getfixturevalue(screen)
    today = timezone.localdate()
    dates = {"opens_date": today, "closes_date": today + timedelta(days=9), "at": timezone.now()}
    campaign = make_campaign(
        questionnaire, associations=[association, *make_associations(2)], **dates
    )
    operations.mark_submitted(participation=campaign.participations.last(), at=timezone.now())
    sent = make_campaign(questionnaire, "sent", associations=[association], **dates)
    operations.mark_submitted(participation=sent.participations.get(), at=timezone.now())
    make_campaign(questionnaire, "besoins", kind=Campaign.Kind.NEEDS_SURVEY, **dates)
    faults = []

    for person, addresses in (
        (aminata, ["/mon-espace/", "/campagnes/", "/campagnes/bilan-2026/"]),
        (
            claire,
            [
                "/mon-espace/",
                "/campagnes/",
                "/campagnes/bilan-2026/",
                "/campagnes/bilan-2026/inviter/",
                "/campagnes/bilan-2026/associations/",
                "/campagnes/bilan-2026/dernier-jour/",
                "/campagnes/bilan-2026/fermer/",
                "/campagnes/besoins/",
                "/campagnes/besoins/affiche/",
            ],
        ),
    ):
        sign_in(browser_page.context, person, site.url)
        for address in addresses:
            browser_page.goto(site.url + address)
            faults += [f"{address}: {fault}" for fault in accessibility_faults(browser_page)]
            if overflows(browser_page):
                faults.append(f"{address} has to be scrolled sideways")

    assert faults == []


def test_the_poster_fits_on_one_sheet(site, page, claire, questionnaire):
    questionnaire.introduction = "Quelques minutes pour dire ce qui manque dans le quartier. " * 6
    questionnaire.save()
    make_campaign(
        questionnaire,
        "besoins",
        title="De quoi avez-vous besoin, vous et vos proches, dans votre quartier ?",
        kind=Campaign.Kind.NEEDS_SURVEY,
    )
    sign_in(page.context, claire, site.url)
    page.goto(f"{site.url}/campagnes/besoins/affiche/")

    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
