"""The pages of answers follow the person who types, as the server does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given, settings
from playwright.sync_api import Page, expect

from surveys.questionnaires.definition import Definition, Question, Row, Section
from surveys.questionnaires.flow import follow
from surveys.responses.live import live_questions
from surveys.responses.models import Draft
from tests.browsing import accessibility_faults, overflows
from tests.surveys.questionnaires.expressions.browser import STATIC
from tests.surveys.questionnaires.test_flow import questionnaires_and_answers
from tests.surveys.responses.conftest import choices, make_version, question
from tests.surveys.responses.test_conditions import CONDITIONAL

DAY = localdate()


# -- What a page is told -----------------------------------------------------------------


def test_a_page_on_which_nothing_changes_is_told_nothing():
    assert live_questions(CONDITIONAL, CONDITIONAL.sections[2], {}, on=DAY) is None


def test_a_page_is_told_of_other_pages_only_what_decides_on_its_questions():
    document = {"q-enfants": True, "q-combien": 3, "q-mot": "Privé"}

    said = live_questions(CONDITIONAL, CONDITIONAL.sections[1], document, on=DAY)

    assert [(step["code"], step["isOnPage"]) for step in said["steps"]] == [
        ("enfants", False),
        ("combien", False),
        ("mode", True),
        ("cantine", True),
    ]
    assert said["steps"][1]["names"] == [
        {"name": "combien", "row": "", "isOther": False, "value": 3.0}
    ]
    assert said["groups"] == {"garde": ["mode"]}
    assert "Privé" not in str(said)


# -- In a browser ------------------------------------------------------------------------

POINTS = choices("1", "2", "3")
ROWS = (Row("r-a", "accueil", {"fr": "L'accueil"}), Row("r-b", "horaires", {"fr": "Les horaires"}))

ASKED = (
    question("un", "single", "Un ?", choices=choices("ici", "loin"), has_other=True),
    question("liste", "single", "Liste ?", choices=choices("ici", "loin"), appearance="minimal"),
    question("plusieurs", "multiple", "Plusieurs ?", choices=choices("a", "b"), has_other=True),
    question("oui", "boolean", "Oui ?"),
    question("echelle", "scale", "Échelle ?", choices=POINTS, may_decline=True),
    question("note", "rating", "Note ?"),
    question("rang", "ranking", "Rang ?", choices=choices("x", "y")),
    question("avis", "matrix", "Avis ?", choices=POINTS, rows=ROWS),
    question("cases", "matrix", "Cases ?", choices=POINTS, rows=ROWS, several=True),
    question("entier", "integer", "Entier ?"),
    question("prix", "decimal", "Prix ?", unit={"fr": "euros"}),
    question("texte", "text", "Texte ?", may_decline=True),
    question("long", "long_text", "Long ?"),
    question("mail", "email", "Adresse ?"),
    question("jour", "date", "Jour ?"),
    question("heure", "time", "Heure ?"),
    question("lieu", "place", "Lieu ?"),
)
PARTS = ("un_other", "plusieurs_other", "avis/accueil", "cases/horaires")
SEEN = [*(one.code for one in ASKED), *PARTS]


def seen(name: str) -> str:
    return f"concat('[', ${{{name}}}, ']')"


EVERY_KIND = Definition(
    title={"fr": "Tout"},
    sections=(
        Section(
            id="s",
            title={"fr": "Tout"},
            questions=(
                *ASKED,
                *(
                    question(f"vu{number}", "computed", name, calculation=seen(name))
                    for number, name in enumerate(SEEN)
                ),
            ),
        ),
    ),
)
DOCUMENTS = [
    {},
    {
        "q-un": {"choice": "c-loin"},
        "q-liste": {"choice": "c-ici"},
        "q-plusieurs": {"choices": ["c-a", "c-b"]},
        "q-oui": True,
        "q-echelle": {"choice": "c-2"},
        "q-note": 7,
        "q-rang": {"ranking": ["c-y", "c-x"]},
        "q-avis": {"rows": {"r-a": "c-1", "r-b": "c-3"}},
        "q-cases": {"rows": {"r-b": ["c-1", "c-3"]}},
        "q-entier": 1200,
        "q-prix": 12.5,
        "q-texte": 'L\'été, "déjà"',
        "q-long": "Deux\nlignes",
        "q-mail": "a@exemple.org",
        "q-jour": "2026-03-09",
        "q-heure": "08:05",
        "q-lieu": {"label": "La gare"},
    },
    {
        "q-un": {"choice": "other", "other": "Entre deux"},
        "q-plusieurs": {"choices": ["c-b", "other"], "other": "Autre chose"},
        "q-oui": False,
        "q-echelle": {"declined": True},
        "q-note": 0,
        "q-rang": {"ranking": ["c-x", "c-y"]},
        "q-avis": {"rows": {"r-b": "c-2"}},
        "q-entier": -3,
        "q-prix": 0.000001,
        "q-texte": {"declined": True},
    },
]


@pytest.fixture
def ask(survey, version):
    """Open the first page of a questionnaire on a draft that holds a document."""

    def _ask(page: Page, url: str, definition: Definition, document: dict, number: int = 1) -> Page:
        published = make_version(survey.questionnaire, definition)
        survey.opens_date = localdate() - timedelta(days=1)
        survey.closes_date = localdate() + timedelta(days=30)
        survey.save()
        page.goto(f"{url}/enquete/besoins-2026/")
        page.get_by_role("button", name="Commencer").click()
        Draft.objects.update(version=published, document=document)
        page.goto(f"{url}/enquete/besoins-2026/rubrique/{number}/")
        return page

    return _ask


@pytest.mark.once
@pytest.mark.browser
@pytest.mark.parametrize("document", DOCUMENTS, ids=["nothing", "everything", "other and declined"])
def test_the_page_reads_every_kind_of_answer_as_the_server_does(site, page, ask, document):
    on_server = follow(EVERY_KIND, document, on=DAY).document

    ask(page, site.url, EVERY_KIND, document)

    page.evaluate("document.querySelectorAll('output').forEach(one => { one.textContent = '' })")
    page.evaluate("document.querySelector('main form').dispatchEvent(new Event('input'))")
    for number, name in enumerate(SEEN):
        told = page.locator(f"[data-question=vu{number}] output").text_content()
        assert (name, told) == (name, on_server[f"q-vu{number}"])


# A page of bare inputs, one a question, on which the script begins anew for each case.
BARE_PAGES = """
([cases, expressions, live]) => {
  new Function(expressions)();
  return cases.map(({said, fields}) => {
    const field = ({code, value}) => value === null
      ? `<div data-question="${code}"><output></output></div>`
      : `<div data-question="${code}"><input name="q-${code}" value="${value}"></div>`;
    document.body.innerHTML = `<form>${fields.map(field).join("")}<p data-live></p></form>`;
    const data = document.createElement("script");
    data.type = "application/json";
    data.id = "live-questions";
    data.textContent = JSON.stringify(said);
    document.body.append(data);
    new Function(live)();
    return [...document.querySelectorAll("[data-question]:not([hidden])")].map(
      (one) => [one.dataset.question, one.querySelector("output") ? one.textContent : ""]);
  });
}
"""


def as_typed(asked: Question, answer: object) -> str | None:
    if asked.kind == "computed":
        return None
    if isinstance(answer, bool):
        return str(answer).lower()
    return str(answer.get("choice") if isinstance(answer, dict) else answer)


def shown_by_server(definition: Definition, document: dict) -> list[list[str]]:
    flow = follow(definition, document, on=DAY)
    return [
        [one.code, str(flow.document.get(one.id, "–")) if one.kind == "computed" else ""]
        for one in definition.questions
        if flow.is_shown(one)
    ]


@pytest.mark.once
@pytest.mark.browser
def test_the_browser_follows_any_questionnaire_as_the_server_does(page):
    drawn = []

    @settings(max_examples=300, deadline=None, database=None)
    @given(questionnaires_and_answers())
    def draw(pair):
        drawn.append(pair)

    draw()
    told = [
        {
            "said": live_questions(definition, definition.sections[0], document, on=DAY),
            "fields": [
                {"code": one.code, "value": as_typed(one, document.get(one.id, ""))}
                for one in definition.questions
            ],
        }
        for definition, document in drawn
    ]
    dynamic = [number for number, case in enumerate(told) if case["said"]]
    scripts = [(STATIC / name).read_text() for name in ("expressions.js", "live.js")]

    page.goto("about:blank")
    found = page.evaluate(BARE_PAGES, [[told[number] for number in dynamic], *scripts])

    assert len(dynamic) > 100
    assert found == [shown_by_server(*drawn[number]) for number in dynamic]


def press_tab_away(page: Page) -> None:
    page.keyboard.press("Tab")


@pytest.mark.once
@pytest.mark.browser
def test_questions_appear_and_go_as_somebody_answers_without_moving_the_focus(site, page, ask):
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    ask(page, site.url, CONDITIONAL, {})
    children = page.get_by_role("group", name="Avez-vous des enfants")
    how_many = page.get_by_label("Combien")
    expect(how_many).to_be_hidden()

    children.get_by_label("Oui").check()
    expect(how_many).to_be_visible()
    expect(page.locator("[data-live]")).to_have_text("Nouvelle question\u202f: Combien ?")
    assert page.evaluate("document.activeElement.value") == "true"
    assert accessibility_faults(page) == []

    how_many.fill("25")
    expect(page.locator("output")).to_have_text("13,5\u00a0parts")
    expect(page.get_by_text("Entre 1 et 19.").first).to_be_hidden()
    press_tab_away(page)
    message = page.locator("[data-check]:not([hidden])")
    expect(message).to_have_text("Entre 1 et 19.")
    described = how_many.get_attribute("aria-describedby")
    assert message.get_attribute("id") in described.split()
    assert accessibility_faults(page) == []

    how_many.fill("2")
    expect(message).to_have_count(0)
    children.get_by_label("Non", exact=True).check()
    expect(how_many).to_be_hidden()
    expect(page.locator("output")).to_have_text("1\u00a0parts")

    children.get_by_label("Oui").check()
    expect(how_many).to_have_value("2")
    page.get_by_role("button", name="Rubrique suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les enfants")
    assert faults == []


@pytest.mark.once
@pytest.mark.browser
def test_other_pages_decide_on_this_one_and_groups_go_with_their_questions(site, page, ask):
    ask(page, site.url, CONDITIONAL, {"q-enfants": True, "q-combien": 2}, number=2)
    cantine = page.get_by_label("Quelle cantine")
    expect(page.get_by_role("heading", name="La garde")).to_be_visible()
    expect(cantine).to_be_hidden()

    page.get_by_label("Si autre, précisez").fill("La voisine")

    expect(cantine).to_be_visible()

    Draft.objects.update(document={"q-enfants": True, "q-combien": 1})
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pour finir")


@pytest.mark.once
@pytest.mark.browser
def test_without_javascript_a_phone_gets_there_all_the_same(site, browser, ask):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    context.set_default_timeout(10_000)
    page = context.new_page()
    ask(page, site.url, CONDITIONAL, {})

    page.get_by_role("group", name="Avez-vous des enfants").get_by_label("Oui").check()
    page.get_by_role("button", name="Rubrique suivante").click()
    page.get_by_label("Combien").fill("1")
    page.get_by_role("button", name="Rubrique suivante").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pour finir")
    context.close()


REGEX = replace(
    CONDITIONAL,
    sections=(
        Section(
            id="s",
            title={"fr": "Le code"},
            questions=(
                question("code", "text", "Code postal ?", check="regex(., '[0-9]{5}')"),
                question("ville", "text", "Ville ?", condition="regex(${code}, '75.*')"),
            ),
        ),
    ),
)


@pytest.mark.once
@pytest.mark.browser
def test_regular_expressions_are_followed_where_their_engine_can_be_loaded(site, page, ask):
    ask(page, site.url, REGEX, {})
    page.get_by_label("Code postal").fill("750")
    expect(page.get_by_label("Ville")).to_be_visible()
    press_tab_away(page)
    expect(page.locator("[data-check]:not([hidden])")).to_have_count(1)

    page.route("**/re2js*", lambda route: route.abort())
    page.reload()
    page.get_by_label("Code postal").fill("750")
    press_tab_away(page)
    expect(page.get_by_label("Ville")).to_be_hidden()
    expect(page.locator("[data-check]:not([hidden])")).to_have_count(0)


@pytest.mark.once
@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_holds_on_every_screen(site, page, ask, width):
    page.set_viewport_size({"width": width, "height": 800})
    ask(page, site.url, CONDITIONAL, {"q-enfants": True, "q-combien": 2})

    assert not overflows(page)
    assert accessibility_faults(page) == []
