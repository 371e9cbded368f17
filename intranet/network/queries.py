"""Reads of the directory."""

import unicodedata
from collections.abc import Iterable

from django.db.models import QuerySet

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


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Without accents, case and the signs between words: "Sémard" and "semard" are one."""
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(
        one if one.isalnum() else " " for one in letters if unicodedata.category(one) != "Mn"
    )
    return " ".join(kept.split())
