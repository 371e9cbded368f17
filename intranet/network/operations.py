"""Joining an association, changing what one does in it, leaving it; composing a working group.

A person is in the group of a role as long as one of their memberships has that role.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Membership, WorkingGroup
from intranet.network.queries import representatives_of
from intranet.rights.permissions import forget

GROUPS = {
    Membership.Role.REPRESENTATIVE: roles.REPRESENTATIVE,
    Membership.Role.CONTRIBUTOR: roles.CONTRIBUTOR,
}

GROUP_PREFIX = "Groupe · "


class AlreadyMember(Exception):
    """The person already belongs to this association."""


class OnlyRepresentative(Exception):
    """Nobody else represents the association: somebody must take over first."""


def _keep_groups_in_step(user: User) -> None:
    # Two changes at once to the same person wait for each other.
    User.objects.select_for_update().get(pk=user.pk)
    held = set(user.memberships.values_list("role", flat=True))
    for role, name in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        if role in held:
            user.groups.add(group)
        else:
            user.groups.remove(group)
    forget(user)


@transaction.atomic
def join(*, user: User, association: Association, role: str) -> Membership:
    """Make a person a member of an association. Raises `AlreadyMember`."""
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=user, association=association, role=role)
    except IntegrityError:
        raise AlreadyMember from None
    _keep_groups_in_step(user)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, keeps_representative: bool = False) -> None:
    """Raises `OnlyRepresentative` if the association must keep one and would not."""
    if keeps_representative and role != Membership.Role.REPRESENTATIVE:
        _refuse_to_lose_the_last(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _keep_groups_in_step(membership.user)


@transaction.atomic
def leave(*, membership: Membership, keeps_representative: bool = False) -> None:
    """Raises `OnlyRepresentative` if the association must keep one and would not."""
    if keeps_representative:
        _refuse_to_lose_the_last(membership)
    user = membership.user
    membership.delete()
    _keep_groups_in_step(user)


@transaction.atomic
def hand_over(*, membership: Membership, to: Membership, leaves: bool) -> None:
    """Another member represents the association; who did stays as a contributor, or leaves."""
    change_role(membership=to, role=Membership.Role.REPRESENTATIVE)
    if leaves:
        leave(membership=membership)
    else:
        change_role(membership=membership, role=Membership.Role.CONTRIBUTOR)


def _refuse_to_lose_the_last(membership: Membership) -> None:
    # Two representatives who leave at once wait for each other.
    Association.objects.select_for_update().get(pk=membership.association_id)
    now = Membership.objects.filter(pk=membership.pk).values_list("role", flat=True).first()
    others = representatives_of(membership.association).exclude(pk=membership.pk)
    if now == Membership.Role.REPRESENTATIVE and not others.exists():
        raise OnlyRepresentative


@transaction.atomic
def save_working_group(*, working_group: WorkingGroup, members: Iterable[User]) -> WorkingGroup:
    """Write a working group and who is in it, and keep its authentication group in step."""
    # A name that no role has, and that Wagtail's screens show.
    name = f"{GROUP_PREFIX}{working_group.name}"
    if working_group.group_id is None:
        working_group.group = Group.objects.create(name=name)
    else:
        Group.objects.filter(pk=working_group.group_id).update(name=name)
    working_group.save()
    working_group.members.set(members)
    working_group.group.user_set.set(working_group.members.all())
    return working_group
