"""An association fills in its self-assessment, by several people."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from intranet.accounts.models import User
from intranet.notifications.models import Letter
from surveys.campaigns.models import Campaign, Participation
from surveys.responses.models import Draft, Response
from tests.letters import send_letters
from tests.people import NOW
from tests.surveys.responses.conftest import ANSWERS
from tests.surveys.responses.test_views_survey import hidden, text_of

HOME = "/campagnes/autoevaluation-2026/repondre/les-tisserands/"
FIRST, SECOND = f"{HOME}rubrique/1/", f"{HOME}rubrique/2/"
SUMMARY, RECEIPT = f"{HOME}resume/", f"{HOME}envoyee/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("’", "'")


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def of_aminata(aminata, participation) -> Client:
    return browser_of(aminata)


@pytest.fixture
def of_benoit(benoit, participation) -> Client:
    return browser_of(benoit)


# -- Who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("address", [HOME, FIRST, SUMMARY, RECEIPT])
@pytest.mark.parametrize("stranger", ["denis", "claire", "farid", "elodie"])
def test_nobody_else_finds_the_pages_of_an_association(
    request, association_draft, address, stranger
):
    client = browser_of(request.getfixturevalue(stranger))

    assert client.get(address).status_code == 404
    assert client.post(address, {"q-age": "1"}).status_code == 404
    assert Draft.objects.get().document == {}


def test_a_visitor_is_asked_to_log_in_and_comes_back(client, participation):
    assert client.get(FIRST).url == f"/compte/login/?next={FIRST}"


def test_an_association_that_was_not_asked_has_no_pages(aminata, assessment):
    assert browser_of(aminata).get(HOME).status_code == 404


# -- Filling in together -----------------------------------------------------------------


def test_starting_makes_one_draft_and_says_that_the_association_has_begun(
    of_aminata, of_benoit, participation, version
):
    assert "Commencer" in text_of(of_aminata.get(HOME))

    assert of_aminata.post(HOME).url == FIRST
    assert of_benoit.post(HOME).url == FIRST

    participation.refresh_from_db()
    assert Draft.objects.count() == 1
    assert participation.state == Participation.State.STARTED


def test_who_saved_last_and_when_is_shown(of_aminata, of_benoit, association_draft):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.post(SECOND, {"q-mot": "Vivant", "page": page})

    assert "Enregistré en dernier par Aminata, le 12 mars 2026 à 19:30." in text_of(
        of_benoit.get(SECOND)
    )


def test_finishing_later_says_that_it_is_saved(of_aminata, association_draft):
    page = hidden(of_aminata.get(SECOND))

    response = of_aminata.post(SECOND, {"page": page, "action": "later"}, follow=True)

    assert response.request["PATH_INFO"] == HOME
    assert "Vos réponses sont enregistrées." in text_of(response)


def test_the_start_page_says_where_one_was(of_aminata, association_draft):
    association_draft.document = {"q-anciennete": {"choice": "c-plus_2"}}
    association_draft.save()

    page = BeautifulSoup(of_aminata.get(HOME).content, "html.parser")

    assert page.select_one("a.button--large")["href"] == SECOND
    assert "1 réponse sur 3" in page.get_text(" ")


@pytest.fixture
def in_conflict(of_aminata, of_benoit, association_draft):
    """Both opened the page; Aminata saved first, then Benoît."""
    page = hidden(of_benoit.get(SECOND))
    of_aminata.post(
        SECOND, {"q-mot": "Vivant", "q-age": "12", "page": hidden(of_aminata.get(SECOND))}
    )
    return of_benoit.post(SECOND, {"q-mot": "Calme", "q-note": "7", "page": page})


def test_the_second_is_shown_both_answers_and_nothing_else_is_asked(in_conflict):
    page = text_of(in_conflict)

    assert "Aminata a modifié les mêmes réponses" in page
    assert "Calme" in page
    assert "Vivant" in page
    assert "Quel âge" not in page
    assert Draft.objects.get().document == {"q-mot": "Vivant", "q-age": 12, "q-note": 7}


def settle(client, response, **picked):
    names = {"page": hidden(response), "choice": hidden(response, "choice"), "action": "next"}
    return client.post(SECOND, names | {f"keep-q-{code}": one for code, one in picked.items()})


@pytest.mark.parametrize(("picked", "kept"), [("mine", "Calme"), ("theirs", "Vivant")])
def test_the_second_chooses_which_one_stays(of_benoit, in_conflict, picked, kept):
    response = settle(of_benoit, in_conflict, mot=picked)

    assert response.url == SUMMARY
    assert Draft.objects.get().document["q-mot"] == kept


def test_without_a_choice_the_question_is_asked_again(of_benoit, in_conflict):
    response = settle(of_benoit, in_conflict)

    assert "Choisissez une réponse pour chaque question" in text_of(response)
    assert settle(of_benoit, response, mot="mine").url == SUMMARY


def test_a_third_change_meanwhile_is_asked_again(of_aminata, of_benoit, in_conflict):
    of_aminata.post(
        SECOND,
        {"q-mot": "Vif", "q-age": "12", "q-note": "7", "page": hidden(of_aminata.get(SECOND))},
    )

    response = settle(of_benoit, in_conflict, mot="mine")

    assert "Vif" in text_of(response)
    assert Draft.objects.get().document["q-mot"] == "Vif"


def test_a_wrong_value_beside_a_conflict_loses_neither(of_aminata, of_benoit, association_draft):
    page = hidden(of_benoit.get(SECOND))
    of_aminata.post(SECOND, {"q-mot": "Vivant", "page": hidden(of_aminata.get(SECOND))})

    response = of_benoit.post(SECOND, {"q-mot": "Calme", "q-age": "vieux", "page": page})
    assert 'value="vieux"' in response.content.decode()
    response = of_benoit.post(SECOND, {"q-mot": "Calme", "q-age": "80", "page": hidden(response)})

    assert "Deux réponses différentes" in text_of(response)
    assert Draft.objects.get().document == {"q-mot": "Vivant", "q-age": 80}


def test_a_page_without_its_seal_overwrites_nothing(of_aminata, association_draft):
    association_draft.document = {"q-mot": "Vivant"}
    association_draft.save()

    response = of_aminata.post(SECOND, {"q-mot": "Calme", "page": "forged"})

    assert "Deux réponses différentes" in text_of(response)
    assert Draft.objects.get().document == {"q-mot": "Vivant"}


# -- Sending -----------------------------------------------------------------------------


def test_the_association_sends_and_reads_its_receipt(
    of_aminata, of_benoit, association_draft, participation, django_capture_on_commit_callbacks
):
    Draft.objects.update(document=ANSWERS)

    with django_capture_on_commit_callbacks(execute=True):
        response = of_aminata.post(SUMMARY, {"page": hidden(of_aminata.get(SUMMARY))})

    participation.refresh_from_db()
    code = Response.objects.get().receipt_code
    assert response.url == RECEIPT
    assert participation.state == Participation.State.SUBMITTED
    for reader in (of_aminata, of_benoit):
        assert code in text_of(reader.get(RECEIPT))
        assert "Depuis toujours" in text_of(reader.get(RECEIPT))
        for address in (HOME, FIRST, SUMMARY):
            assert reader.get(address).url == RECEIPT
    assert ["aminata@example.org"] in [letter.to for letter in mail.outbox]
    assert f"http://localhost:8000{RECEIPT}" in mail.outbox[0].body


def test_a_double_click_gives_one_response_and_one_receipt(of_aminata, association_draft):
    Draft.objects.update(document=ANSWERS)
    page = hidden(of_aminata.get(SUMMARY))

    assert [of_aminata.post(SUMMARY, {"page": page}).url for _ in range(2)] == [RECEIPT] * 2
    assert Response.objects.count() == 1


def test_what_a_colleague_sent_meanwhile_gives_back_what_was_typed(
    of_aminata, of_benoit, association_draft
):
    Draft.objects.update(document=ANSWERS)
    page = hidden(of_benoit.get(SECOND))
    of_aminata.post(SUMMARY, {"page": hidden(of_aminata.get(SUMMARY))})

    response = of_benoit.post(SECOND, {"q-mot": "Calme", "page": page})

    assert response.status_code == 409
    assert "La réponse a été envoyée entre-temps" in text_of(response)
    assert "Calme" in text_of(response)


def test_a_closed_campaign_gives_back_the_draft(of_aminata, association_draft):
    Draft.objects.update(document=ANSWERS)
    page = hidden(of_aminata.get(SECOND))

    Campaign.objects.update(closed_date=NOW.date())
    response = of_aminata.post(SECOND, {"q-mot": "Calme", "page": page})
    landing = text_of(of_aminata.get(HOME))

    assert "Cette campagne a été close le 12 mars 2026." in text_of(response)
    assert "Calme" in text_of(response)
    assert "Depuis toujours" in landing
    assert of_aminata.get(SECOND).url == HOME
    assert Draft.objects.get().document == ANSWERS


# -- An expired session ------------------------------------------------------------------


def log_in(client: Client, person, target: str):
    return client.post(
        f"/compte/login/?next={target}",
        {"login": person.email, "password": "un-long-mot-de-passe", "next": target},
    )


def test_what_an_expired_session_sent_is_there_after_logging_in(
    of_aminata, aminata, association_draft
):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.logout()

    asked = of_aminata.post(SECOND, {"q-mot": "Calme", "q-age": "vieux", "page": page})
    assert asked.url == f"/compte/login/?next={SECOND}"
    assert log_in(of_aminata, aminata, SECOND).url == SECOND

    response = of_aminata.get(SECOND)
    assert "Vous aviez été déconnecté·e." in text_of(response)
    assert 'value="Calme"' in response.content.decode()
    assert 'value="vieux"' in response.content.decode()

    of_aminata.post(SECOND, {"q-mot": "Calme", "q-age": "12", "page": hidden(response)})
    assert Draft.objects.get().document == {"q-mot": "Calme", "q-age": 12}
    assert "déconnecté" not in text_of(of_aminata.get(SECOND))


def test_what_was_typed_before_logging_in_never_overwrites_a_colleague(
    of_aminata, of_benoit, aminata, association_draft
):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.logout()
    of_aminata.post(SECOND, {"q-mot": "Calme", "page": page})
    of_benoit.post(SECOND, {"q-mot": "Vivant", "page": hidden(of_benoit.get(SECOND))})
    log_in(of_aminata, aminata, SECOND)

    response = of_aminata.get(SECOND)
    response = of_aminata.post(SECOND, {"q-mot": "Calme", "page": hidden(response)})

    assert "Deux réponses différentes" in text_of(response)


def test_a_choice_between_two_answers_survives_logging_in(of_benoit, benoit, in_conflict):
    of_benoit.logout()
    settle(of_benoit, in_conflict, mot="mine")
    log_in(of_benoit, benoit, SECOND)

    response = of_benoit.get(SECOND)

    assert "Deux réponses différentes" in text_of(response)
    assert settle(of_benoit, response, mot="mine").url == SUMMARY
    assert Draft.objects.get().document["q-mot"] == "Calme"


def test_after_logging_in_too_late_what_was_typed_is_given_back(
    of_aminata, aminata, association_draft
):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.logout()
    of_aminata.post(SECOND, {"q-mot": "Calme", "page": page})

    Campaign.objects.update(closed_date=NOW.date())
    log_in(of_aminata, aminata, SECOND)
    response = of_aminata.get(SECOND)

    assert response.status_code == 409
    assert "Calme" in text_of(response)


def test_somebody_else_logging_in_does_not_read_what_was_typed(
    of_aminata, denis, association_draft
):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.logout()
    of_aminata.post(SECOND, {"q-mot": "Calme", "page": page})
    log_in(of_aminata, denis, SECOND)

    assert of_aminata.get(SECOND).status_code == 404


def test_a_stranger_cannot_fill_the_house_with_what_no_page_of_ours_sent(client, participation):
    client.post(FIRST, {"q-mot": "x" * 10_000, "page": "forged"})

    assert "typed_before_login" not in client.session


def test_what_is_too_long_to_be_kept_is_given_back_as_text(of_aminata, association_draft):
    page = hidden(of_aminata.get(SECOND))
    of_aminata.logout()

    response = of_aminata.post(SECOND, {"q-souhait": "x" * 250_000, "page": page})

    assert response.status_code == 403
    assert "x" * 250_000 in response.content.decode()


def test_a_form_that_cannot_be_trusted_gives_back_what_was_typed(aminata, association_draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(aminata)

    response = client.post(SECOND, {"q-mot": "Calme"})

    assert response.status_code == 403
    assert "Calme" in response.content.decode()


@pytest.mark.parametrize("address", [HOME, FIRST, SECOND, SUMMARY])
def test_a_page_asks_a_handful_of_queries(
    of_aminata, association_draft, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(11):
        of_aminata.get(address)


# -- Who sends ---------------------------------------------------------------------------

READY = f"{HOME}prete/"


@pytest.fixture
def all_answered(association_draft) -> Draft:
    Draft.objects.update(document=ANSWERS)
    return association_draft


def letters_ready() -> list[Letter]:
    return list(Letter.objects.filter(kind="response-ready").order_by("to"))


def test_a_contributor_reads_who_sends_instead_of_a_button(
    of_benoit, of_aminata, aminata, all_answered
):
    User.objects.filter(pk=aminata.pk).update(last_name="Sow")

    summary = soup(of_benoit.get(SUMMARY))

    assert "Aminata Sow valide la réponse et l'envoie" in plain(summary.text)
    assert summary.find("button", string="Envoyer") is None
    assert summary.find("button", string="Prévenir qu'elle est prête") is not None
    assert "Qui envoie la réponse" not in soup(of_aminata.get(SUMMARY)).text
    assert soup(of_aminata.get(SUMMARY)).find("button", string="Envoyer") is not None


def test_without_a_name_the_representative_is_called_by_their_role(
    of_benoit, aminata, all_answered
):
    User.objects.filter(pk=aminata.pk).update(first_name="")

    text = plain(soup(of_benoit.get(SUMMARY)).text)

    assert "La référente ou le référent de l'association valide la réponse" in text
    assert aminata.email not in text


def test_what_a_contributor_sends_all_the_same_is_refused_and_kept(of_benoit, all_answered):
    response = of_benoit.post(SUMMARY, {"page": hidden(of_benoit.get(SUMMARY))})

    assert response.status_code == 403
    assert "Seuls la référente ou le référent" in text_of(response)
    assert "Depuis toujours" in text_of(response)
    assert Draft.objects.get().document == ANSWERS
    assert not Response.objects.exists()


def test_saying_that_it_is_ready_writes_once_a_day_to_who_represents(
    of_benoit, aminata, all_answered, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = of_benoit.post(READY, follow=True)
        again = of_benoit.post(READY, follow=True)

    assert first.redirect_chain == [(SUMMARY, 302)]
    assert "Un courriel part" in text_of(first)
    assert "déjà dit aujourd'hui" in plain(text_of(again))
    [letter] = mail.outbox
    assert letter.to == [aminata.email]
    assert letter.subject.startswith("Prête à être envoyée")
    assert "Benoît a fini de remplir" in letter.body
    assert f"http://localhost:8000{SUMMARY}" in letter.body

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        of_benoit.post(READY)
    assert len(letters_ready()) == 2


def test_an_incomplete_response_is_not_said_to_be_ready(of_benoit, association_draft):
    response = of_benoit.post(READY, follow=True)

    assert "réponses obligatoires manquent" in text_of(response)
    assert "Prévenir qu" not in text_of(response)
    assert letters_ready() == []


def test_a_letter_waits_no_more_once_the_response_was_sent(
    of_benoit, of_aminata, all_answered, django_capture_on_commit_callbacks
):
    of_benoit.post(READY)
    of_aminata.post(SUMMARY, {"page": hidden(of_aminata.get(SUMMARY))})
    send_letters(at=NOW)

    assert not [one for one in mail.outbox if "Prête" in one.subject]


def test_where_nobody_represents_the_association_the_animators_are_told(
    of_benoit, claire, aminata, all_answered, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=aminata.pk).update(is_active=False)

    summary = plain(soup(of_benoit.get(SUMMARY)).text)
    with django_capture_on_commit_callbacks(execute=True):
        of_benoit.post(READY)

    assert "Personne ne représente l'association en ce moment" in summary
    [letter] = mail.outbox
    assert letter.to == [claire.email]
    assert "/mon-espace/equipe/les-tisserands/" in letter.body


@pytest.mark.parametrize("stranger", ["denis", "claire", "farid", "elodie"])
def test_nobody_else_says_that_it_is_ready(request, all_answered, stranger):
    assert browser_of(request.getfixturevalue(stranger)).post(READY).status_code == 404
    assert letters_ready() == []


def test_opening_the_address_says_nothing_to_anybody(of_benoit, all_answered):
    assert of_benoit.get(READY).url == SUMMARY
    assert letters_ready() == []


def test_once_the_campaign_is_over_nothing_is_said_to_be_ready(of_benoit, all_answered):
    Campaign.objects.update(closed_date=NOW.date())

    assert of_benoit.post(READY).url == SUMMARY
    assert letters_ready() == []
