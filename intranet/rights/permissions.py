"""May this person do that? The table of rights, asked of a person."""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser

from intranet.rights.table import FROM_MEMBERSHIP, GROUPS, MEMBERS, RIGHTS, Role, Scope

Person = AbstractUser | AnonymousUser

_BY_GROUP = {name: role for role, name in GROUPS.items() if role not in FROM_MEMBERSHIP}
_KEPT = "_held_roles"


class Held:
    """The roles that a person holds, and where: two queries at most, and only when asked."""

    def __init__(self, person: Any) -> None:
        self.person = person

    @cached_property
    def everywhere(self) -> frozenset[Role]:
        """Those that need no association."""
        if not self.person.is_authenticated or not self.person.is_active:
            return frozenset({Role.PUBLIC})
        held = {Role.PUBLIC, Role.ACCOUNT}
        if self.person.is_superuser:
            held.add(Role.ADMINISTRATOR)
        names = self.person.groups.values_list("name", flat=True)
        return frozenset(held | {_BY_GROUP[name] for name in names if name in _BY_GROUP})

    @cached_property
    def associations(self) -> dict[Role, frozenset[int]]:
        """The active associations in which each role of a membership is held."""
        if Role.ACCOUNT not in self.everywhere:
            return {}
        rows = list(
            self.person.memberships.filter(association__is_active=True).values_list(
                "role", "association_id"
            )
        )
        return {
            role: frozenset(pk for held, pk in rows if held == role.value)
            for role in FROM_MEMBERSHIP
            if any(held == role.value for held, _pk in rows)
        }

    @property
    def roles(self) -> frozenset[Role]:
        return self.everywhere | self.associations.keys()

    @property
    def is_member(self) -> bool:
        # The second query is for those whom the first one did not settle.
        return bool(self.everywhere & MEMBERS) or bool(self.associations)


def held_by(person: Person) -> Held:
    """What a person holds, asked once for each instance: a request has one."""
    known = vars(person)
    if _KEPT not in known:
        known[_KEPT] = Held(person)
    return known[_KEPT]


def forget(person: Person) -> None:
    """What a person holds has changed: ask again next time."""
    vars(person).pop(_KEPT, None)


def may(
    person: Person,
    action: str,
    thing: str,
    *,
    association: Any = None,
    owner: Any = None,
    in_circle: bool = False,
    by_link: bool = False,
) -> bool:
    """Whether one of the person's roles lets them do this.

    The caller says what is at stake: the `association` it is about, the primary key of its
    `owner`, whether the person is `in_circle` (of those to whom it was published), or came
    `by_link` that was sent to its owner. What is not said is not granted.
    """
    right = RIGHTS[f"{thing}.{action}"]

    def reaches(scope: Scope) -> bool:
        if scope == Scope.OWN:
            return owner is not None and owner == person.pk
        return (
            scope == Scope.ALL
            or (scope == Scope.CIRCLE and in_circle)
            or (scope == Scope.LINK and by_link)
        )

    # Before asking who it is: what is public is kept by caches, whoever reads it.
    if reaches(right.scope(Role.PUBLIC)):
        return True
    held = held_by(person)
    if any(reaches(right.scope(role)) for role in held.everywhere):
        return True
    # The second query is for rights that a membership may give.
    for role in FROM_MEMBERSHIP:
        scope = right.scope(role)
        mine = held.associations.get(role, ()) if scope != Scope.NO else ()
        if mine and (reaches(scope) or (scope == Scope.ASSOCIATION and _is_of(association, mine))):
            return True
    return False


def _is_of(association: Any, mine: Collection[int]) -> bool:
    return association is not None and association.is_active and association.pk in mine


def is_public(name: str) -> bool:
    """Whether everybody has this right, however narrow."""
    return RIGHTS[name].scope(Role.PUBLIC) != Scope.NO


def has_some(person: Person, name: str) -> bool:
    """Whether one of the person's roles has this right at all, however narrow."""
    if is_public(name):
        return True
    right = RIGHTS[name]
    held = held_by(person)
    if any(right.scope(role) != Scope.NO for role in held.everywhere):
        return True
    wanted = {role for role in FROM_MEMBERSHIP if right.scope(role) != Scope.NO}
    return bool(wanted and wanted & held.associations.keys())


def is_member(person: Person) -> bool:
    """Whether the person belongs to the members' circle.

    Those who hold a role of the network or belong to an active association: neither public
    partners, nor an account that has left everything, nor one that is closed.
    """
    return held_by(person).is_member
