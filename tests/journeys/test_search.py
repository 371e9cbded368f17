"""A visitor and a member search the same word; each finds what they may read."""

import pytest
from playwright.sync_api import Page, expect

from intranet.search.operations import rebuild
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.home.operations import lay_site
from pages.information.models import InformationIndexPage, InformationPage
from pages.news.models import NewsIndexPage, NewsPage
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE
from tests.intranet.search.conftest import paragraph, publish

pytestmark = pytest.mark.browser


@pytest.fixture
def verger(site) -> None:
    lay_site()
    load_people(load_network())
    publish(
        NewsIndexPage.objects.get(),
        NewsPage(title="Le verger est planté", body=[paragraph("Les habitant·e·s y tenaient.")]),
    )
    closed = publish(
        InformationIndexPage.objects.get(),
        InformationPage(title="Le budget du verger", body=[paragraph("Combien il coûte.")]),
    )
    give_circle(page=closed, circle=Circle.MEMBERS)
    rebuild()


def tab_to(page: Page, name: str) -> None:
    """Walk to a field of the page with the keyboard alone."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"The keyboard does not reach {name}.")


def test_a_visitor_and_a_member_search_the_same_word_with_the_keyboard(
    verger, open_browser, logged_in, witness
):
    # A visitor, on a small screen, through the menu.
    visitor = open_browser(PHONE)
    visitor.goto("/")
    visitor.get_by_text("Menu", exact=True).focus()
    visitor.keyboard.press("Enter")
    tab_to(visitor, "q")
    witness.look(visitor)
    visitor.keyboard.type("vergers")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=2, name="5 résultats")).to_be_visible()
    expect(visitor.get_by_role("link", name="Le verger est planté")).to_be_visible()
    expect(visitor.get_by_text("Le budget du verger")).to_have_count(0)
    witness.look(visitor)

    # A mistyped word is understood, and whoever insists is heard.
    visitor.goto("/recherche/?q=habitnat")
    expect(visitor.get_by_text("Résultats pour")).to_be_visible()
    witness.look(visitor)
    visitor.get_by_role("link", name="Chercher exactement").click()
    expect(visitor.get_by_role("heading", level=2)).to_contain_text("Rien n'a été trouvé")
    witness.look(visitor)

    # A member also finds what is the members' and the directory, on a laptop, from the header.
    member = logged_in("animation@maillage.example", LAPTOP)
    tab_to(member, "q")
    member.keyboard.type("verger")
    member.keyboard.press("Enter")
    expect(member.get_by_role("heading", level=2, name="7 résultats")).to_be_visible()
    witness.look(member)
    member.get_by_role("link", name="Pages 1").focus()
    member.keyboard.press("Enter")
    expect(member.get_by_role("heading", level=2, name="1 résultat")).to_be_visible()
    member.get_by_role("link", name="Le budget du verger").focus()
    member.keyboard.press("Enter")
    expect(member.get_by_role("heading", level=1)).to_have_text("Le budget du verger")

    # What means the same is an animator's to say, and serves at once.
    member.goto("/admin/synonyms/new/")
    witness.look(member)
    member.get_by_label("Mots et expressions").fill("plantation\nverger")
    member.get_by_role("button", name="Créer").click()
    member.goto("/recherche/?q=plantations")
    expect(member.get_by_role("heading", level=2, name="7 résultats")).to_be_visible()

    assert witness.has_nothing_to_say()
