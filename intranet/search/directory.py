"""Associations, territories and people, found as far as the directory shows them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from intranet.accounts.models import User
from intranet.network.models import Association, Territory
from intranet.network.permissions import is_member, may_read_associations
from intranet.network.queries import associations_seen, people_in_directory
from intranet.search.kinds import Kind
from intranet.search.sources import Findable, stamp_of


class AssociationSource:
    name = "associations"

    def stamps(self) -> dict[str, str]:
        # Territories are part of what is read: the day one is renamed, it is told by a signal.
        rows = Association.objects.filter(is_active=True).values_list(
            "pk", "kind", "name", "presentation"
        )
        return {str(pk): stamp_of(*row) for pk, *row in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        associations = Association.objects.filter(pk__in=keys, is_active=True)
        for association in associations.prefetch_related("territories"):
            yield Findable(
                key=str(association.pk),
                kind=Kind.DIRECTORY,
                title=association.name,
                summary=", ".join(str(one) for one in association.territories.all()),
                text=f"{association.get_kind_display()}\n{association.presentation}",
                stamp=stamp_of(association.kind, association.name, association.presentation),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        seen = associations_seen(by_member=may_read_associations(request.user)).filter(pk__in=keys)
        return {str(pk) for pk in seen.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        rows = Association.objects.filter(pk__in=keys).values_list("pk", "slug")
        return {str(pk): reverse("association", args=[slug]) for pk, slug in rows}


class TerritorySource:
    name = "territories"

    def stamps(self) -> dict[str, str]:
        rows = Territory.objects.values_list("pk", "code", "name", "commune")
        return {str(pk): stamp_of(*row) for pk, *row in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        for territory in Territory.objects.filter(pk__in=keys):
            yield Findable(
                key=str(territory.pk),
                kind=Kind.DIRECTORY,
                title=territory.name,
                summary=f"{territory.commune}, {territory.code}",
                stamp=stamp_of(territory.code, territory.name, territory.commune),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        there = Territory.objects.filter(pk__in=keys)
        return {str(pk) for pk in there.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        rows = Territory.objects.filter(pk__in=keys).values_list("pk", "code")
        return {str(pk): reverse("territory", args=[code]) for pk, code in rows}


class PersonSource:
    """People who agree to be in the directory; their address is never among what is found."""

    name = "people"

    def stamps(self) -> dict[str, str]:
        people = people_in_directory()
        return {str(one.pk): _stamp(one) for one in people if one.get_full_name()}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        for person in people_in_directory().filter(pk__in=keys):
            if person.get_full_name():
                yield Findable(
                    key=str(person.pk),
                    kind=Kind.DIRECTORY,
                    title=person.get_full_name(),
                    summary=_associations(person),
                    text=person.function,
                    stamp=_stamp(person),
                )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        if not is_member(request.user):
            return set()
        there = people_in_directory().prefetch_related(None).filter(pk__in=keys)
        return {str(pk) for pk in there.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        return {key: reverse("person", args=[key]) for key in keys}


def _associations(person: Any) -> str:
    return ", ".join(one.association.name for one in person.shown_memberships)


def _stamp(person: User) -> str:
    return stamp_of(person.get_full_name(), person.function, _associations(person))
