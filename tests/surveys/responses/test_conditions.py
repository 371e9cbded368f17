"""Conditions, checks and computed values, from the page to the response."""

from dataclasses import replace

import pytest
import time_machine
from bs4 import BeautifulSoup

from surveys.questionnaires.definition import Group, Section
from surveys.responses import operations
from surveys.responses.models import Draft, Response
from tests.people import NOW
from tests.surveys.responses.conftest import DEFINITION, choices, make_version, question
from tests.surveys.responses.test_import_responses import run

START = "/enquete/besoins-2026/"
PAGE = f"{START}rubrique/%s/"
SUMMARY = f"{START}resume/"

CONDITIONAL = replace(
    DEFINITION,
    sections=(
        Section(
            id="s-foyer",
            title={"fr": "Le foyer"},
            questions=(
                question("enfants", "boolean", "Avez-vous des enfants ?", required=True),
                question(
                    "combien",
                    "integer",
                    "Combien ?",
                    condition="${enfants} = 'true'",
                    check=". > 0 and . < 20",
                    check_message={"fr": "Entre 1 et 19."},
                    required=True,
                    required_message={"fr": "Comptez-les tous."},
                ),
                question(
                    "parts",
                    "computed",
                    "Parts du foyer",
                    calculation="1 + coalesce(${combien}, 0) * 0.5",
                    unit={"fr": "parts"},
                ),
                question("secret", "computed", "", calculation="${parts} * 2"),
            ),
        ),
        Section(
            id="s-enfants",
            title={"fr": "Les enfants"},
            condition="${combien} > 0",
            groups=(Group("g-garde", "garde", {"fr": "La garde"}, condition="${combien} > 1"),),
            questions=(
                question(
                    "mode",
                    "single",
                    "Qui les garde ?",
                    choices=choices("creche", "famille"),
                    has_other=True,
                    group="g-garde",
                ),
                question("cantine", "text", "Quelle cantine ?", condition="${mode_other} != ''"),
            ),
        ),
        Section(
            id="s-fin",
            title={"fr": "Pour finir"},
            questions=(question("mot", "text", "Un mot ?", default="Merci"),),
        ),
    ),
)


@pytest.fixture
def version(questionnaire):
    return make_version(questionnaire, CONDITIONAL)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def phone(client, survey):
    client.post(START, {})
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def hidden_on(page: BeautifulSoup) -> list[str]:
    return [one["data-question"] for one in page.select("[data-question][hidden]")]


def fields_of(page: BeautifulSoup) -> dict[str, str]:
    """What a browser without JavaScript would send back untouched."""
    form = page.select_one("main form")
    inputs = form.select("input:not([type=radio]):not([type=checkbox]), textarea")
    sent = {one["name"]: one.get("value", "") for one in inputs}
    return sent | {one["name"]: one["value"] for one in form.select("input[checked]")}


def send(phone, number: int, action: str = "next", **answers):
    page = soup(phone.get(PAGE % number))
    return phone.post(PAGE % number, {**fields_of(page), "action": action, **answers})


def test_without_javascript_what_becomes_asked_is_shown_before_going_on(phone):
    before = soup(phone.get(PAGE % 1))
    assert hidden_on(before) == ["combien"]

    again = send(phone, 1, **{"q-enfants": "true"})

    page = soup(again)
    assert again.status_code == 200
    assert hidden_on(page) == []
    assert "Combien" in page.select_one(".message a").text
    assert page.select(".errorlist") == []
    gone_on = phone.post(PAGE % 1, {**fields_of(page), "q-combien": "2", "action": "next"})
    assert gone_on["Location"] == PAGE % 2


def test_a_section_that_is_hidden_as_a_whole_is_skipped_both_ways_and_not_counted(phone):
    skipped = send(phone, 1, **{"q-enfants": "false"})

    assert skipped["Location"] == PAGE % 3
    last = soup(phone.get(PAGE % 3))
    assert "Rubrique 2 sur 2" in last.text
    assert last.select_one("button[value=next]").text == "Relire mes réponses"
    assert send(phone, 3, "previous")["Location"] == PAGE % 1
    assert phone.get(PAGE % 2)["Location"] == PAGE % 3


def test_a_check_is_told_beside_its_question_and_may_be_passed_over_until_sending(phone):
    answers = {"q-enfants": "true", "q-combien": "25", "seen": "enfants combien parts"}
    again = send(phone, 1, **answers)

    page = soup(again)
    assert "Entre 1 et 19." in page.select_one("#id_q-combien_field .errorlist").text
    assert "Continuer quand même" in page.text
    assert send(phone, 1, "skip", **answers)["Location"] == PAGE % 2
    summary = soup(phone.get(SUMMARY))
    assert "Entre 1 et 19." in summary.select_one(".error-summary").text
    assert summary.find("button", string="Envoyer") is None
    key = Draft.objects.get().pk
    with pytest.raises(operations.ChecksFailed) as refusal:
        operations.submit_response(key=key, at=NOW)
    assert [one.code for one in refusal.value.questions] == ["combien"]
    phone.post(SUMMARY, fields_of(summary))
    assert not Response.objects.exists()


def test_a_required_question_is_required_where_it_is_asked_in_its_own_words(phone):
    again = send(phone, 1, **{"q-enfants": "true", "seen": "enfants combien parts"})

    assert "Comptez-les tous." in soup(again).select_one("#id_q-combien_field").text
    assert send(phone, 1, **{"q-enfants": "false"})["Location"] == PAGE % 3


def test_what_cannot_be_in_a_hidden_field_holds_nobody_back(phone):
    gone_on = send(phone, 1, **{"q-enfants": "false", "q-combien": "beaucoup"})

    assert gone_on["Location"] == PAGE % 3


def test_a_later_change_hides_an_answer_and_a_change_of_mind_finds_it_again(phone):
    answers = {"q-enfants": "true", "q-combien": "3", "seen": "enfants combien parts"}
    send(phone, 1, **answers)
    send(phone, 2, **{"q-mode": "c-creche", "seen": "mode"})

    send(phone, 1, **{**answers, "q-enfants": "false"})
    summary = soup(phone.get(SUMMARY))
    assert "Qui les garde" not in summary.text
    assert "Les enfants" not in [one.text for one in summary.select("h2")]
    assert Draft.objects.get().document["q-mode"] == {"choice": "c-creche"}

    send(phone, 1, **answers)
    assert "Creche" in soup(phone.get(SUMMARY)).text


def test_what_is_sent_is_what_was_asked_with_what_was_worked_out(phone):
    send(phone, 1, **{"q-enfants": "true", "q-combien": "3", "seen": "enfants combien parts"})
    send(phone, 2, **{"q-mode": "c-creche", "seen": "mode"})
    send(phone, 1, **{"q-enfants": "true", "q-combien": "1", "seen": "enfants combien parts"})
    send(phone, 3, **{"q-mot": ""})

    phone.post(SUMMARY, fields_of(soup(phone.get(SUMMARY))))

    response = Response.objects.get()
    assert response.document == {
        "q-enfants": True,
        "q-combien": 1,
        "q-parts": 1.5,
        "q-secret": 3,
    }
    assert response.not_applicable == ["q-mode", "q-cantine"]


def test_a_computed_value_is_read_on_its_page_and_in_the_summary_if_it_has_a_label(phone):
    send(phone, 1, **{"q-enfants": "true", "q-combien": "3", "seen": "enfants combien parts"})

    page = soup(phone.get(PAGE % 1))
    assert page.select_one("output").text == "2,5\u00a0parts"
    assert page.select_one("[data-question=secret]") is None
    assert "2,5\u00a0parts" in soup(phone.get(SUMMARY)).text


def test_a_default_is_proposed_and_kept_once_the_page_was_sent(phone):
    page = soup(phone.get(PAGE % 3))
    assert page.select_one("[name=q-mot]")["value"] == "Merci"

    send(phone, 3)

    assert Draft.objects.get().document == {"q-mot": "Merci"}


def test_the_start_page_of_an_association_lists_what_is_asked(
    client, assessment, participation, association_draft, aminata
):
    association_draft.document = {"q-enfants": False}
    association_draft.save()
    client.force_login(aminata)

    page = soup(client.get("/campagnes/autoevaluation-2026/repondre/les-tisserands/"))

    assert [one.text for one in page.select(".steps a")] == ["Le foyer", "Pour finir"]


def test_imported_answers_follow_the_conditions(survey, version):
    documents = [{"q-enfants": False, "q-combien": 3, "q-mot": "Oui"}]

    [response] = operations.record_responses(
        campaign=survey, version=version, documents=documents, channel="import", at=NOW
    )

    assert response.document == {"q-enfants": False, "q-mot": "Oui", "q-parts": 1, "q-secret": 2}
    assert response.not_applicable == ["q-combien", "q-mode", "q-cantine"]


def test_a_line_that_fails_a_check_is_refused_with_its_sentence(survey, version, tmp_path):
    file = tmp_path / "reponses.csv"
    file.write_text("enfants,combien,parts\ntrue,3,9\ntrue,40,9\nfalse,40,9\n", encoding="utf-8")

    report = run(file, "--keep-good")

    assert report["refused"] == [
        {"line": 3, "code": "combien", "value": "40", "reason": "Entre 1 et 19."}
    ]
    assert sorted(Response.objects.values_list("document", flat=True), key=len) == [
        {"q-enfants": False, "q-parts": 1, "q-secret": 2},
        {"q-enfants": True, "q-combien": 3, "q-parts": 2.5, "q-secret": 5},
    ]
