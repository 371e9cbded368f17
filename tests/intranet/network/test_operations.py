import pytest

from intranet.accounts import roles
from intranet.network import operations
from intranet.network.models import Membership, WorkingGroup
from intranet.network.permissions import acts_for, is_member

pytestmark = pytest.mark.django_db

REPRESENTATIVE = Membership.Role.REPRESENTATIVE
CONTRIBUTOR = Membership.Role.CONTRIBUTOR


def groups_of(person) -> set[str]:
    """The roles: the circle of a territory is another matter."""
    return set(person.groups.filter(working_group=None).values_list("name", flat=True))


def test_joining_puts_the_person_in_the_group_of_the_role(elodie, association):
    operations.join(user=elodie, association=association, role=REPRESENTATIVE)

    assert acts_for(elodie, association)
    assert groups_of(elodie) == {roles.EDITOR, roles.REPRESENTATIVE}


def test_joining_twice_is_refused(aminata, association):
    with pytest.raises(operations.AlreadyMember):
        operations.join(user=aminata, association=association, role=CONTRIBUTOR)

    assert aminata.memberships.get().role == REPRESENTATIVE


def test_changing_role_changes_group(aminata):
    operations.change_role(membership=aminata.memberships.get(), role=CONTRIBUTOR)

    assert groups_of(aminata) == {roles.CONTRIBUTOR}


def test_leaving_leaves_the_group(aminata, association):
    operations.leave(membership=aminata.memberships.get())

    assert groups_of(aminata) == set()
    assert not acts_for(aminata, association)


def test_leaving_one_of_two_associations_keeps_the_role_held_in_the_other(
    aminata, other_association
):
    second = operations.join(user=aminata, association=other_association, role=REPRESENTATIVE)

    operations.leave(membership=second)

    assert groups_of(aminata) == {roles.REPRESENTATIVE}


def test_what_was_known_of_a_person_before_joining_is_forgotten(farid, association):
    assert not is_member(farid)
    farid.groups.clear()

    operations.join(user=farid, association=association, role=CONTRIBUTOR)

    assert is_member(farid)


def test_a_working_group_is_what_wagtail_knows_of_it(aminata, benoit):
    group = operations.save_working_group(
        working_group=WorkingGroup(name="Santé"), members=[aminata]
    )
    operations.save_working_group(working_group=group, members=[benoit])

    assert list(group.group.user_set.all()) == [benoit]
    assert group.group.name == "Groupe · Santé"


def test_a_group_that_changed_its_name_leaves_the_old_one_free(aminata, benoit):
    first = operations.save_working_group(
        working_group=WorkingGroup(name="Santé"), members=[aminata]
    )
    first.name = "Santé et soin"
    operations.save_working_group(working_group=first, members=[aminata])

    second = operations.save_working_group(
        working_group=WorkingGroup(name="Santé"), members=[benoit]
    )

    assert list(second.group.user_set.all()) == [benoit]
    assert list(first.group.user_set.all()) == [aminata]
