"""A territory is a circle: whoever belongs to an active association that acts there."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page

from intranet.accounts.models import User
from intranet.network import circles, operations
from intranet.network.models import Association, Membership, Territory, WorkingGroup
from pages.audience.circles import Circle
from pages.audience.operations import give_circle
from pages.audience.queries import circle_of, request_of, visible_to
from pages.news.forms import GROUP, NewsForm
from pages.resources.forms import ProposalForm

pytestmark = pytest.mark.django_db


def people_of(territory: Territory) -> set[User]:
    """Those in the circle, which are those that Wagtail and Django let through."""
    circle = WorkingGroup.objects.get(territory=territory)
    members = set(circle.members.all())
    assert set(circle.group.user_set.all()) == members
    return members


def test_the_circle_of_a_territory_is_who_belongs_to_an_association_there(
    territory, aminata, benoit, denis, claire
):
    assert people_of(territory) == {aminata, benoit}


def test_leaving_the_association_is_leaving_the_circle(territory, aminata, benoit):
    operations.leave(membership=benoit.memberships.get())

    assert people_of(territory) == {aminata}


def test_joining_is_entering_it(territory, association, aminata, denis):
    operations.join(user=denis, association=association, role=Membership.Role.CONTRIBUTOR)

    assert people_of(territory) == {aminata, denis}


def test_an_association_that_is_deactivated_leaves_with_its_people(territory, association, aminata):
    association.is_active = False
    association.save()

    assert people_of(territory) == set()


def test_an_association_that_comes_brings_its_people(territory, aminata, denis, other_association):
    other_association.territories.add(territory)
    assert people_of(territory) == {aminata, denis}

    other_association.territories.clear()
    assert people_of(territory) == {aminata}

    territory.associations.set([other_association])
    assert people_of(territory) == {denis}


def test_where_nobody_acts_there_is_no_circle(db):
    lonely = Territory.objects.create(code="QN07502M", name="Centre Ville", commune="Loin")

    circles.keep_territory_circles()

    assert not WorkingGroup.objects.filter(territory=lonely).exists()


def test_the_circle_has_the_name_commune_and_code_of_its_territory(territory, aminata):
    circle = territory.circle
    assert circle.name == "Territoire · Les Tilleuls (Valbonne-la-Neuve, QN07501M)"

    territory.name = "Les Grands Tilleuls"
    territory.save()

    circle.refresh_from_db()
    assert circle.name == "Territoire · Les Grands Tilleuls (Valbonne-la-Neuve, QN07501M)"
    assert Group.objects.get(pk=circle.group_id).name == circle.name


def test_a_long_name_keeps_its_code(territory, aminata):
    territory.commune = ", ".join(f"Commune-{number}" for number in range(15))
    territory.save()

    assert len(territory.circle.name) == circles.LONGEST_NAME
    assert territory.circle.name.endswith("… (QN07501M)")


def test_what_went_wrong_is_repaired_after_migrating(territory, aminata, denis):
    territory.circle.members.set([denis])
    territory.circle.group.user_set.clear()

    call_command("migrate", verbosity=0)

    assert people_of(territory) == {aminata}


def test_running_it_again_changes_nothing(territory, aminata, django_assert_num_queries):
    # Of circles, territories and memberships, and who is in each as we and Django know it.
    with django_assert_num_queries(5 + 2):
        circles.keep_territory_circles()


def test_a_page_of_a_territory_is_for_those_who_act_there(territory, aminata, denis):
    page = Page.get_first_root_node().add_child(instance=Page(title="Ici", slug="ici"))
    give_circle(page=page, circle=Circle.GROUP, group=territory.circle)

    def reads(person) -> bool:
        return visible_to(Page.objects.filter(pk=page.pk), request_of(person)).exists()

    assert circle_of(page) == (Circle.GROUP, territory.circle)
    assert reads(aminata)
    assert not reads(denis)
    assert not reads(AnonymousUser())


def test_a_territory_that_is_deleted_opens_nothing(territory, aminata, association):
    page = Page.get_first_root_node().add_child(instance=Page(title="Ici", slug="ici"))
    give_circle(page=page, circle=Circle.GROUP, group=territory.circle)
    group = territory.circle.group

    association.territories.clear()
    territory.delete()

    assert not Group.objects.filter(pk=group.pk).exists()
    assert not visible_to(Page.objects.filter(pk=page.pk), request_of(aminata)).exists()


def test_forms_offer_the_territories_of_ones_associations(territory, aminata, denis):
    offered = dict(NewsForm(by=aminata).fields["audience"].choices)
    proposed = ProposalForm(by=aminata)

    assert offered[f"{GROUP}{territory.circle.pk}"] == (
        f"Les associations qui agissent sur {territory}"
    )
    assert list(proposed.fields["group"].queryset) == [territory.circle]
    assert set(dict(NewsForm(by=denis).fields["audience"].choices)) == {"public", "members"}


def test_nobody_composes_it_by_hand(client, claire, territory, aminata):
    client.force_login(claire)
    circle = territory.circle

    assert client.get(reverse("workinggroup:edit", args=[circle.pk])).status_code == 404
    assert circle.name not in client.get(reverse("workinggroup:index")).content.decode()


def test_an_association_that_acts_in_many_places_costs_as_much_as_in_one(
    association, aminata, django_assert_max_num_queries
):
    """Each place is looked at, not each person."""
    for number in range(3):
        user = User.objects.create_user(f"p{number}@example.org")
        Membership.objects.create(user=user, association=association, role="contributor")

    with django_assert_max_num_queries(12):
        Association.objects.get(pk=association.pk).save()
