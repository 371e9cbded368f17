"""Somebody answers a question of every kind, with the keyboard alone, up to the receipt."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from intranet.network.models import Territory
from surveys.campaigns.models import Campaign
from surveys.questionnaires.models import Questionnaire
from surveys.responses.models import Response
from tests.browsing import LAPTOP, PHONE
from tests.surveys.every_kind import ANSWERS, EVERY_KIND
from tests.surveys.responses.conftest import make_version

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Where the browser says that somebody stands: finer than the page may tell.
HERE = {"latitude": 48.85661, "longitude": 2.35222}
EXPECTED = ANSWERS | {"q-lieu": {"label": "Devant l'école", "latitude": 48.857, "longitude": 2.352}}


@pytest.fixture
def survey(site) -> Campaign:
    questionnaire = Questionnaire.objects.create(title="De tout", slug="de-tout")
    make_version(questionnaire, EVERY_KIND)
    Territory.objects.create(code="QN07501M", name="Les Tilleuls", commune="Valbonne-la-Neuve")
    Territory.objects.bulk_create(
        Territory(code=f"QN0{number}02M", name="Centre Ville", commune=f"Saint-Élo {number}")
        for number in range(10, 40)
    )
    return Campaign.objects.create(
        slug="de-tout",
        title="De tout",
        kind=Campaign.Kind.NEEDS_SURVEY,
        questionnaire=questionnaire,
        opens_date=date(2026, 1, 1),
        closes_date=date(2099, 1, 1),
        threshold=5,
    )


class Keyboard:
    """A person without a mouse: what they use is reached by Tab, from where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, control: Locator) -> None:
        for _step in range(120):
            if control.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {control}")

    def write(self, control: Locator, text: str) -> None:
        self.reach(control)
        self.page.keyboard.insert_text(text)

    def press(self, control: Locator, key: str = "Enter") -> None:
        self.reach(control)
        self.page.keyboard.press(key)

    def pick(self, group: Locator, at: int) -> None:
        """The radio of a group, by the arrows: Space takes the first."""
        radios = group.get_by_role("radio")
        self.press(radios.first, "Space")
        for _step in range(at):
            self.page.keyboard.press("ArrowDown")
        expect(radios.nth(at)).to_be_checked()

    def tick(self, group: Locator, *labels: str) -> None:
        for label in labels:
            self.press(group.get_by_role("checkbox", name=label), "Space")


def answer_by_choosing(page: Page, keyboard: Keyboard) -> None:
    def group(name: str) -> Locator:
        return page.get_by_role("group", name=name)

    keyboard.pick(group("Que manque-t-il le plus"), 0)
    keyboard.reach(page.get_by_label("Et ensuite"))
    page.keyboard.type("Autre")
    keyboard.write(page.get_by_label("Si autre, précisez").first, "Un four")
    keyboard.tick(group("Que voudriez-vous aussi"), "Un jardin", "Autre")
    keyboard.write(page.get_by_label("Si autre, précisez").last, "Une école")
    keyboard.pick(group("Avez-vous renoncé"), 2)
    keyboard.pick(group("Les associations écoutent"), 2)
    keyboard.pick(group("Recommanderiez-vous"), 9)
    rank(page, keyboard, group("Classez ces envies"))
    best = group("Les deux premières")
    keyboard.press(best.get_by_role("button", name="Monter : Un marche"))
    keyboard.press(best.get_by_role("button", name="Monter : Un banc"))
    for row, at in [("Le matin", 0), ("Le midi", 2), ("Le soir", 1)]:
        keyboard.pick(page.get_by_role("radiogroup", name=row), at)
    keyboard.tick(group("Avec qui").get_by_role("group", name="Le soir"), "Seul", "Entre amis")


def rank(page: Page, keyboard: Keyboard, ranking: Locator) -> None:
    """By the buttons, which say aloud what they did; the focus stays on the one pressed."""
    said = ranking.get_by_role("status")
    for number, label in enumerate(["Un jardin", "Un banc", "Un bus", "Un marche"], start=1):
        button = ranking.get_by_role("button", name=f"Monter : {label}")
        keyboard.press(button)
        expect(said).to_contain_text(f"rang {number} sur 4")
    up = ranking.get_by_role("button", name="Monter : Un bus")
    keyboard.press(up)
    expect(up).to_be_focused()
    expect(said).to_contain_text("rang 2 sur 4")
    expect(ranking.get_by_role("listitem").nth(1)).to_contain_text("Un bus")


def answer_by_writing(page: Page, keyboard: Keyboard, witness) -> None:
    keyboard.write(page.get_by_label("Quel âge"), "42")
    keyboard.write(page.get_by_label("À quelle distance"), "1 234,5")
    keyboard.write(page.get_by_label("Le quartier en un mot"), "Vivant")
    keyboard.write(page.get_by_label("Que souhaitez-vous"), "Un banc.\nDe l'ombre.")
    keyboard.write(page.get_by_label("Votre adresse électronique"), "aminata@exemple.fr")
    keyboard.write(page.get_by_label("Votre téléphone"), "06 12 34 56 78")
    born = page.get_by_role("group", name="Votre date de naissance")
    for part, text in [("Jour", "1"), ("Mois", "5"), ("Année", "1984")]:
        keyboard.write(born.get_by_label(part), text)
    keyboard.write(page.get_by_label("Heure", exact=True), "18")
    keyboard.write(page.get_by_label("Minutes"), "30")
    where = page.get_by_role("group", name="Dans quel quartier")
    keyboard.write(where.get_by_label("Une partie de son nom"), "tilleul")
    expect(where.get_by_role("status")).to_contain_text("1 quartier trouvé")
    witness.look(page)
    keyboard.press(where.get_by_role("radio", name="Les Tilleuls"), "Space")
    place = page.get_by_role("group", name="Où faudrait-il un banc")
    keyboard.write(place.get_by_label("Adresse"), "Devant l'école")
    keyboard.press(place.get_by_role("button", name="Utiliser ma position"))
    expect(place.get_by_label("Latitude")).to_have_value("48.857")
    keyboard.pick(page.get_by_role("radiogroup", name="Les rues sont propres"), 1)
    keyboard.pick(page.get_by_role("radiogroup", name="Les nuits sont calmes"), 3)


@pytest.mark.parametrize("screen", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_kind_of_question_is_answered_by_keyboard(survey, open_browser, witness, screen):
    page = open_browser(screen)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)
    keyboard = Keyboard(page)
    page.goto("/enquete/de-tout/")
    keyboard.press(page.get_by_role("button", name="Commencer"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Choisir")
    witness.look(page)
    answer_by_choosing(page, keyboard)
    witness.look(page)
    keyboard.press(page.get_by_role("button", name="Rubrique suivante"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Écrire")
    answer_by_writing(page, keyboard, witness)
    witness.look(page)
    keyboard.press(page.get_by_role("button", name="Relire mes réponses"))

    expect(page.get_by_text("1. Un jardin")).to_be_visible()
    witness.look(page)
    keyboard.press(page.get_by_role("button", name="Envoyer"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bien reçu")
    witness.look(page)
    assert Response.objects.get().document == EXPECTED
    assert witness.has_nothing_to_say()


def test_what_is_missing_or_wrong_leads_to_where_it_is(survey, open_browser, witness):
    page = open_browser(PHONE)
    keyboard = Keyboard(page)
    page.goto("/enquete/de-tout/")
    page.get_by_role("button", name="Commencer").click()

    keyboard.pick(page.get_by_role("radiogroup", name="Le matin"), 0)
    keyboard.press(page.get_by_role("button", name="Rubrique suivante"))

    refusal = page.get_by_role("alert").get_by_role("link", name="Sortez-vous")
    expect(refusal).to_contain_text("Le midi · Le soir")
    keyboard.press(refusal)
    noon = page.get_by_role("radiogroup", name="Le midi").get_by_role("radio")
    expect(noon.first).to_be_focused()
    expect(page.get_by_role("radiogroup", name="Le matin").get_by_label("Jamais")).to_be_checked()
    witness.look(page)
    assert witness.has_nothing_to_say()


def test_rankings_matrices_and_territories_are_answered_without_javascript(
    survey, browser, browser_context_args, site
):
    context = browser.new_context(
        **{**browser_context_args, "viewport": PHONE, "java_script_enabled": False}
    )
    page = context.new_page()
    page.goto(f"{site.url}/enquete/de-tout/")
    page.get_by_role("button", name="Commencer").click()

    ranking = page.get_by_role("group", name="Classez ces envies")
    for rank_given, label in enumerate(["Un jardin", "Un bus", "Un banc", "Un marche"], start=1):
        ranking.get_by_role("combobox", name=f"Rang de {label}").select_option(str(rank_given))
    expect(ranking.get_by_role("button")).to_have_count(0)
    for row in ("Le matin", "Le midi", "Le soir"):
        page.get_by_role("radiogroup", name=row).get_by_label("Parfois").check()
    page.get_by_role("button", name="Rubrique suivante").click()
    where = page.get_by_role("group", name="Dans quel quartier")
    where.get_by_label("Une partie de son nom").fill("saint elo")
    page.get_by_role("radiogroup", name="Les rues sont propres").get_by_label("Plutot pas").check()
    page.get_by_role("button", name="Relire mes réponses").click()
    expect(page.get_by_role("alert")).to_contain_text("Plusieurs quartiers répondent")
    where.get_by_label("Saint-Élo 12").check()
    page.get_by_role("button", name="Relire mes réponses").click()
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Bien reçu")
    assert Response.objects.get().document == {
        "q-ordre": {"ranking": ["c-un_jardin", "c-un_bus", "c-un_banc", "c-un_marche"]},
        "q-semaine": {"rows": dict.fromkeys(["r-matin", "r-midi", "r-soir"], "c-parfois")},
        "q-propre": {"choice": "c-plutot_pas"},
        "q-quartier": "QN01202M",
    }
    context.close()
