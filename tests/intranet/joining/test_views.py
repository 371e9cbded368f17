from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.accounts.models import User
from intranet.joining import operations
from intranet.joining.models import JoinRequest
from intranet.network.models import Association
from tests.people import NOW

pytestmark = pytest.mark.django_db

HERE = "/mon-espace/rejoindre/"
TEAM = "/mon-espace/equipe/les-tisserands/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(response) -> str:
    text = unescape(response.content.decode())
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def found_in(response) -> list[str]:
    section = page(response).find("section", attrs={"aria-labelledby": "find"})
    return [one.text for one in section.select("h3")]


# -- Finding ---------------------------------------------------------------------------------


def test_a_visitor_logs_in_first(client):
    assert client.get(HERE).url == f"/compte/login/?next={HERE}"


@pytest.mark.parametrize(
    ("person", "words", "names"),
    [
        ("samia", "la", ["La Vitrine"]),
        ("samia", "VITR", ["La Vitrine"]),
        ("samia", "Passerelle", []),
        ("farid", "Passerelle", []),
        ("benoit", "passerelle", ["La Passerelle"]),
        ("claire", "tisserands", ["Les Tisserands"]),
        ("claire", "a partie", []),
        ("samia", "", []),
    ],
)
def test_one_finds_by_name_what_the_directory_names_to_them(
    request, association, other_association, shown, person, words, names
):
    client = as_(request.getfixturevalue(person))

    assert found_in(client.get(HERE, {"q": words})) == names


def test_the_presentation_is_not_looked_through(samia, shown):
    Association.objects.update(presentation="Un jardin")

    assert found_in(as_(samia).get(HERE, {"q": "jardin"})) == []


def test_twelve_are_shown_and_the_others_are_counted(samia):
    for number in range(15):
        Association.objects.create(slug=f"a-{number}", name=f"Amis {number:02}", is_public=True)

    response = as_(samia).get(HERE, {"q": "amis"})

    assert len(found_in(response)) == 12
    assert "3 autres" in said(response)


def test_the_list_asks_as_many_queries_for_three_as_for_one(samia):
    client = as_(samia)
    counts = []
    for number in range(3):
        found = Association.objects.create(
            slug=f"a-{number}", name=f"Amis {number}", is_public=True
        )
        operations.ask(user=samia, association=found, word="", at=NOW)
        client.get(HERE, {"q": "amis"})
        with CaptureQueriesContext(connection) as queries:
            response = client.get(HERE, {"q": "amis"})
        assert len(found_in(response)) == number + 1
        counts.append(len(queries))

    assert len(set(counts)) == 1


@pytest.mark.parametrize("text", ["\0", "x" * 5_000, "%", "<script>"])
def test_hostile_words_find_nothing(samia, shown, text):
    for name in ("q", "association"):
        response = as_(samia).get(HERE, {name: text})
        assert response.status_code == 200
        assert found_in(response) == []
    response = as_(samia).post(HERE, {"association": text, "word": text})
    assert response.status_code == 200
    assert not JoinRequest.objects.exists()


# -- Asking ----------------------------------------------------------------------------------


def test_asking_from_the_page_of_the_association(samia, shown):
    client = as_(samia)

    link = page(client.get(reverse("association", args=[shown.slug]))).find(
        "a", string="Demander à rejoindre"
    )
    client.get(link["href"])
    response = client.post(HERE, {"association": shown.slug, "word": "Bonjour"}, follow=True)

    made = JoinRequest.objects.get()
    assert (made.user, made.association, made.word) == (samia, shown, "Bonjour")
    assert "Votre demande à rejoindre La Vitrine part." in said(response)
    assert "en attente de réponse" in said(response)
    assert "Vous avez demandé à la rejoindre" in said(
        client.get(reverse("association", args=[shown.slug]))
    )


def test_the_page_of_an_association_offers_it_neither_to_its_members_nor_to_visitors(
    client, association, aminata, denis
):
    Association.objects.update(is_public=True)
    address = reverse("association", args=[association.slug])

    assert "Demander à rejoindre" not in said(as_(aminata).get(address))
    assert "Demander à rejoindre" not in said(client.get(address))
    assert "Demander à rejoindre" in said(as_(denis).get(address))


@pytest.mark.parametrize("slug", ["la-passerelle", "fermee", "inconnue"])
def test_what_one_may_not_see_is_as_if_it_were_not_there(samia, other_association, slug):
    """And what was written is given back."""
    Association.objects.create(slug="fermee", name="Fermée", is_public=True, is_active=False)
    client = as_(samia)

    looked = said(client.get(HERE, {"association": slug}))
    sent = said(client.post(HERE, {"association": slug, "word": "Je vous connais."}))

    for text in (looked, sent):
        assert "Cette association n'est pas dans la liste" in text
        assert "La Passerelle" not in text
        assert "Fermée" not in text
    assert "Je vous connais." in sent
    assert not JoinRequest.objects.exists()


def test_without_an_association_the_word_is_given_back(samia):
    text = said(as_(samia).post(HERE, {"word": "Je vous connais."}))

    assert "Cette association n'est pas dans la liste" in text
    assert "Je vous connais." in text


def test_a_refused_sending_keeps_the_word(samia, shown):
    client = as_(samia)
    client.post(HERE, {"association": shown.slug})
    JoinRequest.objects.update(state="refused", decided_at=NOW)

    text = said(client.post(HERE, {"association": shown.slug, "word": "Encore moi"}))

    assert "La Vitrine a dit non : vous pourrez redemander dans 30 jours." in text
    assert "Encore moi" in page_word(text)


def page_word(text: str) -> str:
    return BeautifulSoup(text, "html.parser").find("textarea").text


def test_asked_twice_one_is_told_so(samia, shown):
    client = as_(samia)
    client.post(HERE, {"association": shown.slug})

    text = said(client.post(HERE, {"association": shown.slug, "word": "Encore moi"}))

    assert "Vous avez déjà demandé à rejoindre La Vitrine" in text
    assert page_word(text).strip() == "Encore moi"
    assert JoinRequest.objects.count() == 1


def test_a_word_that_is_too_long_is_refused_and_kept(samia, shown):
    text = said(as_(samia).post(HERE, {"association": shown.slug, "word": "x" * 1_001}))

    assert "x" * 1_001 in page_word(text)
    assert not JoinRequest.objects.exists()


def test_taking_back(asked, samia):
    client = as_(samia)

    text = said(client.post(reverse("join_withdraw", args=[asked.pk]), follow=True))
    again = said(client.post(reverse("join_withdraw", args=[asked.pk]), follow=True))

    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert "Votre demande est retirée." in text
    assert "a reçu une réponse entre-temps" in again
    assert "Je tiens l'atelier." not in again


def test_nobody_takes_back_what_others_asked(asked, denis, aminata):
    for person in (denis, aminata):
        assert as_(person).post(reverse("join_withdraw", args=[asked.pk])).status_code == 404

    asked.refresh_from_db()
    assert asked.state == "open"


# -- Answering -------------------------------------------------------------------------------


def of(asked: JoinRequest, name: str) -> str:
    return reverse(name, args=["les-tisserands", asked.pk])


def test_the_team_shows_who_asks_to_those_who_answer(asked, aminata, benoit, claire):
    for person in (aminata, claire):
        text = said(as_(person).get(TEAM))
        assert "1 personne demande à rejoindre" in text
        assert "Samia Haddad" in text
        assert "Je tiens l'atelier." in text
    assert "Samia" not in said(as_(benoit).get(TEAM))


def test_accepting_as_a_contributor_unless_chosen_otherwise(asked, samia, aminata):
    client = as_(aminata)
    form = page(client.get(TEAM)).find("form", action=of(asked, "join_accept"))
    chosen = form.find("input", type="radio", checked=True)

    response = client.post(of(asked, "join_accept"), {chosen["name"]: chosen["value"]}, follow=True)

    assert samia.memberships.get().role == "contributor"
    assert "Samia Haddad fait partie de Les Tisserands." in said(response)
    assert as_(samia).get("/mon-espace/").status_code == 200


def test_accepting_as_a_representative_is_a_choice(asked, samia, aminata):
    as_(aminata).post(of(asked, "join_accept"), {f"request-{asked.pk}-role": "representative"})

    assert samia.memberships.get().role == "representative"


@pytest.mark.parametrize("sent", [{}, {"role": "contributor"}, {"request-{pk}-role": "animator"}])
def test_without_a_role_nobody_comes_in(asked, samia, aminata, sent):
    data = {name.format(pk=asked.pk): value for name, value in sent.items()}

    response = as_(aminata).post(of(asked, "join_accept"), data, follow=True)

    assert "Choisissez le rôle" in said(response)
    assert not samia.memberships.exists()


def test_refusing_with_a_word(asked, samia, aminata):
    client = as_(aminata)
    assert "Refuser la demande de Samia Haddad ?" in said(client.get(of(asked, "join_refuse")))
    asked.refresh_from_db()
    assert asked.state == "open"

    response = client.post(of(asked, "join_refuse"), {"answer": "Passez nous voir."}, follow=True)

    assert "La demande de Samia Haddad est refusée." in said(response)
    assert "Passez nous voir." in said(as_(samia).get(HERE))


@pytest.mark.parametrize("name", ["join_accept", "join_refuse"])
def test_what_was_answered_meanwhile_is_said(asked, samia, aminata, name):
    operations.withdraw(request=asked, at=NOW)

    response = as_(aminata).post(
        of(asked, name), {f"request-{asked.pk}-role": "contributor"}, follow=True
    )

    assert response.redirect_chain == [(TEAM, 302)]
    assert "a reçu une réponse ou a été retirée entre-temps" in said(response)
    assert not samia.memberships.exists()


@pytest.mark.parametrize("person", ["samia", "benoit", "denis", "farid", "elodie"])
@pytest.mark.parametrize("name", ["join_accept", "join_refuse"])
def test_nobody_else_answers(request, asked, samia, person, name):
    client = as_(request.getfixturevalue(person))

    for answer in (client.get(of(asked, name)), client.post(of(asked, name))):
        assert answer.status_code in {403, 405}
    asked.refresh_from_db()
    assert asked.state == "open"


def test_a_request_is_answered_from_its_own_association(asked, samia, denis):
    """Denis represents another one, and puts its name in the address."""
    address = reverse("join_accept", args=["la-passerelle", asked.pk])

    response = as_(denis).post(address, {f"request-{asked.pk}-role": "contributor"})

    assert response.status_code == 404
    assert not samia.memberships.exists()


# -- Leaving ---------------------------------------------------------------------------------


def test_whoever_leaves_their_last_association_is_shown_where_to_ask(association, benoit):
    response = as_(benoit).post(f"{TEAM}quitter/", follow=True)

    assert response.redirect_chain == [(HERE, 302)]
    assert "vous pouvez demander ici à rejoindre une autre association" in said(response)
