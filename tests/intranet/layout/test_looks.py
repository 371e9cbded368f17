"""Every piece of the house, in a real browser: small and wide, light and dark, on paper."""

import pytest
from playwright.sync_api import Page

from tests.browsing import LAPTOP, PHONE, accessibility_faults, overflows

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def console(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("query", ["", "?errors=1"], ids=["fresh", "refused"])
def test_every_piece_is_readable_by_everybody(
    stylesheet, site, page: Page, console, scheme, size, query
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)

    page.goto(site.url + stylesheet + query)

    assert accessibility_faults(page) == []
    assert not overflows(page)
    assert [said for said in console if "cannot be parsed" not in said] == []


def test_the_menu_of_a_telephone_opens_without_javascript(stylesheet, site, browser, aminata):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + stylesheet)

    page.get_by_text("Menu", exact=True).click()

    assert page.locator(".site-menu").get_by_role("link", name="Se connecter").is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_first(stylesheet, site, page: Page):
    page.goto(site.url + stylesheet)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Aller au contenu"
    skip.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_an_error_leads_to_its_field(stylesheet, site, page: Page):
    page.goto(site.url + stylesheet + "?errors=1")
    assert page.evaluate("document.activeElement.className") == "error-summary"

    page.locator(".error-summary a", has_text="Nous préparons").click()

    assert page.evaluate("document.activeElement.id") == "id_degree_0"


def test_what_is_pressed_is_large_enough_for_a_thumb(stylesheet, site, page: Page):
    page.set_viewport_size(PHONE)
    page.goto(site.url + stylesheet)

    heights = page.locator("main .choices label, main .button, main input[type=text]").evaluate_all(
        "elements => elements.map(element => element.getBoundingClientRect().height)"
    )

    assert heights
    assert min(heights) >= 44


def test_paper_shows_what_is_read_and_not_what_is_clicked(stylesheet, site, page: Page):
    page.emulate_media(media="print")
    page.goto(site.url + stylesheet)

    assert page.locator("main .table").is_visible()
    assert not page.locator(".site-header__wide").is_visible()
    assert not page.locator(".site-menu").is_visible()
    assert not page.locator("main .button").first.is_visible()
