"""A resident, without account, from the landing page to the receipt."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from surveys.responses.models import Draft, Response
from surveys.responses.sealing import link_token
from tests.people import NOW
from tests.surveys.responses.conftest import ANSWERS, DEFINITION, make_version

HOME = "/enquete/besoins-2026/"
FIRST, SECOND = f"{HOME}rubrique/1/", f"{HOME}rubrique/2/"
SUMMARY, RECEIPT, LATER = f"{HOME}resume/", f"{HOME}envoyee/", f"{HOME}plus-tard/"
AFTER = NOW + timedelta(days=30)

PAGE_1 = {"q-anciennete": "c-plus_2", "q-besoins": ["c-sante", "c-transports"]}
PAGE_2 = {"q-mot": "Vivant", "q-age": "42", "q-note": "0"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def phone() -> Client:
    return Client()


@pytest.fixture
def begun(phone, survey) -> Draft:
    """A draft that was begun on the phone."""
    phone.post(HOME)
    return Draft.objects.get()


def text_of(response) -> str:
    """What is read, with ordinary spaces."""
    text = BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)
    return " ".join(unescape(text).split())


def hidden(response, name: str = "page") -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one(f"main input[name={name}]")["value"]


def fill(client: Client, address: str, typed: dict, action: str = "next"):
    page = hidden(client.get(address))
    return client.post(address, {**typed, "page": page, "action": action})


def send(client: Client):
    return client.post(SUMMARY, {"page": hidden(client.get(SUMMARY))})


# -- Beginning ---------------------------------------------------------------------------


def test_the_landing_page_says_what_is_asked_and_what_becomes_of_it(phone, survey):
    page = text_of(phone.get(HOME))

    assert "De quoi avons-nous besoin ?" in page
    assert "Huit questions, trois minutes." in page
    assert "8 questions" in page
    assert "Dernier jour pour répondre : 31 mars 2026." in page
    assert "moins de 5 personnes" in page


def test_looking_leaves_nothing(phone, survey, settings):
    for address in (HOME, FIRST, SUMMARY, RECEIPT, LATER):
        phone.get(address)

    assert not Draft.objects.exists()
    assert not Session.objects.exists()
    assert set(phone.cookies) <= {settings.CSRF_COOKIE_NAME}


def test_starting_makes_a_draft_and_leaves_a_cookie_that_scripts_cannot_read(phone, survey):
    response = phone.post(HOME)

    draft = Draft.objects.get()
    cookie = phone.cookies[f"draft_{survey.pk}"]
    assert response.url == FIRST
    assert draft.updated_by is None
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == HOME
    assert cookie.value.startswith(draft.pk.hex)


def test_a_neighbourhood_can_be_given(phone, survey, association, territory):
    assert "Les Tilleuls (Valbonne-la-Neuve, QN07501M)" in text_of(phone.get(HOME))

    phone.post(HOME, {"territory": territory.pk})

    assert Draft.objects.get().territory == territory


def test_a_neighbourhood_that_is_not_offered_is_refused(phone, survey, association):
    response = phone.post(HOME, {"territory": "999999"})

    assert response.status_code == 200
    assert not Draft.objects.exists()


def test_an_unknown_survey_or_a_self_assessment_is_not_found(phone, assessment):
    assert phone.get("/enquete/nulle-part/").status_code == 404
    assert phone.get("/enquete/autoevaluation-2026/").status_code == 404


def test_outside_its_days_the_survey_says_so(phone, survey):
    with time_machine.travel(AFTER):
        assert "31 mars 2026" in text_of(phone.get(HOME))
        assert phone.post(HOME).url == HOME
    with time_machine.travel(NOW - timedelta(days=30)):
        assert "Elle ouvre le" in text_of(phone.get(HOME))
    assert not Draft.objects.exists()


# -- Filling in --------------------------------------------------------------------------


def test_a_resident_answers_reads_again_and_sends(phone, begun):
    assert fill(phone, FIRST, PAGE_1).url == SECOND
    assert fill(phone, SECOND, PAGE_2).url == SUMMARY

    page = text_of(phone.get(SUMMARY))
    assert "Sante Transports" in page
    assert "0 sur 10" in page

    assert send(phone).url == RECEIPT
    response = Response.objects.get()
    assert response.document == {
        "q-anciennete": {"choice": "c-plus_2"},
        "q-besoins": {"choices": ["c-sante", "c-transports"]},
        "q-mot": "Vivant",
        "q-age": 42,
        "q-note": 0,
    }
    assert response.receipt_code in text_of(phone.get(RECEIPT))
    assert not Draft.objects.exists()
    assert not Session.objects.exists()


def test_the_section_says_where_one_is(phone, begun):
    response = phone.get(SECOND)

    progress = BeautifulSoup(response.content, "html.parser").progress
    assert "Rubrique 2 sur 2" in text_of(response)
    assert (progress["value"], progress["max"]) == ("2", "2")


def test_a_section_that_does_not_exist_is_not_found(phone, begun):
    assert phone.get(f"{HOME}rubrique/3/").status_code == 404
    assert phone.get(f"{HOME}rubrique/0/").status_code == 404
    assert phone.post(f"{HOME}rubrique/{10**30}/").status_code == 404


def test_going_on_without_a_required_answer_is_said_and_the_rest_is_saved(phone, begun):
    response = fill(phone, FIRST, {"q-besoins": ["c-sante"]})

    page = text_of(response)
    assert response.status_code == 200
    assert "Depuis quand vivez-vous ici ? Cette réponse est obligatoire." in page
    assert "Continuer sans répondre" in page
    assert Draft.objects.get().document == {"q-besoins": {"choices": ["c-sante"]}}

    page = hidden(response)
    response = phone.post(FIRST, {"q-besoins": ["c-sante"], "page": page, "action": "skip"})
    assert response.url == SECOND


@pytest.mark.parametrize(
    ("action", "target"), [("previous", HOME), ("later", LATER), ("summary", SUMMARY)]
)
def test_leaving_a_section_otherwise_saves_and_asks_nothing(phone, begun, action, target):
    response = fill(phone, FIRST, {"q-besoins": ["c-sante"]}, action)

    assert response.url == target
    assert Draft.objects.get().document == {"q-besoins": {"choices": ["c-sante"]}}


def test_a_value_that_cannot_be_is_shown_again_and_the_rest_is_saved(phone, begun):
    response = fill(phone, SECOND, {"q-mot": "Vivant", "q-age": "quarante"}, "previous")

    assert "Quel âge avez-vous ? Écrivez un nombre, en chiffres" in text_of(response)
    assert 'value="quarante"' in response.content.decode()
    assert Draft.objects.get().document == {"q-mot": "Vivant"}


def test_the_summary_names_what_is_missing_and_leads_there(phone, begun):
    response = phone.get(SUMMARY)

    links = BeautifulSoup(response.content, "html.parser").select(".error-summary a")
    assert [link["href"] for link in links] == [
        f"{FIRST}#id_q-anciennete_field",
        f"{SECOND}#id_q-mot_field",
    ]
    assert "Il manque des réponses obligatoires" in text_of(response)
    assert "Envoyer" not in text_of(response)


def test_sending_an_incomplete_response_all_the_same_is_refused(phone, begun):
    response = send(phone)

    assert response.status_code == 200
    assert "2 réponses obligatoires manquent" in text_of(response)
    assert not Response.objects.exists()


def test_people_already_answering_finish_on_their_version(phone, begun, questionnaire, version):
    make_version(questionnaire, DEFINITION)

    fill(phone, FIRST, PAGE_1)
    fill(phone, SECOND, PAGE_2)
    send(phone)

    assert Response.objects.get().version == version


# -- Sending -----------------------------------------------------------------------------


@pytest.fixture
def ready(phone, begun) -> Draft:
    Draft.objects.update(document=ANSWERS)
    return begun


def test_sending_twice_gives_the_same_receipt(phone, ready):
    page = hidden(phone.get(SUMMARY))

    first = phone.post(SUMMARY, {"page": page})
    code = Response.objects.get().receipt_code
    second = phone.post(SUMMARY, {"page": page})

    assert first.url == second.url == RECEIPT
    assert Response.objects.count() == 1
    assert code in text_of(phone.get(RECEIPT))


def test_going_back_after_sending_leads_to_the_receipt(phone, ready):
    send(phone)

    for address in (FIRST, SUMMARY):
        assert phone.get(address).url == RECEIPT


def test_an_old_section_posted_after_sending_gives_back_what_was_typed(phone, ready):
    page = hidden(phone.get(FIRST))
    send(phone)

    response = phone.post(FIRST, {**PAGE_1, "page": page})

    assert response.status_code == 409
    assert "La réponse a été envoyée entre-temps" in text_of(response)
    assert "Plus 2" in text_of(response)
    assert Response.objects.get().document == ANSWERS


def test_after_sending_nothing_on_the_device_leads_to_the_answers(phone, ready, survey):
    send(phone)

    kept = {name: cookie.value for name, cookie in phone.cookies.items() if cookie.value}
    assert not any(ready.pk.hex in value for value in kept.values())
    assert f"draft_{survey.pk}" not in kept


def test_somebody_else_can_answer_on_the_same_phone(phone, ready):
    send(phone)
    assert "Répondre pour quelqu'un d'autre" in text_of(phone.get(RECEIPT))

    phone.post(HOME)
    fill(phone, FIRST, PAGE_1)
    fill(phone, SECOND, PAGE_2)
    send(phone)

    assert Response.objects.count() == 2


def test_answers_changed_elsewhere_are_read_again_before_sending(phone, ready):
    page = hidden(phone.get(SUMMARY))
    fill(phone, SECOND, {**PAGE_2, "q-mot": "Vivante"})

    response = phone.post(SUMMARY, {"page": page})

    assert "Des réponses ont changé" in text_of(response)
    assert not Response.objects.exists()
    assert send(phone).url == RECEIPT


def test_a_survey_of_nobody_sends_nobodys_draft(phone, ready):
    assert Client().post(SUMMARY).url == HOME
    assert Client().post(SUMMARY, {"page": "forged"}).url == HOME
    assert not Response.objects.exists()


# -- Nothing typed is lost ---------------------------------------------------------------


def test_a_survey_closed_meanwhile_gives_back_what_was_typed(phone, begun):
    page = hidden(phone.get(FIRST))
    with time_machine.travel(AFTER):
        response = phone.post(FIRST, {**PAGE_1, "page": page})

    read = text_of(response)
    assert response.status_code == 409
    assert "Cette campagne était ouverte jusqu'au 31 mars 2026." in read
    assert "Plus 2" in read
    assert "Transports" in read
    assert Draft.objects.get().document == {}


def test_a_survey_closed_before_sending_gives_back_the_answers(phone, ready):
    page = hidden(phone.get(SUMMARY))
    with time_machine.travel(AFTER):
        response = phone.post(SUMMARY, {"page": page})
        landing = text_of(phone.get(HOME))

    assert "Depuis toujours" in text_of(response)
    assert "Depuis toujours" in landing
    assert not Response.objects.exists()


def test_values_that_cannot_be_are_given_back_too(phone, begun):
    page = hidden(phone.get(SECOND))
    with time_machine.travel(AFTER):
        response = phone.post(SECOND, {"q-age": "quarante", "q-besoins": ["x"], "page": page})

    assert "quarante" in text_of(response)


def test_a_draft_deleted_meanwhile_gives_back_what_was_typed(phone, begun):
    page = hidden(phone.get(FIRST))
    Draft.objects.all().delete()

    response = phone.post(FIRST, {**PAGE_1, "page": page})

    assert response.status_code == 409
    assert "n'existe plus" in text_of(response)
    assert "Plus 2" in text_of(response)


def test_a_cookie_lost_meanwhile_loses_nothing(phone, begun):
    page = hidden(phone.get(FIRST))

    response = Client().post(FIRST, {**PAGE_1, "page": page})

    assert response.url == SECOND
    assert Draft.objects.get().document["q-anciennete"] == {"choice": "c-plus_2"}


def test_two_devices_on_one_draft_lose_nothing(phone, begun):
    other = Client()
    assert other.get(f"{HOME}reprendre/{link_token(begun)}/").url == SUMMARY
    here, there = hidden(phone.get(SECOND)), hidden(other.get(SECOND))

    phone.post(SECOND, {"q-mot": "Vivant", "q-age": "42", "page": here})
    response = other.post(SECOND, {"q-mot": "Calme", "q-note": "7", "page": there})

    assert "Deux réponses différentes" in text_of(response)
    assert "Vivant" in text_of(response)
    assert "Calme" in text_of(response)
    assert Draft.objects.get().document == {"q-mot": "Vivant", "q-age": 42, "q-note": 7}


# -- Another device ----------------------------------------------------------------------


def test_a_private_link_leads_to_the_draft_from_another_device(phone, ready):
    page = BeautifulSoup(phone.get(LATER).content, "html.parser")
    link = page.select_one("#link")["value"].removeprefix("http://testserver")

    other = Client()
    assert other.get(link).url == SUMMARY
    assert "Depuis toujours" in text_of(other.get(SUMMARY))


def test_a_link_that_leads_nowhere_says_so(phone, begun):
    token = link_token(begun)
    begun.delete()

    for dead in (token, "forged", "é"):
        response = Client().get(f"{HOME}reprendre/{dead}/")
        assert "Ce lien ne mène plus à aucun brouillon." in text_of(response)


def test_a_link_to_what_was_sent_leads_to_the_receipt(phone, ready):
    token = link_token(ready)
    send(phone)

    other = Client()
    assert other.get(f"{HOME}reprendre/{token}/").url == RECEIPT
    assert Response.objects.get().receipt_code in text_of(other.get(RECEIPT))


# -- Hostile and costly ------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        {"q-anciennete": "x", "q-besoins": ["a", "b"], "q-note": "999"},
        {"q-mot": "\x00", "q-souhait": "x" * 25_000},
        {"page": "x" * 10_000},
        {"choice": "forged"},
        {"choice": "forged", "page": "forged"},
        {"action": "é\x00", "q-age": ["1", "2", "3"]},
        {f"q-{number}": "x" for number in range(500)},
    ],
)
@pytest.mark.parametrize("address", [FIRST, SECOND, SUMMARY, HOME, LATER, RECEIPT])
def test_hostile_posts_never_break_anything(phone, begun, address, typed):
    phone.raise_request_exception = True

    assert phone.post(address, typed).status_code in {200, 302, 409}


def test_a_forged_cookie_leads_nowhere(survey, begun):
    stranger = Client()
    stranger.cookies[f"draft_{survey.pk}"] = f"{begun.pk.hex}:forged"

    assert stranger.get(FIRST).url == HOME


@pytest.mark.parametrize("address", [HOME, FIRST, SECOND, SUMMARY, LATER])
def test_a_page_asks_a_handful_of_queries(
    phone, ready, association, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        phone.get(address)


def test_pages_are_not_kept_by_a_shared_phone(phone, begun):
    assert "no-store" in phone.get(FIRST).headers["Cache-Control"]
