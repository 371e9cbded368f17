"""The invented network: territories, associations, and one account per role."""

from typing import Any, Final

from django.contrib.auth.models import Group
from django.utils.text import slugify

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Territory, department_of
from intranet.network.operations import join
from surveys.demo.texts import network

PASSWORD: Final = "maillage-demo"  # noqa: S105

SHOWN: Final = ("function", "phone", "shows_email", "shows_phone")

GROUPS: Final = {
    "animator": roles.ANIMATOR,
    "editor": roles.EDITOR,
    "partner": roles.PARTNER,
}


def load_network() -> list[Association]:
    """Forty associations in twelve territories out of fifteen, in the order of the file."""
    territories = Territory.objects.bulk_create(
        Territory(
            code=code,
            name=name,
            commune=commune,
            department=department_of(code),
            longitude=longitude,
            latitude=latitude,
        )
        for code, name, commune, longitude, latitude in network["territories"]
    )
    associations = []
    for name, kind, positions in network["associations"]:
        slug = slugify(name)
        association = Association.objects.create(
            slug=slug,
            name=name,
            kind=kind,
            email=f"bonjour@{slug}.example",
            presentation=network["presentations"].get(name, ""),
            is_public=name in network["public"]["names"],
        )
        association.territories.set(territories[position] for position in positions)
        associations.append(association)
    affiliated = network["affiliated"]
    Association.objects.filter(name__in=affiliated["names"]).update(
        federation=Association.objects.get(name=affiliated["federation"])
    )
    return associations


def load_people(associations: list[Association]) -> dict[str, User]:
    """One account per role, by role; two representatives, of two associations."""
    people: dict[str, User] = {}
    for person in network["people"]:
        user = _account(person)
        role = person["role"]
        if role in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        elif role != "administrator":
            join(user=user, association=associations[person["association"]], role=role)
        people.setdefault(role, user)
    return people


def _account(person: dict[str, Any]) -> User:
    first_name, last_name = person["name"]
    create = (
        User.objects.create_superuser
        if person["role"] == "administrator"
        else User.objects.create_user
    )
    # Who says what they do agrees to be in the directory.
    shown = {key: person[key] for key in SHOWN if key in person}
    return create(
        person["email"],
        PASSWORD,
        first_name=first_name,
        last_name=last_name,
        in_directory="function" in person,
        **shown,
    )
