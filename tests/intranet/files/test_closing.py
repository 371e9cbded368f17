"""Collections of the house are told by their row, and closed whatever becomes of them."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from wagtail.models import Collection, CollectionViewRestriction

from intranet.accounts import roles
from intranet.files.closing import groups_collection, members_collection, waiting_collection
from intranet.files.models import ClosedCollection
from intranet.network.models import WorkingGroup
from intranet.network.operations import save_working_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(benoit) -> Group:
    youth = save_working_group(working_group=WorkingGroup(name="Jeunesse"), members=[benoit])
    return youth.group


def closing_of(collection: Collection) -> tuple[str, list[str]]:
    # Collections are sorted by name: another one may have taken its place in the tree since.
    collection = Collection.objects.get(pk=collection.pk)
    [restriction] = collection.get_view_restrictions()
    return restriction.restriction_type, sorted(one.name for one in restriction.groups.all())


def test_each_circle_has_one_collection_that_is_closed(group):
    members, waiting = members_collection(), waiting_collection()
    of_group = groups_collection([group.pk])

    assert closing_of(members) == (CollectionViewRestriction.LOGIN, [])
    assert closing_of(of_group) == (CollectionViewRestriction.GROUPS, [group.name])
    assert closing_of(waiting) == (
        CollectionViewRestriction.GROUPS,
        sorted([roles.ANIMATOR, roles.EDITOR]),
    )
    assert members_collection() == members
    assert waiting_collection() == waiting
    assert groups_collection([group.pk]) == of_group
    assert Collection.objects.count() == 4


def test_groups_are_named_and_their_order_does_not_count(group):
    other = Group.objects.create(name="Bureau")

    assert groups_collection([group.pk, other.pk]) == groups_collection([other.pk, group.pk])
    assert groups_collection([group.pk, other.pk]).name == "Fichiers réservés à Bureau + Jeunesse"


def test_a_collection_that_an_administrator_named_again_is_still_ours():
    members = members_collection()
    members.name = "Nos fichiers"
    members.save()

    assert members_collection() == members


def test_a_collection_that_has_the_name_of_ours_is_not_ours():
    name = members_collection().name
    ClosedCollection.objects.all().delete()
    theirs = Collection.objects.get(name=name)

    assert members_collection() != theirs


def test_a_collection_that_somebody_opened_is_closed_before_it_is_used(group):
    CollectionViewRestriction.objects.filter(collection=members_collection()).delete()
    of_group = groups_collection([group.pk])
    restriction = CollectionViewRestriction.objects.get(collection=of_group)
    restriction.groups.set([Group.objects.create(name="Autre")])

    assert closing_of(members_collection()) == (CollectionViewRestriction.LOGIN, [])
    assert closing_of(groups_collection([group.pk])) == (
        CollectionViewRestriction.GROUPS,
        [group.name],
    )


def test_a_collection_that_somebody_deleted_is_made_again(group):
    groups_collection([group.pk]).delete()

    assert closing_of(groups_collection([group.pk]))[1] == [group.name]


def test_the_database_keeps_one_collection_for_the_same_readers():
    members_collection()
    other = Collection.get_first_root_node().add_child(name="Autre")

    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedCollection.objects.create(collection=other, readers=ClosedCollection.MEMBERS)
