"""The animator brings a file of members in: faults named, the others in, nothing twice."""

import pytest
from playwright.sync_api import expect

from intranet.network.models import Membership
from pages.home.operations import lay_site
from surveys.demo.network import PASSWORD

pytestmark = pytest.mark.browser

FILE = """Prénom;Nom;Courriel;Association;Rôle
Inès;Nadir;ines@example.org;Les Tisserands;référente
Jean;Petit;jean@example.org;les tisserands;contributeur
Luc;Roy;pas une adresse;Les Tisserands;contributeur
Zoé;Roy;zoe@example.org;Inconnue;contributrice
"""


def test_the_animator_imports_members(site, association, claire, logged_in, witness, tmp_path):
    lay_site()
    claire.set_password(PASSWORD)
    claire.save()
    file = tmp_path / "membres.csv"
    file.write_bytes(FILE.encode("cp1252"))
    page = logged_in(claire.email)

    page.goto("/admin/imports/")
    witness.look(page)
    page.get_by_role("main").get_by_role("link", name="Membres").click()
    witness.look(page)
    page.get_by_label("Fichier").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()

    expect(page.get_by_role("heading", name="Ce que ce fichier changerait")).to_be_visible()
    expect(page.get_by_text("« pas une adresse »")).to_be_visible()
    expect(page.get_by_role("cell", name="5", exact=True)).to_be_visible()
    witness.look(page)
    assert Membership.objects.count() == 0
    page.get_by_role("button", name="Confirmer l'import").click()

    expect(page.get_by_role("heading", name="Ce qui a été fait")).to_be_visible()
    witness.look(page)
    page.get_by_role("link", name="2 Ajoutées").click()
    expect(page.get_by_role("cell", name="Inès Nadir · Les Tisserands")).to_be_visible()
    assert Membership.objects.count() == 2

    page.goto("/admin/imports/members/")
    page.get_by_label("Fichier").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_text("Il n'y a rien à écrire")).to_be_visible()
    assert witness.has_nothing_to_say()
