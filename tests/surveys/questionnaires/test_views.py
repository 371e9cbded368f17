import pytest
from django.urls import reverse

from surveys.questionnaires.operations import freeze_version
from tests.people import NOW

ADDRESSES = [("questionnaire_versions", ["besoins"]), ("questionnaire_version", ["besoins", 1])]


@pytest.fixture
def version(questionnaire, elodie):
    return freeze_version(questionnaire=questionnaire, by=elodie, at=NOW)


def test_a_member_reads_what_was_asked(client, version, denis):
    client.force_login(denis)

    page = client.get(version.get_absolute_url()).text

    for words in ("Votre quartier", "Nord", "Choix unique", "votre_quartier", "de 10 à 120"):
        assert words in page


def test_a_member_sees_who_published_and_when(client, version, denis):
    client.force_login(denis)

    page = client.get(reverse("questionnaire_versions", args=["besoins"])).text

    assert "Élodie" in page
    assert "12 mars 2026" in page
    assert '<td class="number">3</td>' in page


@pytest.mark.parametrize(("name", "args"), ADDRESSES)
def test_a_public_partner_and_a_passer_by_see_nothing(client, version, farid, name, args):
    address = reverse(name, args=args)

    assert client.get(address).status_code == 302
    client.force_login(farid)
    assert client.get(address).status_code == 403


def test_a_version_that_does_not_exist_is_not_found(client, version, denis):
    client.force_login(denis)

    assert client.get(reverse("questionnaire_version", args=["besoins", 2])).status_code == 404
    assert client.get(reverse("questionnaire_versions", args=["rien"])).status_code == 404


def test_the_title_of_a_questionnaire_without_version_is_for_who_writes_it(
    client, questionnaire, denis, elodie
):
    client.force_login(denis)
    assert client.get(reverse("questionnaire_versions", args=["besoins"])).status_code == 404

    client.force_login(elodie)
    page = client.get(reverse("questionnaire_versions", args=["besoins"])).text

    assert "Pas encore publié" in page
