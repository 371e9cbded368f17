"""The numbers that the State gives to associations. Both are always optional."""

import re

from stdnum.fr import siret


def without_spaces(number: str) -> str:
    return "".join(number.split()).upper()


def is_rna(number: str) -> bool:
    return re.fullmatch(r"W[0-9A-Z]{9}", number) is not None


def is_siret(number: str) -> bool:
    """Fourteen digits that check themselves, La Poste's in their own way."""
    return re.fullmatch(r"[0-9]{14}", number) is not None and siret.is_valid(number)
