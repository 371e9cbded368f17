"""Everybody who reads: one account for each role, and nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intranet.accounts import roles
from intranet.accounts.models import User
from tests.canaries.planting import (
    ADMINISTRATOR,
    ANIMATOR,
    CONTRIBUTOR,
    EDITOR,
    INACTIVE,
    LEFT,
    NOBODY,
    OTHER,
    PARTNER,
    REPRESENTATIVE,
    STAFF,
    Aviary,
    Canary,
)
from tests.conftest import make_person

NO_SCREEN = "no screen shows it: it is for the machine, or leaves in a letter"


@dataclass
class World:
    birds: Aviary = field(default_factory=Aviary)
    people: dict[str, User | None] = field(default_factory=dict)
    # What no query finds again: what a test names, and the keys that open something.
    things: dict[str, Any] = field(default_factory=dict)
    # Every canary of the world itself; tests let others in.
    planted: list[Canary] = field(default_factory=list)

    def person(self, role: str) -> User:
        found = self.people[role]
        assert found is not None
        return found

    @property
    def roles(self) -> Iterator[tuple[str, User | None]]:
        return iter(self.people.items())


def make_people(world: World) -> None:
    """One account for each role. Their address is their own, and that of those who run it all."""
    names = {
        PARTNER: roles.PARTNER,
        EDITOR: roles.EDITOR,
        ANIMATOR: roles.ANIMATOR,
    }
    world.people[NOBODY] = None
    for role in (PARTNER, LEFT, INACTIVE, CONTRIBUTOR, REPRESENTATIVE, OTHER, EDITOR, ANIMATOR):
        groups = [names[role]] if role in names else []
        user = make_person(_address(world, role), role.split()[0].capitalize(), *groups)
        _private_number(world, user, role)
        world.people[role] = user
    world.people[ADMINISTRATOR] = User.objects.create_superuser(
        _address(world, ADMINISTRATOR), "un-long-mot-de-passe", first_name="Administrator"
    )
    User.objects.filter(pk=world.person(INACTIVE).pk).update(is_active=False)


def _address(world: World, role: str) -> str:
    readers = STAFF | {role}
    if role == CONTRIBUTOR:
        # Who represents an association knows the addresses of those who write for it.
        readers |= {REPRESENTATIVE}
    return world.birds.text(f"address of {role}", readers) + "@example.org"


def _private_number(world: World, user: User, role: str) -> None:
    """A number and a function that the person shows to nobody."""
    user.phone = world.birds.text(f"telephone of {role}", STAFF | {role}, NO_SCREEN)
    user.function = world.birds.text(f"function of {role}", STAFF | {role}, NO_SCREEN)
    user.save()
