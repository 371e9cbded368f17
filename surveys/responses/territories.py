"""What a search in the directory shows to somebody who answers."""

from dataclasses import dataclass

from intranet.network.models import Territory
from intranet.network.queries import territories_matching, territory_with

SHOWN = 8
SHORT_DIRECTORY = 12


@dataclass(frozen=True)
class TerritoriesFound:
    """The territories to pick from, the one picked before first; of `total`, `more` are not shown.

    `is_whole`: the directory is so short that nobody has to search.
    """

    territories: list[Territory]
    picked: str = ""
    total: int = 0
    more: int = 0
    is_searched: bool = False
    is_whole: bool = False


def territories_found(search: str, picked: str = "") -> TerritoriesFound:
    whole = list(Territory.objects.all()[: SHORT_DIRECTORY + 1])
    if len(whole) <= SHORT_DIRECTORY:
        return TerritoriesFound(whole, picked, is_whole=True)
    found = territories_matching(search)
    shown = found[:SHOWN]
    if picked and picked not in {one.code for one in shown} and (kept := territory_with(picked)):
        shown = [kept, *shown]
    return TerritoriesFound(
        shown,
        picked,
        total=len(found),
        more=len(found[SHOWN:]),
        is_searched=bool(search.strip()),
    )
