"""A questionnaire brought from a file on screen, and taken away as one."""

import io
from html import unescape

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.questionnaires.files import read_questionnaire
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition, publish_questionnaire
from surveys.questionnaires.queries import draft_of
from tests.hostile_workbooks import WORKBOOKS, written
from tests.people import NOW
from tests.surveys.questionnaires.limesurvey.files import Structure

IMPORT = "/admin/questionnaires/import/"

pytestmark = pytest.mark.django_db


def xlsform(*rows: tuple[str, ...]) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.title = "survey"
        for row in [("type", "name", "label"), *rows]:
            sheet.append(row)
        settings = book.create_sheet("settings")
        settings.append(["form_title"])
        settings.append(["Besoins du quartier"])

    return written(fill)


SURVEY = xlsform(
    ("begin group", "vous", "Vous"),
    ("text", "nom", "Votre nom ?"),
    ("integer", "age", "Votre âge ?"),
    ("end group", "", ""),
)


@pytest.fixture
def editor(elodie) -> Client:
    client = Client()
    client.force_login(elodie)
    return client


def bring(client: Client, content: bytes, name: str = "besoins.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(unescape(page.main.get_text(" ", strip=True)).split())


def read_in(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("input[name=read]")["value"]


def test_a_file_is_shown_before_anything_is_created(editor):
    response = bring(editor, SURVEY)

    shown = text_of(response)
    assert response.status_code == 200
    for words in ("Besoins du quartier", "2 questions", "1 partie", "Votre âge ?", "Vous"):
        assert words in shown
    assert "Tout ce que contient le fichier est repris." in shown
    assert not Questionnaire.objects.exists()


def test_confirming_creates_the_draft_and_leads_to_it(editor, elodie):
    read = read_in(bring(editor, SURVEY))

    response = editor.post(IMPORT, {"read": read}, follow=True)

    made = Questionnaire.objects.get()
    assert response.redirect_chain[-1][0].endswith(f"/questionnaires/edit/{made.pk}/")
    assert "est importé avec 2 questions" in text_of(response)
    assert [one.code for one in draft_of(made).written.questions] == ["nom", "age"]
    assert not made.live


def test_what_is_not_taken_is_shown_by_sheet_row_and_column(editor):
    survey = Structure().ask("Q1", "O", answers={"A1": "Oui"}).bytes()

    response = bring(editor, survey, "enquete.lss")

    row = BeautifulSoup(response.content, "html.parser").select_one("main table tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("td")][:4] == [
        "questions",
        "1",
        "type",
        "Q1",
    ]
    assert "Une chose n'est pas reprise" in text_of(response)


def test_a_malformed_file_is_refused_by_sheet_row_and_column(editor):
    twice = xlsform(("text", "nom", "Nom ?"), ("text", "nom", "Encore ?"))

    response = bring(editor, twice)

    page = BeautifulSoup(response.content, "html.parser")
    cells = [cell.get_text(strip=True) for cell in page.select("main table tbody tr")[0]("td")]
    assert response.status_code == 422
    assert cells[:2] == ["survey", "3"]
    assert "ne peut pas être importé" in text_of(response)
    assert page.select_one("main input[type=file]")
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("name", ["a cell at XFD1048576", "a billion laughs", "a page renamed"])
def test_a_hostile_file_is_refused_in_words(editor, name):
    response = bring(editor, WORKBOOKS[name][0]())

    assert response.status_code == 422
    assert BeautifulSoup(response.content, "html.parser").select_one("main .error-message")
    assert not Questionnaire.objects.exists()


def test_a_form_without_a_file_says_so(editor):
    assert editor.post(IMPORT, {}).status_code == 422


@pytest.mark.parametrize("read", ["", "x", "eyJ0aXRsZSI6e319:1abc:def"])
def test_what_was_not_read_here_is_not_created(editor, read):
    response = editor.post(IMPORT, {"read": read}, follow=True)

    assert "choisissez de nouveau le fichier" in text_of(response)
    assert not Questionnaire.objects.exists()


def test_nobody_but_editors_brings_or_takes_a_file_away(aminata):
    made = draft_from_definition(
        slug="a", definition=read_questionnaire(SURVEY, name="a.xlsx").definition, by=None, at=NOW
    )
    client = Client()
    client.force_login(aminata)

    for address in (IMPORT, reverse("questionnaire_workbook", args=[made.pk])):
        assert client.get(address).status_code == 302
    assert bring(client, SURVEY).status_code == 302
    assert Questionnaire.objects.count() == 1


def test_the_list_and_the_editor_lead_there(editor):
    read = read_in(bring(editor, SURVEY))
    editor.post(IMPORT, {"read": read})
    made = Questionnaire.objects.get()

    listed = editor.get("/admin/snippets/surveys/questionnaire/", follow=True)
    listed = listed if listed.status_code == 200 else editor.get("/admin/questionnaires/")
    assert f'href="{IMPORT}"' in listed.content.decode()
    assert reverse("questionnaire_export", args=[made.pk]) in listed.content.decode()


def test_the_draft_and_each_version_are_taken_away_as_workbooks(editor, elodie):
    definition = read_questionnaire(SURVEY, name="a.xlsx").definition
    made = draft_from_definition(slug="besoins", definition=definition, by=elodie, at=NOW)
    publish_questionnaire(questionnaire=made, by=elodie, at=NOW)

    page = editor.get(reverse("questionnaire_export", args=[made.pk]))
    links = [
        one["href"]
        for one in BeautifulSoup(page.content, "html.parser").select("main li a[href$=xlsx]")
    ]

    assert len(links) == 2
    for link in links:
        response = editor.get(link)
        again = read_questionnaire(response.content, name="besoins.xlsx").definition
        assert [one.code for one in again.questions] == ["nom", "age"]
        assert response["Content-Disposition"].startswith('attachment; filename="besoins')
        assert openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames[0] == "survey"


def test_a_version_that_is_not_there_is_not_found(editor):
    read = read_in(bring(editor, SURVEY))
    editor.post(IMPORT, {"read": read})
    pk = Questionnaire.objects.get().pk

    assert editor.get(f"/admin/questionnaires/{pk}/export/version-7.xlsx").status_code == 404
