"""An editor makes a form, a visitor fills it, the editor reads it; the library and the agenda."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pages.agenda.models import AgendaPage, EventPage
from pages.contact.models import FormAnswer, FormPage
from pages.home.operations import lay_site
from surveys.demo.library import load_library
from surveys.demo.network import load_network, load_people
from tests.browsing import LAPTOP, PHONE

pytestmark = pytest.mark.browser

MESSAGE = "Bonjour, comment vous rejoindre ?"


def test_an_editor_makes_a_contact_form_and_reads_what_a_visitor_wrote(
    site, logged_in, open_browser, witness
):
    lay_site()
    load_people(load_network())
    editor = logged_in("edition@maillage.example")

    # From the editor's first screen, which says what the legal pages lack, to a form.
    editor.goto("/admin/")
    expect(editor.get_by_role("heading", name="Les pages légales")).to_be_visible()
    witness.look(editor)
    editor.get_by_role("link", name="Faire un formulaire").click()
    witness.look(editor)
    editor.get_by_role("button", name="Partir de celui-ci (Nous écrire)").click()
    expect(editor.get_by_text("est un brouillon").first).to_be_visible()
    witness.look(editor)
    editor.get_by_role("button", name="Plus d'actions").click()
    editor.get_by_role("button", name="Publier", exact=True).click()
    expect(editor.get_by_text("a été publiée.").first).to_be_visible()

    # A visitor on a telephone forgets something, then sends.
    page = FormPage.objects.get()
    visitor = open_browser(PHONE)
    visitor.goto(page.url)
    witness.look(visitor)
    visitor.get_by_label("Votre message").fill(MESSAGE)
    visitor.get_by_role("button", name="Envoyer").click()
    expect(visitor.get_by_text("Un point à corriger")).to_be_visible()
    expect(visitor.get_by_label("Votre message")).to_have_value(MESSAGE)
    witness.look(visitor)
    visitor.get_by_label("Votre adresse électronique").fill("sylvie@exemple.invalid")
    # No person is as fast as this browser.
    visitor.wait_for_timeout(3_500)
    visitor.get_by_role("button", name="Envoyer").click()
    expect(visitor.get_by_role("heading", name="Merci, c'est envoyé")).to_be_visible()
    witness.look(visitor)
    assert FormAnswer.objects.count() == 1

    # The editor reads it, and takes it away.
    editor.goto("/admin/")
    editor.get_by_role("link", name="Formulaires", exact=True).click()
    editor.get_by_role("link", name="Nous écrire").first.click()
    expect(editor.get_by_text(MESSAGE)).to_be_visible()
    witness.look(editor)

    assert witness.has_nothing_to_say()


def test_a_visitor_filters_the_library_and_subscribes_to_the_agenda(
    site, logged_in, open_browser, witness
):
    lay_site()
    people = load_people(load_network())
    load_library(people=people, at=timezone.now())
    visitor = open_browser(LAPTOP)

    visitor.goto("/ressources/")
    witness.look(visitor)
    visitor.get_by_label("Sorte").select_option(value="link")
    visitor.get_by_role("button", name="Filtrer").click()
    expect(visitor.get_by_role("heading", level=2)).to_contain_text("ressource")
    visitor.get_by_role("link", name="Tout voir").click()
    visitor.get_by_label("Thème").select_option(label="Numérique (3)")
    visitor.get_by_role("button", name="Filtrer").click()
    expect(visitor.get_by_text("3 ressources")).to_be_visible()
    visitor.get_by_role("link", name="Trousse de médiation numérique").click()
    witness.look(visitor)
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename.endswith(".odt")

    visitor.goto("/agenda/")
    witness.look(visitor)
    expect(visitor.get_by_text("Réunion du groupe santé")).to_have_count(0)
    assert (
        visitor.get_by_role("link", name="S'abonner").get_attribute("href").startswith("webcal://")
    )
    visitor.goto(EventPage.objects.live().public().first().url)
    witness.look(visitor)

    # A representative finds her group's meeting, and makes her own address.
    member = logged_in("referente@maillage.example")
    member.goto(AgendaPage.objects.get().url)
    expect(member.get_by_text("Réunion du groupe santé")).to_be_visible()
    member.get_by_role("link", name="Mon calendrier privé").click()
    member.get_by_role("button", name="Créer mon adresse").click()
    witness.look(member)
    address = member.get_by_label("Votre adresse").input_value()
    assert "Réunion du groupe santé" in visitor.request.get(address).text()
    member.get_by_role("button", name="Retirer l'adresse").click()
    expect(member.get_by_role("button", name="Créer mon adresse")).to_be_visible()
    assert visitor.request.get(address).status == 404
    member.goto("/proposer-une-ressource/")
    witness.look(member)

    for address in ("/mentions-legales/", "/accessibilite/", "/formulaires/"):
        visitor.goto(address)
        witness.look(visitor)
    assert witness.has_nothing_to_say()
