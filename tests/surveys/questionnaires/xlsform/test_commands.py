import json
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from intranet.management.reporting import Refused
from surveys.questionnaires.models import Questionnaire
from tests.surveys.questionnaires.xlsform.sheets import (
    pyxform_form,
    read_file,
    without_identities,
    workbook,
)

SURVEY = [
    ["type", "name", "label::Français (fr)", "label::العربية (ar)", "relevant"],
    ["start", "start", None, None, None],
    ["begin_group", "logement", "Votre logement", None, None],
    ["select_one oui_non", "chauffe", "Est-il chauffé ?", "هل هو مدفأ؟", None],
    ["text", "pourquoi", "Pourquoi ?", None, "${chauffe} = 'non'"],
    ["end_group", None, None, None, None],
]
CHOICES = [
    ["list_name", "name", "label::Français (fr)"],
    ["oui_non", "oui", "Oui"],
    ["oui_non", "non", "Non"],
]
SETTINGS = [["form_title", "form_id"], ["Le logement", "logement"]]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "logement.xlsx"
    path.write_bytes(workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS))
    return path


def run(*arguments: str) -> dict:
    output = StringIO()
    call_command(*arguments, "--json", stdout=output, stderr=StringIO())
    return json.loads(output.getvalue())


def test_import_questionnaire_makes_a_draft_and_names_what_is_not_taken(db, file):
    report = run("import_questionnaire", str(file), "--slug", "logement-2026")

    assert report["questionnaire"] == "logement-2026"
    assert report["sections"] == 1
    assert report["languages"] == ["fr", "ar"]
    assert report["questions"] == [
        {"code": "chauffe", "type": "single", "label": "Est-il chauffé ?"},
        {"code": "pourquoi", "type": "text", "label": "Pourquoi ?"},
    ]
    [left] = report["unsupported"]
    assert (left["sheet"], left["row"], left["column"]) == ("survey", 2, "type")
    assert left["reason"].startswith("Ceci est noté par l'appareil")
    draft = Questionnaire.objects.get(slug="logement-2026")
    assert not draft.live
    assert draft.title == "Le logement"


def test_the_address_is_made_from_the_title_and_is_free(db, file):
    assert run("import_questionnaire", str(file))["questionnaire"] == "le-logement"
    assert run("import_questionnaire", str(file))["questionnaire"] == "le-logement-2"


def test_check_says_the_same_and_writes_nothing(db, file):
    report = run("import_questionnaire", str(file), "--check")

    assert report["questionnaire"] == "le-logement"
    assert not Questionnaire.objects.exists()


def test_a_malformed_file_is_refused_in_french_and_nothing_is_imported(db, tmp_path):
    path = tmp_path / "faux.xlsx"
    path.write_bytes(workbook(survey=[*SURVEY, ["select_one pays", "pays", "Pays ?"]]))

    with pytest.raises(Refused) as refusal:
        call_command("import_questionnaire", str(path))

    said = str(refusal.value).replace("\u202f", " ").replace("\u00a0", " ")
    assert "feuille « survey », ligne 7, colonne « type »" in said
    assert refusal.value.report["problems"][-1]["row"] == 7
    assert refusal.value.returncode == 1
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<html></html>", b"PK\x03\x04\x00\x00"])
def test_what_is_no_workbook_is_refused(db, tmp_path, content):
    path = tmp_path / "faux.xlsx"
    path.write_bytes(content)

    with pytest.raises(Refused):
        call_command("import_questionnaire", str(path))


@pytest.mark.parametrize("slug", ["déjà vu", "a" * 81, "le-logement"])
def test_an_address_that_is_taken_or_impossible_is_refused(db, file, slug):
    run("import_questionnaire", str(file))

    with pytest.raises(Refused):
        call_command("import_questionnaire", str(file), "--slug", slug)

    assert Questionnaire.objects.count() == 1


def test_export_questionnaire_gives_the_form_and_the_questionnaire_again(db, file, tmp_path):
    run("import_questionnaire", str(file), "--slug", "logement")
    target = tmp_path / "export.xlsx"

    report = run("export_questionnaire", "logement", str(target))

    assert report["questions"] == 2
    assert pyxform_form(target.read_bytes()) == pyxform_form(file.read_bytes())
    assert without_identities(read_file(target.read_bytes())) == without_identities(
        read_file(file.read_bytes())
    )
    assert load_workbook(target)["survey"]["A1"].value == "type"


def test_the_draft_is_exported_and_imported_as_it_was(db, file, tmp_path):
    run("import_questionnaire", str(file), "--slug", "un")
    run("export_questionnaire", "un", str(tmp_path / "un.xlsx"))
    run("import_questionnaire", str(tmp_path / "un.xlsx"), "--slug", "deux")

    one, two = (Questionnaire.objects.get(slug=slug).written for slug in ("un", "deux"))
    assert without_identities(one) == without_identities(two)


def test_export_refuses_what_cannot_be_written(db, file, tmp_path):
    run("import_questionnaire", str(file), "--slug", "logement")

    for arguments in (
        ("inconnu", str(tmp_path / "a.xlsx")),
        ("logement", str(tmp_path / "a.pdf")),
        ("logement", str(tmp_path / "nulle" / "part" / "a.xlsx")),
    ):
        with pytest.raises(Refused):
            call_command("export_questionnaire", *arguments)
