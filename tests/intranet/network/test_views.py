"""Who sees what in the directory, and who writes what there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.network.models import Association, Membership, Territory
from intranet.network.operations import join
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    def read(address: str, user=None) -> str:
        client.logout()
        if user:
            client.force_login(user)
        response = client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    return read


@pytest.fixture
def status(client):
    def status(address: str, user=None) -> int:
        client.logout()
        if user:
            client.force_login(user)
        return client.get(address).status_code

    return status


@pytest.fixture
def ligue(association, territory) -> Association:
    """Public, with words that only members may read."""
    ligue = Association.objects.create(
        slug="la-ligue",
        name="La Ligue",
        kind=Association.Kind.FEDERATION,
        is_public=True,
        presentation="Une fédération.",
        website="https://ligue.example",
        email="bonjour@ligue.example",
        phone="01 99 00 55 66",
        address="3 rue du Canari",
        rna="W751234567",
        siret="73282932000074",
    )
    ligue.territories.add(territory)
    association.federation = ligue
    association.save()
    return ligue


def show(user, **fields) -> None:
    for name, value in {"in_directory": True, **fields}.items():
        setattr(user, name, value)
    user.save()


# -- Associations --------------------------------------------------------------------------------


def test_everybody_sees_public_associations_and_members_all(
    read, association, ligue, aminata, farid
):
    for outsider in (None, farid):
        page = read(reverse("associations"), outsider)
        assert "La Ligue" in page
        assert "Les Tisserands" not in page
    assert "Les Tisserands" in read(reverse("associations"), aminata)


def test_what_one_may_not_see_does_not_exist(status, association, aminata, farid):
    address = reverse("association", args=[association.slug])

    assert [status(address, who) for who in (None, farid, aminata)] == [404, 404, 200]
    Association.objects.update(is_active=False)
    assert status(address, aminata) == 404


def test_a_public_page_keeps_for_members_what_is_theirs(read, ligue, aminata, farid, denis):
    join(user=denis, association=ligue, role=Membership.Role.REPRESENTATIVE)
    show(denis)
    address = reverse("association", args=[ligue.slug])
    for_members = [
        "01 99 00 55 66", "3 rue du Canari", "W751234567", "73282932000074", "Denis",
        "Les Tisserands",
    ]  # fmt: skip

    for outsider in (None, farid):
        page = read(address, outsider)
        assert "Une fédération." in page
        assert "https://ligue.example" in page
        assert "bonjour@ligue.example" in page
        assert [word for word in for_members if word in page] == []
    page = read(address, aminata)
    assert [word for word in for_members if word not in page] == []


def test_a_federation_that_is_not_public_is_not_named_by_a_public_association(
    read, association, ligue, aminata
):
    Association.objects.filter(pk=ligue.pk).update(is_public=False)
    Association.objects.filter(pk=association.pk).update(is_public=True)
    address = reverse("association", args=[association.slug])

    assert "La Ligue" not in read(address)
    assert "La Ligue" in read(address, aminata)


def test_associations_are_found_by_kind_territory_and_words_without_accents(
    client, association, ligue, aminata
):
    client.force_login(aminata)

    def found(**asked) -> list[str]:
        return [one.slug for one in client.get(reverse("associations"), asked).context["page_obj"]]

    assert found(q="federation") == ["la-ligue"]
    assert found(genre="association") == ["les-tisserands"]
    assert found(territoire="QN07501M") == ["la-ligue", "les-tisserands"]
    assert found(territoire="QN07502M") == []
    assert found(genre="\x00", page="999") == ["la-ligue", "les-tisserands"]


@pytest.mark.parametrize("name", ["associations", "territory_list", "people", "territory_map"])
def test_lists_ask_as_much_for_three_rows_as_for_one(client, claire, name):
    client.force_login(claire)

    def add(number: int) -> None:
        place = Territory.objects.create(
            code=f"QN0750{number}M", name="Lieu", commune="Paris", longitude=2.3, latitude=48.8
        )
        one = Association.objects.create(slug=f"a-{number}", name=f"A {number}")
        one.territories.add(place)
        person = type(claire).objects.create_user(f"p{number}@example.org", in_directory=True)
        join(user=person, association=one, role=Membership.Role.CONTRIBUTOR)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    add(1)
    client.get(reverse(name))
    first = count()
    add(2)
    add(3)
    assert count() == first


# -- Territories ---------------------------------------------------------------------------------


def test_a_territory_counts_all_and_names_the_public_ones(read, territory, ligue, aminata):
    address = reverse("territory", args=[territory.code])

    page = read(address)
    assert "La Ligue" in page
    assert "Les Tisserands" not in page
    assert "1 association du réseau agit ici" in page
    assert "Les Tisserands" in read(address, aminata)


def test_territories_are_filtered_by_department_and_cover(client, territory, association):
    Territory.objects.create(code="QN05901M", name="Bois Blancs", commune="Lille")

    def found(**asked) -> list[str]:
        return [
            one.code for one in client.get(reverse("territory_list"), asked).context["page_obj"]
        ]

    assert found(couverture="oui") == ["QN07501M"]
    assert found(couverture="non") == ["QN05901M"]
    assert found(departement="59") == ["QN05901M"]
    assert found(q="bois lille") == ["QN05901M"]
    Association.objects.update(is_active=False)
    assert found(couverture="oui") == []


def test_the_map_tells_covered_from_uncovered_and_says_the_same_in_a_table(
    client, territory, association
):
    Territory.objects.update(longitude=2.35, latitude=48.85)
    Territory.objects.create(
        code="QN05901M", name="Bois Blancs", commune="Lille", longitude=3.0, latitude=50.6
    )

    page = client.get(reverse("territory_map")).content.decode()

    picture, table = page.split("<table", 1)
    assert picture.count('<circle class="is-covered"') == 2  # One is the legend's.
    assert picture.count('<circle class="is-uncovered"') == 2
    assert "Les Tilleuls" in picture
    assert "Les Tilleuls" in table
    assert "Les Tisserands" not in page
    near = client.get(reverse("territory_map"), {"departement": "59"}).content.decode()
    assert "Bois Blancs" in near
    assert "Les Tilleuls" not in near
    assert client.get(reverse("territory_map"), {"departement": "00"}).status_code == 404


# -- People --------------------------------------------------------------------------------------


def test_people_are_for_members_who_see_those_who_agree(
    read, status, client, aminata, benoit, denis, farid
):
    show(aminata, shows_email=True, phone="01 99 00 11 22")
    show(farid)

    page = read(reverse("people"), denis)
    assert "Aminata" in page
    assert "aminata@example.org" in page
    assert "01 99 00 11 22" not in page
    assert "Benoît" not in page
    assert "Farid" not in page
    assert [status(reverse("people"), who) for who in (None, farid)] == [302, 404]
    address = reverse("person", args=[aminata.pk])
    assert [status(address, who) for who in (None, farid, denis)] == [302, 404, 200]
    assert status(reverse("person", args=[benoit.pk]), denis) == 404
    assert status("/annuaire/personnes/99999999999999999999/", denis) == 404


@pytest.mark.parametrize("gone", [{"is_active": False}, {"closed_at": NOW}])
def test_a_closed_account_is_nowhere(read, status, association, aminata, benoit, gone):
    show(aminata, **gone)

    assert "Aminata" not in read(reverse("people"), benoit)
    assert "Aminata" not in read(reverse("association", args=[association.slug]), benoit)
    assert status(reverse("person", args=[aminata.pk]), benoit) == 404


def test_an_address_that_is_not_shown_is_not_searched(client, aminata, denis):
    show(aminata)
    client.force_login(denis)

    assert client.get(reverse("people"), {"q": "example.org"}).context["page_obj"].object_list == []
    [found] = client.get(reverse("people"), {"q": "tisserands"}).context["page_obj"]
    assert found == aminata


def test_colleagues_and_animators_see_all_the_names(
    read, association, aminata, benoit, claire, denis
):
    address = reverse("association", args=[association.slug])

    for close in (aminata, claire):
        page = read(address, close)
        assert "Benoît" in page
        assert "benoit@example.org" not in page
    assert "Benoît" not in read(address, denis)


# -- What people write ---------------------------------------------------------------------------


def test_a_profile_is_saved_and_previewed(client, aminata):
    client.force_login(aminata)
    chosen = {"first_name": "Aminata", "last_name": "Sow", "function": "Coordinatrice",
              "in_directory": "on"}  # fmt: skip

    page = client.post(reverse("my_profile"), chosen, follow=True).content.decode()

    aminata.refresh_from_db()
    assert (aminata.in_directory, aminata.shows_email) == (True, False)
    assert aminata.function == "Coordinatrice"
    preview = page.split('id="preview"')[1]
    assert "Aminata Sow" in preview
    assert "aminata@example.org" not in preview.split("</section>")[0]


def test_everybody_with_an_account_has_a_profile(status, farid):
    assert [status(reverse("my_profile"), who) for who in (None, farid)] == [302, 200]


def test_representatives_and_animators_write_the_page_of_their_association(
    status, association, aminata, benoit, claire, denis
):
    address = reverse("my_association", args=[association.slug])

    assert [status(address, who) for who in (aminata, claire)] == [200] * 2
    assert [status(address, who) for who in (benoit, denis)] == [404] * 2
    assert status(address) == 302


def test_a_representative_shows_the_page_to_everybody(client, association, territory, aminata):
    client.force_login(aminata)
    address = reverse("my_association", args=[association.slug])
    written = {"presentation": "Bonjour.", "territories": [territory.pk], "is_public": "on",
               "siret": "732 829 320 00074", "rna": "w751234567"}  # fmt: skip

    assert client.post(address, written).status_code == 302

    association.refresh_from_db()
    assert (association.is_public, association.presentation) == (True, "Bonjour.")
    assert (association.siret, association.rna) == ("73282932000074", "W751234567")
    assert list(association.territories.all()) == [territory]


def test_a_wrong_or_taken_number_is_told(client, association, ligue, aminata):
    client.force_login(aminata)
    address = reverse("my_association", args=[association.slug])

    page = client.post(address, {"siret": "123", "rna": "12"}).content.decode()
    assert "Ce n'est pas un numéro SIRET" in page.replace("&#x27;", "'")
    taken = client.post(address, {"siret": ligue.siret})
    assert "Une autre association a ce numéro" in taken.content.decode()
    association.refresh_from_db()
    assert association.siret == ""
