"""Whether an association of a file is one that is there already."""

import re
from typing import Any, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from intranet.imports.tables import plain
from intranet.network.models import Association

# How much two names look alike, out of a hundred: one letter in ten, two if they are neighbours.
NEAR: Final = 90
NEAR_IN_ONE_PLACE: Final = 80
LONG: Final = 8


def loose(name: str) -> str:
    """A name without what people add or leave out: "Association La Passerelle" is "passerelle"."""
    words = plain(name).split()
    kept = [word for word in words if word not in LEFT_OUT]
    return " ".join(kept or words)


LEFT_OUT: Final = frozenset(
    [
        "association",
        "asso",
        "collectif",
        "federation",
        "l",
        "la",
        "le",
        "les",
        "d",
        "de",
        "des",
        "du",
    ]
)


class KnownNames:
    """The associations by their names, as they are written and as they are mistyped."""

    def __init__(self) -> None:
        self._known: dict[int, Association] = {}
        self._places: dict[int, set[str]] = {}
        self._exact: dict[str, list[int]] = {}
        self._alike: dict[str, list[int]] = {}
        self._loose: dict[int, str] = {}
        self._numbers: dict[Any, int] = {}

    def learn(self, association: Association, acts_in: set[str]) -> None:
        """A name, and where it acts; once more when it is there under another name."""
        key = self._key(association)
        known = self._known.get(key)
        if known is None or known.name != association.name:
            self._exact.setdefault(association.name, []).append(key)
            self._alike.setdefault(plain(association.name), []).append(key)
        self._loose[key] = loose(association.name)
        self._known[key], self._places[key] = association, acts_in

    def places_of(self, association: Association) -> set[str]:
        return self._places.get(self._key(association), set())

    def exact(self, name: str) -> list[Association]:
        return self._of(self._exact.get(name, []))

    def alike(self, name: str) -> list[Association]:
        """But for accents, capitals and signs."""
        return self._of(self._alike.get(plain(name), []))

    def near(self, name: str, codes: set[str]) -> list[Association]:
        """But for words that people add, or a typing error, the nearest first.

        What acts in the same territory may look less alike. The second workshop is not a first
        one that was mistyped.
        """
        wanted = loose(name)
        found = process.extract(
            wanted,
            self._loose,
            scorer=fuzz.ratio,
            score_cutoff=NEAR_IN_ONE_PLACE,
            limit=None,
        )
        return self._of(
            [
                key
                for said, score, key in found
                if score >= self._enough(said, wanted, key, codes)
                and re.findall(r"[0-9]+", said) == re.findall(r"[0-9]+", wanted)
            ]
        )

    def _enough(self, said: str, wanted: str, key: int, codes: set[str]) -> int:
        if codes & self._places[key]:
            return NEAR_IN_ONE_PLACE
        # "Ruche" and "Rucher" are two words.
        return NEAR if min(len(said), len(wanted)) >= LONG else 100

    def _key(self, association: Association) -> int:
        # A line of a file that is only being checked has a slug, and no key yet.
        return self._numbers.setdefault(association.slug, len(self._numbers))

    def _of(self, keys: list[int]) -> list[Association]:
        return [self._known[key] for key in keys]


def another_number(known: Association, row: dict[str, Any]) -> str:
    """The column of a number that the line has, and that the association has otherwise."""
    for column in ("siret", "rna"):
        written, number = row.get(column), getattr(known, column)
        if written and number and written != number:
            return column
    return ""


def what_differs(known: Association, row: dict[str, Any]) -> str:
    if column := another_number(known, row):
        return _(
            "An association of this name has another %(column)s number, %(known)s: correct one of "
            "them if it is the same one."
        ) % {"column": column.upper(), "known": getattr(known, column)}
    return _(
        "An association of this name acts in other territories: write its SIRET or RNA number if "
        "it is the same one."
    )
