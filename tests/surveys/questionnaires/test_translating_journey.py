"""A translator at work in a real browser, with the keyboard alone, on a laptop and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import publish_questionnaire
from surveys.questionnaires.queries import latest_version
from tests.browsing import LAPTOP, PHONE, accessibility_faults, overflows, sign_in
from tests.people import NOW
from tests.surveys.questionnaires.test_translating import latest

pytestmark = [pytest.mark.browser, pytest.mark.once]

expect.set_options(timeout=20_000)


def looks_right(page: Page) -> None:
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        # Wagtail's own message of success fades in.
        faults = [one for one in accessibility_faults(page) if "['.success']" not in one]
        assert faults == []
        assert not overflows(page)


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _step in range(150):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {selector}")


def test_a_translator_adds_arabic_translates_and_sees_what_is_left(
    site, page, elodie, questionnaire: Questionnaire
):
    sign_in(page.context, elodie, site.url)
    page.goto(site.url + reverse("questionnaire_languages", args=[questionnaire.pk]))
    looks_right(page)

    reach(page, "select[name=language]")
    page.keyboard.type("Arabe")
    reach(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/traductions/ar/")
    looks_right(page)

    reach(page, "#t1")
    page.keyboard.type("احتياجاتكم")
    page.keyboard.press("Tab")
    expect(page.locator("#t2")).to_be_focused()
    page.keyboard.type("الحي")
    reach(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("7 à traduire")).to_be_visible()
    assert page.url.endswith("#t2")
    expect(page.locator("#t2")).to_be_focused()
    expect(page.locator("#t2")).to_have_css("direction", "rtl")
    looks_right(page)

    page.get_by_role("link", name="À traduire (7)").press("Enter")
    page.wait_for_url("**?montrer=manquant")
    expect(page.locator("#t1")).to_have_count(0)
    looks_right(page)

    publish_questionnaire(questionnaire=latest(questionnaire), by=elodie, at=NOW)
    assert latest_version(questionnaire).definition.title["ar"] == "احتياجاتكم"

    page.goto(site.url + reverse("questionnaire_remove_language", args=[questionnaire.pk, "ar"]))
    looks_right(page)
