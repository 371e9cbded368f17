"""What is said of imports: their kinds, their columns, and files that cannot be taken."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.imports.kinds import Kind
from intranet.imports.tables import ColumnsMissing

KINDS = {
    Kind.TERRITORIES: gettext_lazy("Territories"),
    Kind.ASSOCIATIONS: gettext_lazy("Associations"),
    Kind.MEMBERS: gettext_lazy("Members"),
}

HELP = {
    Kind.TERRITORIES: gettext_lazy(
        "The official list of priority neighbourhoods as it is downloaded, or a list of your own. "
        "A territory is recognised by its code."
    ),
    Kind.ASSOCIATIONS: gettext_lazy(
        "Associations, collectives and federations. Each is recognised by its SIRET, its RNA or "
        "its name; a collective needs no number."
    ),
    Kind.MEMBERS: gettext_lazy(
        "People and the association that they belong to. They are recognised by their address; "
        "nobody is written to, and you invite them afterwards."
    ),
}

TITLES = {
    Kind.TERRITORIES: {
        "code": gettext_lazy("official code"),
        "name": gettext_lazy("name"),
        "commune": gettext_lazy("commune"),
        "insee_codes": gettext_lazy("INSEE codes of the communes"),
        "longitude": gettext_lazy("longitude"),
        "latitude": gettext_lazy("latitude"),
    },
    Kind.ASSOCIATIONS: {
        "name": gettext_lazy("name"),
        "kind": gettext_lazy("kind"),
        "email": gettext_lazy("e-mail address"),
        "phone": gettext_lazy("telephone"),
        "website": gettext_lazy("website"),
        "address": gettext_lazy("postal address"),
        "presentation": gettext_lazy("presentation"),
        "rna": gettext_lazy("RNA number"),
        "siret": gettext_lazy("SIRET number"),
        "territories": gettext_lazy("territories"),
        "federation": gettext_lazy("federation"),
    },
    Kind.MEMBERS: {
        "first_name": gettext_lazy("First name"),
        "last_name": gettext_lazy("Last name"),
        "email": gettext_lazy("e-mail address"),
        "association": gettext_lazy("association"),
        "role": gettext_lazy("role"),
    },
}
"""The title of each column in the files that people fill in; the reading knows others."""

ACCEPTED = {
    Kind.TERRITORIES: {
        "code": gettext_lazy("eight signs, such as QN07501M: it tells which territory it is"),
        "commune": gettext_lazy("several are separated by a semicolon"),
        "insee_codes": gettext_lazy("five signs each, separated by a space"),
        "longitude": gettext_lazy("in degrees, with a comma or a point"),
        "latitude": gettext_lazy("in degrees, with a comma or a point"),
    },
    Kind.ASSOCIATIONS: {
        "name": gettext_lazy("as it is in the network, if it is there already"),
        "kind": gettext_lazy("association, collectif or fédération; association when it is empty"),
        "website": gettext_lazy("https:// is added when it is missing"),
        "presentation": gettext_lazy("1,000 signs at most"),
        "rna": gettext_lazy("W and nine signs"),
        "siret": gettext_lazy("14 digits"),
        "territories": gettext_lazy("official codes, separated by a space or a semicolon"),
        "federation": gettext_lazy("the name of a federation of the network, or of a line above"),
    },
    Kind.MEMBERS: {
        "email": gettext_lazy("it tells which person it is"),
        "association": gettext_lazy("its name, its RNA number or its SIRET number"),
        "role": gettext_lazy("référente or référent, contributeur or contributrice, membre…"),
    },
}
"""What a column accepts, for those whose title does not say it."""

EXAMPLES = {
    Kind.TERRITORIES: {
        "code": "QN07501M",
        "name": "Les Tilleuls",
        "commune": "Valbonne",
        "insee_codes": "01053",
        "longitude": "5,2221",
        "latitude": "46,2107",
    },
    Kind.ASSOCIATIONS: {
        "name": "Les Tisserands",
        "kind": "association",
        "email": "bonjour@tisserands.example",
        "territories": "QN07501M",
    },
    Kind.MEMBERS: {
        "first_name": "Aminata",
        "last_name": "Diallo",
        "email": "aminata@tisserands.example",
        "association": "Les Tisserands",
        "role": "référente",
    },
}


def missing_in_words(error: ColumnsMissing) -> str:
    if error.is_one_column:
        return _(
            "This file reads as one column: save it again as .xlsx, or as CSV with semicolons."
        )
    known = {name: title for titles in TITLES.values() for name, title in titles.items()}
    names = ", ".join(str(known[name]) for name in error.missing)
    return _(
        "No column of this file is called %(names)s: give each column its title in the first line."
    ) % {"names": names}
