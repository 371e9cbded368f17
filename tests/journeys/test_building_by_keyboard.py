"""An editor builds a questionnaire without a mouse: 20 questions, 3 sections, 2 languages.

Nothing is clicked and nothing is filled in but by pressing keys. The film of the last run is
`var/films/<database>/building-by-keyboard/film.html`: open it in a browser.
"""

import re
from typing import NamedTuple

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from surveys.questionnaires.admin import viewset
from surveys.questionnaires.definition import Question
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import latest_version
from tests.browsing import LAPTOP, sign_in
from tests.journeys.conftest import Witness
from tests.journeys.filming import Film

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.timeout(600)]

# As many controls as one may have to pass to come to the next one wanted.
FAR = 100
IS_SEEN = """() => {
    const focused = document.activeElement;
    const { left, top, width, height } = focused.getBoundingClientRect();
    return [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].some(([x, y]) =>
        focused.contains(document.elementFromPoint(left + x * width, top + y * height)));
}"""
ACCENTED = re.compile("[^ -~]")


class Asked(NamedTuple):
    kind: str
    picked: str
    french: str
    english: str
    choices: tuple[tuple[str, str], ...] = ()
    condition: tuple[str, ...] = ()


SECTIONS = {
    ("Votre quartier", "Your neighbourhood"): [
        Asked(
            "single",
            "Choix unique",
            "Dans quel quartier habitez-vous ?",
            "Which neighbourhood do you live in?",
            (
                ("Les Tilleuls", "The Lime Trees"),
                ("La Butte", "The Hill"),
                ("Ailleurs", "Elsewhere"),
            ),
        ),
        Asked(
            "text",
            "Texte court",
            "Dans quelle commune ?",
            "In which town?",
            condition=("Dans quel quartier habitez-vous ?", "est", "Ailleurs"),
        ),
        Asked("date", "Date", "Depuis quand y habitez-vous ?", "Since when?"),
        Asked("rating", "Note de 0 à 10", "Quelle note lui donnez-vous ?", "How do you rate it?"),
        Asked("boolean", "Oui ou non", "Y sortez-vous le soir ?", "Do you go out at night?"),
        Asked("scale", "Échelle", "On s'y sent bien.", "It feels good to live there."),
        Asked("long_text", "Texte long", "Que faut-il y changer ?", "What should change there?"),
    ],
    ("Vos besoins", "Your needs"): [
        Asked(
            "multiple",
            "Choix multiple",
            "De quoi manquez-vous ?",
            "What do you lack?",
            (("Un marché", "A market"), ("Un médecin", "A doctor"), ("Un bus", "A bus")),
        ),
        Asked(
            "long_text",
            "Texte long",
            "Quel jour pour le marché ?",
            "Which day for the market?",
            condition=("De quoi manquez-vous ?", "contient", "Un marché"),
        ),
        Asked(
            "ranking",
            "Classement",
            "Dans quel ordre agir ?",
            "In which order should we act?",
            (("Le logement", "Housing"), ("La santé", "Health")),
        ),
        Asked("integer", "Nombre entier", "Combien d'enfants ?", "How many children?"),
        Asked(
            "text",
            "Texte court",
            "Leur école ?",
            "Which school?",
            condition=("Combien d'enfants ?", "est supérieur à", "0"),
        ),
        Asked("decimal", "Nombre à virgule", "Combien de kilomètres par jour ?", "How many km?"),
        Asked("time", "Heure", "À quelle heure partez-vous ?", "When do you leave?"),
    ],
    ("Vous", "You"): [
        Asked("integer", "Nombre entier", "Quel est votre âge ?", "How old are you?"),
        Asked("boolean", "Oui ou non", "Êtes-vous bénévole ?", "Are you a volunteer?"),
        Asked("text", "Texte court", "Votre prénom ?", "Your first name?"),
        Asked("email", "Adresse électronique", "Votre adresse ?", "Your e-mail address?"),
        Asked("phone", "Numéro de téléphone", "Votre téléphone ?", "Your telephone number?"),
        Asked("long_text", "Texte long", "Un dernier mot ?", "A last word?"),
    ],
}


TITLE = "Enquête de besoins 2026"
ENGLISH = {
    TITLE: "Survey of needs 2026",
    **dict(SECTIONS.keys()),
    **{one.french: one.english for questions in SECTIONS.values() for one in questions},
    **{
        french: english
        for questions in SECTIONS.values()
        for one in questions
        for french, english in one.choices
    },
}


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Go from one control to the next until this one has the focus."""
        expect(wanted).to_be_attached()
        for _control in range(FAR):
            if wanted.evaluate("element => element === document.activeElement"):
                self.page.wait_for_function(IS_SEEN)
                return
            self.press(key)
        pytest.fail(f"the keyboard does not reach {wanted}")

    def choose(self, choices: Locator, wanted: str) -> None:
        """Type the beginning of a line of the list that has the focus.

        Playwright has no key for "é": what it would do instead goes to a field, not to a list.
        """
        self.type(ACCENTED.split(wanted)[0])
        expect(choices.locator("option:checked")).to_have_text(wanted)

    def activate(self, wanted: Locator, key: str = "Tab") -> None:
        self.reach(wanted, key)
        self.press("Enter")


class Builder:
    """The questionnaire's editor, as somebody goes through it from top to bottom."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keyboard = Keyboard(page)

    def questions(self, section: int) -> Locator:
        count = self.page.locator(f"[name=sections-{section}-value-questions-count]")
        return count.locator("xpath=..")

    def add_section(self, number: int, title: str) -> None:
        sections = self.page.locator("[name=sections-count]").locator("xpath=..")
        self.keyboard.activate(sections.locator("> div > button, > div > div > button").last)
        expect(self.page.locator(f"#sections-{number}-value-title")).to_be_focused()
        self.keyboard.type(title)

    def add_question(self, section: int, number: int, asked: Asked) -> None:
        questions = self.questions(section)
        self.keyboard.activate(questions.get_by_role("button", name="Insérer un bloc").last)
        self.keyboard.reach(self.page.get_by_role("combobox", name="Options de recherche"))
        self.keyboard.type(asked.picked)
        found = self.page.get_by_role("listbox", name="Options de recherche").get_by_role("option")
        expect(found.first).to_have_text(asked.picked)
        self.keyboard.press("Enter")
        label = self.page.locator(f"#sections-{section}-value-questions-{number}-value-label")
        expect(label).to_be_focused()
        self.keyboard.type(asked.french)
        question = questions.locator("> div > [data-streamfield-child]").nth(number)
        self.write_choices(question, [choice for choice, _ in asked.choices])
        if asked.condition:
            self.pick_condition(question, *asked.condition)

    def write_choices(self, question: Locator, choices: list[str]) -> None:
        """The second line is there already: from then on, Enter begins the next one."""
        for number, choice in enumerate(choices, start=1):
            if number > 2:
                self.keyboard.press("Enter")
            self.keyboard.reach(question.get_by_label(f"Choix {number}", exact=True))
            self.keyboard.type(choice)

    def pick_condition(self, question: Locator, about: str, comparison: str, value: str) -> None:
        self.keyboard.activate(question.get_by_role("button", name="Réglages"))
        condition = question.locator("[data-setting=condition]")
        self.keyboard.activate(condition.get_by_role("button", name="Choisir les conditions"))
        for name, wanted in [("Question", about), ("Comparaison", comparison), ("Valeur", value)]:
            control = condition.get_by_label(name, exact=True)
            self.keyboard.reach(control)
            if control.evaluate("element => element.matches('select')"):
                self.keyboard.choose(control, wanted)
            else:
                self.keyboard.type(wanted)


def translate(page: Page, witness: Witness) -> None:
    """From the editor, by its menu, to the translator's page, and through it."""
    keyboard = Keyboard(page)
    keyboard.activate(page.get_by_role("button", name="Actions", exact=True))
    keyboard.activate(page.get_by_role("link", name="Traduire", exact=True))
    page.wait_for_url("**/traductions/")
    language = page.get_by_role("combobox", name="Langue")
    keyboard.reach(language)
    keyboard.choose(language, "Anglais – English")
    keyboard.activate(page.get_by_role("button", name="Ajouter cette langue"))
    page.wait_for_url("**/traductions/en/")
    # The points of the scale are translated already.
    for line in page.locator(".translation__line").filter(has_text="À traduire").all():
        keyboard.reach(line.get_by_role("textbox"))
        keyboard.type(ENGLISH[line.locator(".translation__text").inner_text()])
    witness.look(page)
    keyboard.activate(page.get_by_role("button", name="Enregistrer les traductions"))
    expect(page.get_by_text("100 % traduit")).to_be_visible()


def publish(page: Page) -> None:
    keyboard = Keyboard(page)
    # What is at the end of the page is near its beginning, the other way round.
    keyboard.activate(page.get_by_role("button", name="Plus d'actions"), "Shift+Tab")
    keyboard.activate(page.get_by_role("button", name="Publier", exact=True))
    expect(page.get_by_text(f"« {TITLE} » est publié : version 1.")).to_be_visible()


def test_a_questionnaire_is_built_translated_and_published_with_the_keyboard_alone(
    site, open_browser, witness, elodie
):
    page = open_browser(LAPTOP)
    sign_in(page.context, elodie, site.url)
    film = Film(page, "building-by-keyboard")
    keyboard, builder = Keyboard(page), Builder(page)

    page.goto(reverse(viewset.get_url_name("list")))
    keyboard.activate(page.get_by_role("link", name="Nouveau questionnaire"))
    page.wait_for_url("**/add/")
    keyboard.reach(page.locator("#id_title"))
    keyboard.type(TITLE)
    for section, ((title, _), questions) in enumerate(SECTIONS.items()):
        builder.add_section(section, title)
        for number, asked in enumerate(questions):
            builder.add_question(section, number, asked)
    witness.look(page)
    keyboard.activate(page.get_by_role("button", name="Enregistrer le brouillon"))
    page.wait_for_url("**/edit/**")
    translate(page, witness)
    keyboard.activate(page.get_by_role("button", name="fil d'Ariane"), "Shift+Tab")
    keyboard.activate(page.get_by_role("link", name=TITLE))
    page.wait_for_url("**/edit/**")
    witness.look(page)
    publish(page)
    film.end()

    definition = latest_version(Questionnaire.objects.get()).definition
    assert definition.languages == ("fr", "en")
    assert definition.title == {"fr": TITLE, "en": ENGLISH[TITLE]}
    assert [
        ((section.title["fr"], section.title["en"]), [told(one) for one in section.questions])
        for section in definition.sections
    ] == [
        (titles, [(one.kind, one.french, one.english, one.choices) for one in questions])
        for titles, questions in SECTIONS.items()
    ]
    assert [(one.label["fr"], one.condition) for one in definition.questions if one.condition] == [
        ("Dans quelle commune ?", "${dans_quel_quartier_habitez} = 'ailleurs'"),
        ("Quel jour pour le marché ?", "selected(${de_quoi_manquez_vous}, 'un_marche')"),
        ("Leur école ?", "${combien_d_enfants} > 0"),
    ]
    assert witness.has_nothing_to_say()


def told(question: Question) -> tuple:
    choices = () if question.kind == "scale" else question.choices
    labels = tuple((choice.label["fr"], choice.label["en"]) for choice in choices)
    return question.kind, question.label["fr"], question.label["en"], labels
