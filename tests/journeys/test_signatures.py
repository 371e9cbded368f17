"""A representative signs from a phone, the animator validates, the text changes, they re-sign."""

import re

import pytest
from playwright.sync_api import expect

from pages.charter.importing import import_charter
from pages.charter.markdown import read_markdown
from pages.charter.models import CharterVersion
from pages.charter.structure import read_charter
from pages.home.operations import lay_site
from pages.signatures.models import Signature, State
from surveys.demo.network import load_network, load_people
from surveys.demo.signatures import CHARTER
from tests.browsing import LAPTOP, PHONE
from tests.pages.charter.word_files import word_file

pytestmark = pytest.mark.browser

REWORDED = (
    "en laissant de la place aux avis contraires ;",
    "en laissant toute leur place aux avis contraires ;",
)


def test_an_association_signs_then_confirms_the_next_text(site, logged_in, open_browser, witness):
    text = CHARTER.read_text(encoding="utf-8")
    load_people(load_network())
    import_charter(charter=read_charter(read_markdown(text)), home=lay_site())

    # From a phone, with the date of the board's decision.
    phone = logged_in("referente@maillage.example", PHONE)
    phone.goto("/mon-espace/")
    witness.look(phone)
    phone.get_by_role("link", name="Signer la charte").click()
    witness.look(phone)
    phone.get_by_role("button", name="Signer pour l'association").click()
    expect(phone.get_by_role("alert")).to_contain_text("Indiquez qui signe")
    witness.look(phone)
    phone.get_by_label("Date de la décision").fill("2026-03-02")
    phone.get_by_label("Prénom et nom").fill("Aminata Sow")
    phone.get_by_label("Fonction dans l'association").fill("présidente")
    phone.get_by_label("L'association a lu cette version").check()
    phone.get_by_role("button", name="Signer pour l'association").click()
    expect(phone.get_by_text("est enregistrée")).to_be_visible()
    witness.look(phone)

    # The animator finds it among the others, and validates.
    laptop = logged_in("animation@maillage.example", LAPTOP)
    laptop.goto("/mon-espace/")
    laptop.get_by_role("link", name="Valider les signatures").click()
    witness.look(laptop)
    laptop.get_by_role("link", name="à valider").click()
    laptop.get_by_role("link", name="Les Tisserands").click()
    witness.look(laptop)
    laptop.get_by_role("button", name="Valider la signature").click()
    expect(laptop.get_by_text("est validée.")).to_be_visible()
    visitor = open_browser(PHONE)
    visitor.goto("/charte/")
    witness.look(visitor)
    visitor.get_by_role("link", name="Qui l'a signée").click()
    expect(visitor.get_by_role("rowheader", name="Les Tisserands")).to_be_visible()
    expect(visitor.get_by_text("Aminata Sow")).to_have_count(0)
    witness.look(visitor)

    # An editor brings the next text from Word, reads what changes, and publishes it.
    assert REWORDED[0] in text
    editor = logged_in("edition@maillage.example", LAPTOP)
    editor.goto("/admin/")
    editor.get_by_role("link", name="Versions de la charte").first.click()
    witness.look(editor)
    editor.get_by_role("link", name="Importer un fichier").click()
    witness.look(editor)
    editor.get_by_label("Fichier").set_input_files(
        {
            "name": "charte.docx",
            "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "buffer": word_file(read_markdown(text.replace(*REWORDED)), styled=False),
        }
    )
    editor.get_by_role("button", name="Lire le fichier").click()
    expect(editor.locator("ins")).to_contain_text("toute leur")
    witness.look(editor)
    editor.get_by_role("button", name="Proposer ces changements").click()
    expect(editor.get_by_text("1 brouillon est proposé.")).to_be_visible()
    witness.look(editor)
    editor.get_by_label("Ce qui change dans cette version").fill("Les avis contraires comptent.")
    editor.get_by_role("button", name="Publier comme version 2").click()
    expect(editor.get_by_text("La version 2 de la charte est publiée.")).to_be_visible()
    witness.look(editor)

    # Two clicks from my space: what changes, then one button.
    assert Signature.objects.get().state == State.TO_CONFIRM
    phone.goto("/mon-espace/")
    witness.look(phone)
    phone.get_by_role("link", name="Voir ce qui change et confirmer").click()
    expect(phone.locator("ins")).to_contain_text("toute leur")
    witness.look(phone)
    phone.get_by_role("button", name="Nous signons la version 2").click()
    expect(phone.get_by_text("C'est confirmé")).to_be_visible()
    witness.look(phone)
    signature = Signature.objects.get()
    assert (signature.state, signature.version.number) == (State.VALIDATED, 2)

    # Whoever passes by compares and cites.
    visitor.goto("/charte/versions/")
    witness.look(visitor)
    visitor.get_by_role("link", name="Ce qui a changé dans la version 2").click()
    expect(visitor.get_by_text("reformulé")).to_be_visible()
    witness.look(visitor)
    visitor.get_by_role("link", name=re.compile("Version 1, ")).click()
    expect(visitor.get_by_text("n'est plus en vigueur")).to_be_visible()
    witness.look(visitor)
    visitor.goto("/charte/")
    visitor.get_by_role("link", name="Ce qui le fait vivre").first.click()
    witness.look(visitor)
    phone.goto("/charte/signature/les-tisserands/retirer/")
    witness.look(phone)
    assert CharterVersion.objects.count() == 2

    assert witness.has_nothing_to_say()
