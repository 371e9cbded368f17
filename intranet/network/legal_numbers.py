"""The numbers that the State gives to associations. Both are always optional."""

import re


def without_spaces(number: str) -> str:
    return "".join(number.split()).upper()


def is_rna(number: str) -> bool:
    return re.fullmatch(r"W[0-9A-Z]{9}", number) is not None


def is_siret(number: str) -> bool:
    """Fourteen digits, the last of which checks the others (Luhn)."""
    if re.fullmatch(r"[0-9]{14}", number) is None:
        return False
    doubled = [int(one) * (2 if place % 2 == 0 else 1) for place, one in enumerate(number)]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
