"""The translator's screens."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from surveys.questionnaires import operations
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.translations import Translation
from tests.people import NOW
from tests.surveys.questionnaires.conftest import (
    choices,
    make_questionnaire,
    question,
    section,
)
from tests.surveys.questionnaires.test_translating import latest


@pytest.fixture
def editing(client, elodie):
    client.force_login(elodie)
    return client


@pytest.fixture
def in_arabic(questionnaire) -> Questionnaire:
    operations.add_language(questionnaire=questionnaire, language="ar", by=None, at=NOW)
    return questionnaire


def languages_url(questionnaire: Questionnaire) -> str:
    return reverse("questionnaire_languages", args=[questionnaire.pk])


def page_url(questionnaire: Questionnaire, language: str = "ar") -> str:
    return reverse("questionnaire_translation", args=[questionnaire.pk, language])


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def form_of(response) -> dict[str, str]:
    """What the page sends back when nothing is typed."""
    form = soup(response).select_one("#translation")
    sent = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    texts = {one["name"]: one.text.removeprefix("\n") for one in form.select("textarea")}
    return {**sent, **texts}


def translations(questionnaire: Questionnaire, language: str = "ar") -> dict[str, str]:
    said = latest(questionnaire).translations[language]
    return {key: entry["text"] for key, entry in said.items()}


def test_a_language_is_added_and_its_page_opens(editing, questionnaire):
    response = editing.post(languages_url(questionnaire), {"language": "ar"}, follow=True)

    assert response.redirect_chain[-1][0] == page_url(questionnaire)
    field = soup(response).select_one("textarea")
    assert (field["lang"], field["dir"]) == ("ar", "rtl")
    assert latest(questionnaire).written.languages == ("fr", "ar")


def test_any_other_language_is_added_by_its_code_and_its_own_name(editing, questionnaire):
    editing.post(
        languages_url(questionnaire), {"language": "another", "tag": "srr", "name": "Seereer"}
    )
    editing.post(languages_url(questionnaire), {"language": "another", "tag": "pt_br", "name": ""})

    assert list(latest(questionnaire).translations) == ["srr", "pt-BR"]
    shown = soup(editing.get(languages_url(questionnaire))).get_text()
    assert "Seereer" in shown
    assert "Português (BR)" in shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"tag": "français"}, "pas le code d'une langue"),
        ({"tag": ""}, "pas le code d'une langue"),
        ({"tag": "fr"}, "a déjà cette langue"),
        ({"tag": "srr", "name": " "}, "Écrivez le nom de cette langue"),
    ],
)
def test_a_language_that_cannot_be_is_refused_with_a_sentence(
    editing, questionnaire, sent, sentence
):
    response = editing.post(languages_url(questionnaire), {"language": "another", **sent})

    assert sentence in soup(response).get_text()
    assert latest(questionnaire).translations == {}


def test_texts_are_shown_side_by_side_and_kept(editing, in_arabic):
    page = editing.get(page_url(in_arabic))
    shown = [one.text for one in soup(page).select(".translation__text")]
    assert shown[:3] == ["Vos besoins", "Le quartier", "Votre quartier ?"]

    form = form_of(page) | {"text:/title": "احتياجاتكم", "at": "t1"}
    saved = editing.post(page_url(in_arabic), form)

    assert saved.headers["Location"] == f"{page_url(in_arabic)}#t1"
    assert translations(in_arabic) == {"/title": "احتياجاتكم"}


def test_what_is_missing_is_shown_alone_and_the_page_goes_to_the_next_text(editing, in_arabic):
    address = f"{page_url(in_arabic)}?montrer=manquant"
    form = form_of(editing.get(address)) | {"text:/title": "احتياجاتكم", "at": "t1"}

    saved = editing.post(address, form, follow=True)

    assert saved.redirect_chain[-1][0] == f"{address}#t2"
    assert soup(saved).select_one("#t1") is None
    assert "8 à traduire" in soup(saved).get_text().replace("\xa0", " ")


def test_what_changed_since_it_was_translated_is_shown_with_what_it_was(editing, in_arabic):
    form = form_of(editing.get(page_url(in_arabic))) | {"text:/title": "احتياجاتكم"}
    editing.post(page_url(in_arabic), form)
    renamed = latest(in_arabic)
    renamed.title = "Vos envies"
    renamed.save_revision()

    address = f"{page_url(in_arabic)}?montrer=a-relire"
    page = editing.get(address)
    line = soup(page).select_one(".translation__line")
    assert "Vos envies" in line.select_one(".translation__text").text
    assert "Vos besoins" in line.select_one(".translation__before").text

    editing.post(address, form_of(page) | {"right:/title": "1"})
    assert soup(editing.get(address)).select(".translation__line") == []


def test_two_translators_lose_nothing_and_the_second_sees_what_differs(editing, in_arabic):
    form = form_of(editing.get(page_url(in_arabic)))
    operations.translate(
        questionnaire=in_arabic,
        language="ar",
        texts={"/title": Translation("لها", "", "Vos besoins")},
        by=None,
        at=NOW,
    )
    key = next(name for name in form if name.startswith("text:") and name.endswith("/label"))

    clash = editing.post(page_url(in_arabic), form | {"text:/title": "لي", key: "الحي"})

    assert clash.status_code == 409
    line = soup(clash).select_one(".translation__line--clash")
    assert line.textarea.text.strip() == "لي"
    assert "لها" in line.select_one(".translation__clash").text
    assert translations(in_arabic) == {"/title": "لها", key.removeprefix("text:"): "الحي"}

    editing.post(page_url(in_arabic), form_of(clash))
    assert translations(in_arabic)["/title"] == "لي"


def test_a_text_repeated_elsewhere_is_proposed(editing):
    twice = [question("single", f"Question {n} ?", choices=choices("Oui")) for n in (1, 2)]
    questionnaire = make_questionnaire(section("Vous", *twice))
    operations.add_language(questionnaire=questionnaire, language="ar", by=None, at=NOW)
    form = form_of(editing.get(page_url(questionnaire)))
    first, second = [
        name
        for name in form
        if name.startswith("text:") and form[name.replace("text:", "of:")] == "Oui"
    ]
    editing.post(page_url(questionnaire), form | {first: "نعم"})

    page = editing.get(page_url(questionnaire))
    proposal = soup(page).select_one("input[name^='proposal:']")
    assert proposal["value"] == "نعم"

    editing.post(page_url(questionnaire), form_of(page) | {proposal["name"]: proposal["value"]})
    assert translations(questionnaire)[second.removeprefix("text:")] == "نعم"


def test_a_placeholder_that_was_lost_is_said_and_the_text_is_kept(editing):
    questionnaire = make_questionnaire(section("Vous", question("text", "Et vous, ${prenom} ?")))
    operations.add_language(questionnaire=questionnaire, language="en", by=None, at=NOW)
    address = page_url(questionnaire, "en")
    form = form_of(editing.get(address))
    asked = next(name for name in form if form[name] == "Et vous, ${prenom} ?")

    saved = editing.post(address, form | {asked.replace("of:", "text:"): "And you?"}, follow=True)

    assert "${prenom}" in soup(saved).select_one(".translation__lost").text
    assert "And you?" in translations(questionnaire, "en").values()


def test_what_was_typed_in_a_language_that_was_removed_is_given_back(editing, in_arabic):
    form = form_of(editing.get(page_url(in_arabic))) | {"text:/title": "احتياجاتكم"}
    operations.remove_language(questionnaire=in_arabic, language="ar", by=None, at=NOW)

    refused = editing.post(page_url(in_arabic), form)

    assert refused.status_code == 409
    assert "احتياجاتكم" in soup(refused).select_one("textarea").text


def test_a_language_is_removed_after_a_question(editing, in_arabic):
    address = reverse("questionnaire_remove_language", args=[in_arabic.pk, "ar"])

    asked = editing.get(address)
    assert "Les versions publiées gardent les leurs" in asked.text
    assert list(latest(in_arabic).translations) == ["ar"]

    editing.post(address)
    assert latest(in_arabic).translations == {}
    assert editing.get(page_url(in_arabic)).status_code == 404


def test_only_who_may_change_questionnaires_translates(client, in_arabic, aminata):
    client.force_login(aminata)

    for address in (languages_url(in_arabic), page_url(in_arabic)):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"text:/title": "Non"}).status_code in (302, 403)
    assert translations(in_arabic) == {}


def test_the_editor_and_the_list_lead_to_the_translations(editing, in_arabic):
    address = languages_url(in_arabic)

    assert address in editing.get(reverse("wagtailsnippets_surveys_questionnaire:list")).text
    editor = reverse("wagtailsnippets_surveys_questionnaire:edit", args=[in_arabic.pk])
    assert address in editing.get(editor).text
