"""What people write in a cell, and what it means; or a sentence that says what to write."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from intranet.imports.tables import plain
from intranet.network.legal_numbers import is_rna, is_siret
from intranet.network.models import Association, Membership

DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
# A web address before its host, and what is a scheme rather than a host with its port.
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
INSEE: Final = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")

KINDS: Final = {
    "association": Association.Kind.ASSOCIATION,
    "associations": Association.Kind.ASSOCIATION,
    "association loi 1901": Association.Kind.ASSOCIATION,
    "asso": Association.Kind.ASSOCIATION,
    "collectif": Association.Kind.COLLECTIVE,
    "collective": Association.Kind.COLLECTIVE,
    "collectif d habitants": Association.Kind.COLLECTIVE,
    "federation": Association.Kind.FEDERATION,
    "union": Association.Kind.FEDERATION,
    "reseau": Association.Kind.FEDERATION,
}

ROLES: Final = {
    "referent": Membership.Role.REPRESENTATIVE,
    "representant": Membership.Role.REPRESENTATIVE,
    "representative": Membership.Role.REPRESENTATIVE,
    "contributeur": Membership.Role.CONTRIBUTOR,
    "contributrice": Membership.Role.CONTRIBUTOR,
    "contributor": Membership.Role.CONTRIBUTOR,
    "membre": Membership.Role.CONTRIBUTOR,
    "benevole": Membership.Role.CONTRIBUTOR,
    "salarie": Membership.Role.CONTRIBUTOR,
}


def _kind(written: str) -> str:
    if (kind := KINDS.get(plain(written))) is None:
        raise ValidationError(
            _("“%(kind)s” is not a kind: write association, collectif or fédération.")
            % {"kind": written}
        )
    return kind


def role_of(written: str) -> str:
    """ "Référente", "référent·e" and "référent(e)s" are one role."""
    first = (plain(written).split() or [""])[0]
    role = (
        ROLES.get(first)
        or ROLES.get(first.removesuffix("s"))
        or ROLES.get(first.removesuffix("s").removesuffix("e"))
    )
    if role is None:
        raise ValidationError(
            _("“%(role)s” is not a role: write référente or contributeur, for instance.")
            % {"role": written}
            if written
            else _("The role is missing: write référente or contributeur, for instance.")
        )
    return role


def address_in(written: str) -> str:
    address = written.strip().removeprefix("mailto:").lower()
    if not address:
        raise ValidationError(_("The e-mail address is missing: write it down."))
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("“%(address)s” is not an e-mail address: correct it.") % {"address": written}
        ) from None
    return address


def _siret(written: str) -> str:
    number = re.sub(r"[\s. -]", "", written)
    # A spreadsheet that takes it for a number takes its first zeros away.
    number = number.zfill(14) if number.isdigit() and 12 <= len(number) < 14 else number
    if number and not is_siret(number):
        raise ValidationError(
            _("“%(number)s” is not a SIRET number (14 digits): correct it, or leave it empty.")
            % {"number": written}
        )
    return number


def _rna(written: str) -> str:
    number = re.sub(r"[\s. -]", "", written).upper()
    if number and not is_rna(number):
        raise ValidationError(
            _(
                "“%(number)s” is not an RNA number (W and nine characters): correct it, or leave "
                "it empty."
            )
            % {"number": written}
        )
    return number


def _website(written: str) -> str:
    address = f"https://{written}" if written and not SCHEME.match(written) else written
    if address and not address.lower().startswith(("http://", "https://")):
        raise ValidationError(
            _("“%(address)s” is not the address of a website, such as https://www.example.org.")
            % {"address": written}
        )
    return address


def _optional_address(written: str) -> str:
    return address_in(written) if written else ""


def insee_code(written: str) -> str:
    """Five characters; a spreadsheet takes the zero of the first nine departments away."""
    code = written.upper()
    code = code.zfill(5) if code.isdigit() and len(code) == 4 else code
    if not INSEE.fullmatch(code):
        raise ValidationError(
            _("“%(code)s” is not an INSEE code of five characters, such as 01053: correct it.")
            % {"code": written}
        )
    return code


def degrees(written: str) -> str:
    """A number as Python reads it; what is no number is refused by the widget."""
    number = written.replace(",", ".").replace("°", "").strip()
    if number and not DEGREES.fullmatch(number):
        raise ValidationError(
            _("“%(number)s” is not a number of degrees, such as 2,3522: correct it.")
            % {"number": written}
        )
    return number


READERS: Final = {
    "kind": _kind,
    "email": _optional_address,
    "website": _website,
    "siret": _siret,
    "rna": _rna,
}
