"""Forms in Wagtail's editor: begun from a model, read, taken away."""

import csv
import io

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pages.contact.models import FormAnswer, FormPage
from pages.contact.starting import begin_form, starting_models
from pages.contact.tables import STARTS_LIKE_A_FORMULA, as_csv, as_workbook
from tests.people import TODAY
from tests.reading import words_of

FORMULAS = ["=1+1", "+33 6", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(A1)", " =1", "＝1"]


@pytest.fixture
def answered(add_form):
    page = add_form(("Nom", "singleline"), ("Choix", "checkboxes"))
    for number, text in enumerate(FORMULAS):
        FormAnswer.objects.create(
            page=page, form_data={"nom": text, "choix": ["a", "b"]}, ticket=number, erase_on=TODAY
        )
    return page


def listing(page: FormPage) -> str:
    return reverse("wagtailforms:list_submissions", args=[page.pk])


@pytest.mark.django_db
def test_an_editor_reads_the_answers(client, answered, elodie):
    client.force_login(elodie)

    text = words_of(client.get(listing(answered)))

    assert "Reçue le" in text
    assert "=HYPERLINK(A1)" in text
    assert "a, b" in text
    assert "Chaque réponse est effacée 365 jours après son envoi" in text


@pytest.mark.django_db
def test_members_and_passers_by_do_not(client, answered, aminata):
    assert client.get(listing(answered)).status_code == 302
    client.force_login(aminata)
    response = client.get(listing(answered) + "?export=csv")
    assert response.status_code in {302, 403}
    assert b"HYPERLINK" not in response.content


@pytest.mark.django_db
def test_a_table_leaves_without_a_live_formula(client, answered, elodie):
    client.force_login(elodie)

    text = client.get(listing(answered) + "?export=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Reçue le", "Nom", "Choix"]
    assert len(rows) == 1 + len(FORMULAS)
    assert all(not STARTS_LIKE_A_FORMULA.match(cell) or cell[0] == "'" for r in rows for cell in r)

    content = client.get(listing(answered) + "?export=xlsx").content
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == set(FORMULAS)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_whatever_somebody_wrote_stays_text(texts):
    raw = as_csv(["Question"], [[text] for text in texts]).decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))[1:]:
        for cell in row:
            assert cell.startswith("'") or cell[:1] not in {"=", "@"}

    book = as_workbook("F", ["Question"], [[one] for one in texts])
    cells = [cell for row in load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row]
    assert not any(cell.data_type in {"f", "e"} for cell in cells)
    assert all(cell.value is None or isinstance(cell.value, str) for cell in cells)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["contact", "registration", "volunteers"])
def test_an_editor_begins_from_a_model(client, forms, elodie, name):
    client.force_login(elodie)
    assert "Donner un coup de main" in words_of(client.get(reverse("form_start")))

    response = client.post(reverse("form_start"), {"model": name})

    page = FormPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.kind, page.recipients) == (False, name, "elodie@example.org")
    assert page.form_fields.count() >= 3
    assert client.get(response.url).status_code == 200
    assert client.get(page.get_url() or "/").status_code in {200, 404}
    page.full_clean()


@pytest.mark.django_db
def test_a_model_that_is_none_is_not_found(client, forms, elodie):
    client.force_login(elodie)

    assert client.post(reverse("form_start"), {"model": "autre"}).status_code == 404


@pytest.mark.django_db
def test_models_are_for_who_may_make_forms(client, forms, aminata, claire):
    client.force_login(aminata)
    assert client.get(reverse("form_start")).status_code in {302, 403}
    client.force_login(claire)
    assert client.get(reverse("form_start")).status_code == 200
    assert "Faire un formulaire" in words_of(client.get(reverse("wagtailadmin_home")))


@pytest.mark.django_db
def test_each_model_is_answered_once_published(client, forms, elodie):
    for model in starting_models():
        page = begin_form(model=model, index=forms, by=elodie)
        page.save_revision().publish()

        text = words_of(client.get(page.url))

        assert all(question["label"] in text for question in model["questions"])
