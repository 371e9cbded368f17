"""Associations and territories, which members find."""

from collections.abc import Collection, Iterator

from django.http import HttpRequest
from django.urls import reverse

from intranet.network.models import Association, Territory
from intranet.network.permissions import may_read_associations, may_read_territories
from intranet.search.kinds import Kind
from intranet.search.sources import Findable, stamp_of


class AssociationSource:
    name = "associations"

    def stamps(self) -> dict[str, str]:
        # Territories are part of what is read: the day one is renamed, it is told by a signal.
        rows = Association.objects.filter(is_active=True).values_list("pk", "name", "kind")
        return {str(pk): stamp_of(kind, name) for pk, name, kind in rows}

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        associations = Association.objects.filter(pk__in=keys, is_active=True)
        for association in associations.prefetch_related("territories"):
            yield Findable(
                key=str(association.pk),
                kind=Kind.DIRECTORY,
                title=association.name,
                summary=", ".join(str(one) for one in association.territories.all()),
                text=association.get_kind_display(),
                stamp=stamp_of(association.kind, association.name),
            )

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        if not may_read_associations(request.user):
            return set()
        active = Association.objects.filter(pk__in=keys, is_active=True)
        return {str(pk) for pk in active.values_list("pk", flat=True)}

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
        if not may_read_territories(request.user):
            return set()
        there = Territory.objects.filter(pk__in=keys)
        return {str(pk) for pk in there.values_list("pk", flat=True)}

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        rows = Territory.objects.filter(pk__in=keys).values_list("pk", "code")
        return {str(pk): reverse("territory", args=[code]) for pk, code in rows}
