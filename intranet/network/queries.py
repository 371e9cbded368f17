"""Reads of the directory."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Count, Prefetch, Q, QuerySet

from intranet.accounts import roles
from intranet.accounts.models import User
from intranet.network.models import Association, Membership, Territory


def territories_matching(words: str) -> list[Territory]:
    """Those whose name, commune and code hold every word, whatever the case and the accents.

    Best first: a name or a code that begins as what was typed comes before the others. The
    official list is short enough to be read whole, and databases do not agree on accents.
    """
    wanted = _plain(words).split()
    if not wanted:
        return []
    found = [
        territory
        for territory in Territory.objects.all()
        if _holds(_plain(f"{territory.name} {territory.commune} {territory.code}"), wanted)
    ]
    begins = " ".join(wanted)
    return sorted(found, key=lambda one: not _plain(f"{one.name} {one.code}").startswith(begins))


def territory_with(code: str) -> Territory | None:
    return Territory.objects.filter(code=code).first()


def representatives_of(association: Association) -> QuerySet[Membership]:
    """Those who can still act: a closed account represents nobody."""
    return association.memberships.filter(role=Membership.Role.REPRESENTATIVE, user__is_active=True)


def animators() -> QuerySet[User]:
    """Who animates the network, and can be written to."""
    there = User.objects.filter(is_active=True, groups__name=roles.ANIMATOR)
    return there.order_by("last_name", "first_name", "pk")


def people_answering_for(association: Association) -> list[User]:
    """Its representatives, by name; the network's animators where nobody represents it."""
    people = representatives_of(association).select_related("user")
    named = people.order_by("user__last_name", "user__first_name", "pk")
    return [one.user for one in named] or list(animators())


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Without accents, case and the signs between words: "Sémard" and "semard" are one."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(
        one if one.isalnum() else " " for one in letters if unicodedata.category(one) != "Mn"
    )
    return " ".join(kept.split())


def associations_seen(*, by_member: bool) -> QuerySet[Association]:
    """Those of the directory: everybody sees the public ones, members see all of them."""
    active = Association.objects.filter(is_active=True)
    return active if by_member else active.filter(is_public=True)


def associations_named(seen: QuerySet[Association], words: str) -> list[Association]:
    """Those whose name holds every word, whatever the case and the accents."""
    wanted = _plain(words).split()
    if not wanted:
        return []
    return [one for one in seen if _holds(_plain(one.name), wanted)]


def associations_among(
    seen: QuerySet[Association], *, words: str = "", kind: str = "", territory: str = ""
) -> QuerySet[Association]:
    """Those of that kind, that act there, and whose name or presentation holds every word."""
    if kind:
        seen = seen.filter(kind=kind)
    if territory:
        # Not a join: an association appears once, whatever the number of its territories.
        seen = seen.filter(pk__in=Association.objects.filter(territories__code=territory))
    wanted = _plain(words).split()
    if wanted:
        texts = seen.order_by().values_list("pk", "name", "presentation")
        held = [pk for pk, *parts in texts if _holds(_plain(" ".join(parts)), wanted)]
        seen = seen.filter(pk__in=held)
    return seen


def counted_territories() -> QuerySet[Any]:
    """Territories with `acting`, the number of active associations that act there."""
    acting = Count("associations", filter=Q(associations__is_active=True))
    return Territory.objects.annotate(acting=acting)


def territories_among(*, words: str = "", department: str = "", cover: str = "") -> list[Any]:
    """Territories with `acting`, of that department, "covered" or "uncovered"."""
    territories = counted_territories()
    if department:
        territories = territories.filter(department=department)
    if cover:
        territories = territories.filter(**{"acting__gt" if cover == "covered" else "acting": 0})
    wanted = _plain(words).split()
    return [one for one in territories if not wanted or _holds(_plain(str(one)), wanted)]


def departments() -> list[str]:
    known = Territory.objects.exclude(department="").order_by("department")
    return list(known.values_list("department", flat=True).distinct())


def territories_of(associations: QuerySet[Association]) -> QuerySet[Territory]:
    """Where at least one of these associations acts."""
    return Territory.objects.filter(pk__in=associations.order_by().values("territories"))


def people_there() -> QuerySet[User]:
    """Whose account is open and who are in the members' circle."""
    partners = Group.objects.filter(name=roles.PARTNER)
    there = User.objects.filter(is_active=True, closed_at=None)
    return there.exclude(groups__in=partners, is_superuser=False)


def people_in_directory() -> QuerySet[User]:
    """Those who agree to be shown to the members, with their associations."""
    return (
        people_there()
        .filter(in_directory=True)
        .prefetch_related(_memberships())
        .order_by("last_name", "first_name", "email")
    )


def people_among(*, words: str = "") -> list[User]:
    """Those of the directory whose name, function or associations hold every word.

    An address is never looked through: it would tell what somebody does not show.
    """
    wanted = _plain(words).split()
    return [one for one in people_in_directory() if _holds(_plain(_told_of(one)), wanted)]


def people_of(association: Association, *, all_of_them: bool) -> QuerySet[Membership]:
    """Who belongs to an association: those in the directory, or all whose account is open."""
    people = people_there() if all_of_them else people_there().filter(in_directory=True)
    memberships = association.memberships.filter(user__in=people).select_related("user")
    return memberships.order_by("-role", "user__last_name", "user__first_name", "user__email")


def _memberships() -> Prefetch:
    active = Membership.objects.filter(association__is_active=True)
    return Prefetch(
        "memberships", active.select_related("association"), to_attr="shown_memberships"
    )


def _told_of(person: Any) -> str:
    associations = [one.association.name for one in person.shown_memberships]
    return " ".join([person.get_full_name(), person.function, *associations])
