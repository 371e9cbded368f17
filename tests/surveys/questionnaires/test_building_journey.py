"""An editor builds a questionnaire in a real browser, and members read what was published."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from surveys.questionnaires.admin import viewset
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import latest_version
from tests.browsing import accessibility_faults, overflows, sign_in
from tests.surveys.questionnaires.test_translating import latest

pytestmark = [pytest.mark.browser, pytest.mark.once]

# A busy machine takes its time to save and to render a preview.
expect.set_options(timeout=20_000)


def editor(page: Page, site, name: str, *args) -> None:
    page.goto(site.url + reverse(viewset.get_url_name(name), args=args))


def questions_of(page: Page, section: int) -> Locator:
    return page.locator(f"[name=sections-{section}-value-questions-count]").locator("xpath=..")


def add_section(page: Page, number: int, title: str) -> None:
    sections = page.locator("[name=sections-count]").locator("xpath=..")
    sections.locator("> div > .c-sf-add-button, > div > div > .c-sf-add-button").last.click()
    page.locator(f"#sections-{number}-value-title").fill(title)


def add_question(page: Page, section: int, number: int, kind: str, label: str) -> None:
    insert = questions_of(page, section).get_by_role("button", name="Insérer un bloc").last
    option = page.get_by_role("option", name=kind, exact=True)
    insert.click()
    try:
        option.wait_for(timeout=5_000)
    except PlaywrightTimeoutError:
        # What the editor draws at that very moment closes the list: one asks again.
        insert.click()
    option.click()
    page.locator(f"#sections-{section}-value-questions-{number}-value-label").fill(label)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()


def test_an_editor_builds_five_questions_publishes_and_moves_one(site, page, elodie):
    sign_in(page.context, elodie, site.url)
    editor(page, site, "list")
    page.get_by_role("link", name="Nouveau questionnaire").click()
    page.locator("#id_title").fill("Enquête de besoins 2026")

    # Choices are typed one after the other, or pasted.
    add_section(page, 0, "Votre quartier")
    add_question(page, 0, 0, "Choix unique", "Dans quel quartier habitez-vous ?")
    page.get_by_label("Choix 1", exact=True).fill("Les Tilleuls")
    page.get_by_label("Choix 2", exact=True).fill("La Butte")
    page.get_by_label("Choix 2", exact=True).press("Enter")
    page.keyboard.type("Ailleurs")
    add_question(page, 0, 1, "Note de 0 à 10", "Quelle note lui donnez-vous ?")
    add_question(page, 0, 2, "Oui ou non", "Y êtes-vous né ou née ?")
    add_section(page, 1, "Vous")
    add_question(page, 1, 0, "Nombre entier", "Quel est votre âge ?")
    add_question(page, 1, 1, "Texte long", "")

    # The last question is not written: it is said beside it, and nothing is lost.
    publish(page)
    expect(page.get_by_text("Un point reste à corriger avant de publier.")).to_be_visible()
    expect(page.get_by_text("Écrivez la question.")).to_be_visible()
    questions_of(page, 0).locator("[data-panel-toggle]").first.click()
    expect(page.get_by_label("Choix 3", exact=True)).to_have_value("Ailleurs")
    page.locator("#sections-1-value-questions-1-value-label").fill("Que changeriez-vous ?")
    publish(page)
    expect(page.get_by_text("« Enquête de besoins 2026 » est publié : version 1.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Enquête de besoins")).to_contain_text("publié")

    # The last question of a section leaves for the next one with its arrow.
    questionnaire = Questionnaire.objects.get()
    before = latest_version(questionnaire).definition
    editor(page, site, "edit", questionnaire.pk)
    born = questions_of(page, 0).locator("> div > [data-streamfield-child]").last
    born.get_by_role("button", name="Descendre", exact=True).first.click()
    expect(questions_of(page, 1).locator("> div > [data-streamfield-child]")).to_have_count(3)
    publish(page)
    expect(page.get_by_text("« Enquête de besoins 2026 » est publié : version 2.")).to_be_visible()
    after = latest_version(questionnaire).definition
    assert [len(section.questions) for section in after.sections] == [2, 3]
    assert [asked.id for asked in after.questions] == [asked.id for asked in before.questions]
    assert [asked.code for asked in before.questions][:2] == [
        "dans_quel_quartier_habitez",
        "quelle_note_lui_donnez_vous",
    ]

    # Whoever belongs to the network reads what was asked.
    for address in (
        reverse("questionnaire_versions", args=[questionnaire.slug]),
        latest_version(questionnaire).get_absolute_url(),
    ):
        page.goto(site.url + address)
        assert accessibility_faults(page) == []
        assert not overflows(page)


def test_the_preview_shows_a_pasted_list_of_choices(site, page, elodie):
    sign_in(page.context, elodie, site.url)
    editor(page, site, "add")
    page.locator("#id_title").fill("Besoins")
    add_section(page, 0, "Vous")
    add_question(page, 0, 0, "Choix multiple", "De quoi avez-vous besoin ?")
    page.get_by_label("Choix 1", exact=True).focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "- Un médecin\\n- Un marché\\n- Un bus");
            const pasted = new ClipboardEvent("paste", { clipboardData: data, cancelable: true });
            document.activeElement.dispatchEvent(pasted);
        }"""
    )
    expect(page.get_by_label("Choix 3", exact=True)).to_have_value("Un bus")

    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()

    preview = page.frame_locator(".w-preview__iframe").last
    expect(preview.get_by_label("Un marché")).to_be_visible()
    expect(preview.get_by_role("heading", name="Vous")).to_be_visible()


def test_a_draft_is_saved_without_drawing_the_page_again(site, page, elodie, questionnaire):
    sign_in(page.context, elodie, site.url)
    editor(page, site, "edit", questionnaire.pk)
    page.evaluate("window.isTheSamePage = true")
    save = page.get_by_role("button", name="Enregistrer le brouillon")
    said = page.get_by_role("status").get_by_text("est enregistré.")
    before = questionnaire.revisions.count()

    for title in ("Besoins en mars", "Besoins en avril"):
        page.locator("#id_title").fill(title)
        save.click()
        expect(said).to_have_text(f"Le brouillon de « {title} » est enregistré.")
        expect(save).to_be_enabled()

    assert page.evaluate("window.isTheSamePage")
    assert latest(questionnaire).title == "Besoins en avril"
    assert questionnaire.revisions.count() >= before + 2


def test_what_is_wrong_in_a_draft_is_shown_where_it_is(site, page, elodie, questionnaire):
    Questionnaire.objects.create(title="Une autre", slug="une-autre")
    sign_in(page.context, elodie, site.url)
    editor(page, site, "edit", questionnaire.pk)

    page.locator("#id_slug").evaluate("field => { field.value = 'une-autre'; }")
    page.get_by_role("button", name="Enregistrer le brouillon").click()

    expect(page.get_by_text("Un autre questionnaire a déjà cette adresse").first).to_be_visible()
