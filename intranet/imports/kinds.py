"""What can be imported, and the titles that people write above the columns. Plain Python."""

from enum import StrEnum
from typing import Final

from intranet.imports.tables import Columns


class Kind(StrEnum):
    TERRITORIES = "territories"
    ASSOCIATIONS = "associations"
    MEMBERS = "members"


COLUMNS: Final[dict[Kind, Columns]] = {
    Kind.TERRITORIES: Columns(
        {
            "code": ("code qp", "code qpv", "code du quartier", "code quartier", "code officiel"),
            "name": ("lib qp", "nom", "nom du quartier", "quartier", "nom qp", "libelle"),
            "commune": ("lib com", "communes", "ville", "nom commune", "nom de la commune"),
            "insee_codes": (
                "insee com",
                "insee",
                "code insee",
                "codes insee",
                "insee codes",
                "code commune",
                "codes insee des communes",
            ),
            "longitude": ("lon", "long", "lon centre boite"),
            "latitude": ("lat", "lat centre boite"),
        },
        required=("code", "name", "commune"),
    ),
    Kind.ASSOCIATIONS: Columns(
        {
            "name": ("nom", "association", "nom de l association", "structure", "raison sociale"),
            "kind": ("type", "genre", "nature", "forme"),
            "email": (
                "courriel",
                "e mail",
                "mail",
                "adresse electronique",
                "adresse mail",
                "adresse e mail",
                "adresse email",
            ),
            "phone": ("telephone", "tel", "numero de telephone"),
            "website": ("site", "site internet", "site web", "url"),
            "address": ("adresse", "adresse postale"),
            "presentation": ("description", "objet", "objet social"),
            "rna": ("numero rna", "n rna", "no rna", "rna w"),
            "siret": ("numero siret", "n siret", "no siret"),
            "territories": (
                "territoires",
                "territoire",
                "qpv",
                "quartiers",
                "quartier",
                "code qpv",
                "codes qpv",
                "codes des quartiers",
                "code qp",
            ),
            "federation": ("federation", "reseau", "tete de reseau"),
        },
        required=("name",),
    ),
    Kind.MEMBERS: Columns(
        {
            "first_name": ("prenom", "first name"),
            "last_name": ("nom", "nom de famille", "last name"),
            "email": (
                "courriel",
                "e mail",
                "mail",
                "adresse electronique",
                "adresse mail",
                "adresse e mail",
                "adresse email",
            ),
            "association": (
                "nom de l association",
                "structure",
                "association ou collectif",
                "rna",
                "siret",
            ),
            "role": ("role dans l association", "fonction", "statut"),
        },
        required=("email", "association", "role"),
    ),
}
