"""Models and questions to begin from, in the editor."""

import pytest
from django.urls import reverse

from surveys.questionnaires import queries
from surveys.questionnaires.bank import models
from surveys.questionnaires.models import Questionnaire

MODELS = reverse("questionnaire_models")


@pytest.fixture
def editing(client, elodie):
    client.force_login(elodie)
    return client


def bank(questionnaire: Questionnaire) -> str:
    return reverse("questionnaire_bank", args=[questionnaire.pk])


def test_the_models_are_offered_from_the_list_of_questionnaires(editing):
    page = editing.get(reverse("wagtailsnippets_surveys_questionnaire:list")).text

    assert MODELS in page
    offered = editing.get(MODELS).text
    for model in models():
        assert (reverse("questionnaire_model", args=[model.name]) in offered) is model.is_complete


def test_a_model_is_read_whole_then_begun_from(editing):
    address = reverse("questionnaire_model", args=["portrait-association"])

    page = editing.get(address).text
    made = editing.post(address, {"title": "Portrait 2026"})

    for words in ("service civique", "montrée sous condition", "Une information sur les appels"):
        assert words in page
    questionnaire = Questionnaire.objects.get()
    assert questionnaire.title == "Portrait 2026"
    assert questionnaire.slug == "portrait-2026"
    assert made.headers["Location"].endswith(f"/{questionnaire.pk}/")


@pytest.mark.parametrize("name", ["questions", "rien", "modele-999"])
def test_what_is_no_model_is_not_found(editing, name):
    assert editing.get(reverse("questionnaire_model", args=[name])).status_code == 404


def test_ticked_questions_are_added_where_asked(editing, questionnaire):
    target = queries.draft_of(questionnaire).written.sections[1]

    page = editing.get(bank(questionnaire)).text
    answer = editing.post(
        bank(questionnaire),
        {
            "question": ["questions:recontact", "questions:courriel", "besoins-quartier:age"],
            "section": target.id,
        },
        follow=True,
    ).text

    assert "Souhaitez-vous être recontacté" in page
    assert "3 questions sont ajoutées au brouillon." in answer
    questionnaire.refresh_from_db()
    section = queries.draft_of(questionnaire).written.sections[1]
    assert [one.code for one in section.questions][1:] == ["age", "recontact", "courriel"]


def test_a_condition_left_behind_is_said(editing, questionnaire):
    answer = editing.post(
        bank(questionnaire), {"question": ["questions:courriel"]}, follow=True
    ).text

    assert "est posée à tout le monde" in answer
    assert "(recontact)" in answer


def test_nothing_ticked_is_said_and_nothing_is_added(editing, questionnaire):
    before = queries.draft_of(questionnaire).blocks

    page = editing.post(bank(questionnaire), {"question": ["questions:rien", "x"]}).text

    assert "Cochez au moins une question." in page
    assert queries.draft_of(Questionnaire.objects.get()).blocks == before


def test_who_edits_nothing_takes_nothing(client, questionnaire, denis):
    client.force_login(denis)

    for address in (MODELS, bank(questionnaire)):
        assert client.get(address).status_code == 302
    client.post(bank(questionnaire), {"question": ["questions:courriel"]})
    assert len(list(queries.draft_of(questionnaire).written.questions)) == 3
