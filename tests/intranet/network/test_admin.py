"""The network in Wagtail's editor."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network import operations
from intranet.network.models import Association, Membership, Territory

pytestmark = pytest.mark.django_db


def make_row(n: int) -> None:
    territory = Territory.objects.create(
        code=f"QN0750{n}M", name=f"Quartier {n}", commune="Valbonne"
    )
    association = Association.objects.create(slug=f"asso-{n}", name=f"Asso {n}")
    association.territories.add(territory)
    operations.join(
        user=User.objects.create_user(f"p{n}@example.org"),
        association=association,
        role=Membership.Role.CONTRIBUTOR,
    )


@pytest.mark.parametrize("name", ["territory", "association", "membership"])
def test_lists_ask_as_much_for_three_rows_as_for_one(client, claire, name):
    client.force_login(claire)
    asked, shown = [], []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            make_row(number)
        client.get(reverse(f"{name}:index"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse(f"{name}:index"))
        asked.append(len(queries))
        shown.append(len(BeautifulSoup(page.content, "html.parser").select("main tbody tr")))

    assert shown == [1, 3]
    assert asked[0] == asked[1]


@pytest.mark.parametrize("name", ["territory", "association", "membership"])
def test_only_animators_and_administrators_see_the_network(client, claire, elodie, name):
    client.force_login(elodie)
    assert client.get(reverse(f"{name}:index")).status_code == 302

    client.force_login(claire)
    assert client.get(reverse(f"{name}:index")).status_code == 200


def test_associations_are_found_by_name(client, claire, association, other_association):
    client.force_login(claire)

    page = client.get(reverse("association:index"), {"q": "tisser"}).content.decode()

    assert "Les Tisserands" in page
    assert "La Passerelle" not in page


def roles_of(person: User) -> list[str]:
    return list(person.groups.filter(working_group=None).values_list("name", flat=True))


def test_an_animator_writes_down_a_membership_and_changes_it_and_ends_it(
    client, claire, farid, association
):
    client.force_login(claire)
    farid.groups.clear()

    client.post(
        reverse("membership:add"),
        {"user": farid.pk, "association": association.pk, "role": "representative"},
    )
    membership = farid.memberships.get()
    assert roles_of(farid) == [roles.REPRESENTATIVE]

    client.post(reverse("membership:edit", args=[membership.pk]), {"role": "contributor"})
    assert roles_of(farid) == [roles.CONTRIBUTOR]

    client.post(reverse("membership:delete", args=[membership.pk]))
    assert not farid.groups.exists()
    assert not farid.memberships.exists()


def test_a_second_membership_in_the_same_association_is_refused_with_a_sentence(
    client, claire, aminata, association
):
    client.force_login(claire)

    response = client.post(
        reverse("membership:add"),
        {"user": aminata.pk, "association": association.pk, "role": "contributor"},
    )

    assert response.status_code == 200
    assert "Cette personne appartient déjà à cette association." in response.content.decode()


def test_an_animator_cannot_delete_an_association(client, claire, aminata, association):
    client.force_login(claire)

    client.post(reverse("association:delete", args=[association.pk]))

    assert Association.objects.filter(pk=association.pk).exists()


def test_deleting_an_association_with_members_is_refused_not_an_error(client, aminata, association):
    client.force_login(User.objects.create_superuser("admin@example.org", "un-long-mot-de-passe"))

    response = client.post(reverse("association:delete", args=[association.pk]), follow=True)

    assert "elle ne peut pas être supprimée" in response.content.decode()
    assert Association.objects.filter(pk=association.pk).exists()


def test_a_territory_needs_an_official_code(client, claire):
    client.force_login(claire)

    response = client.post(
        reverse("territory:add"), {"code": "QN1", "name": "Les Ormes", "commune": "Valbonne"}
    )

    assert response.status_code == 200
    assert not Territory.objects.exists()


@pytest.fixture
def members_page(db) -> str:
    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=Page(title="Entre nous", slug="entre-nous", live=True))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page.get_url()


def test_a_public_partner_is_not_in_the_members_circle(client, farid, members_page):
    client.force_login(farid)

    assert client.get(members_page).status_code == 403


def test_nobody_reads_a_members_page_without_logging_in(client, members_page):
    response = client.get(members_page, follow=True)

    assert response.redirect_chain[-1][0] == f"/compte/login/?next={members_page}"


def test_people_of_the_same_name_are_told_apart(client, claire, aminata):
    client.force_login(claire)

    page = client.get(reverse("membership:add")).content.decode()

    assert "Aminata · aminata@example.org" in page
