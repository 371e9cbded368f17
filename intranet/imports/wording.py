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

COLUMNS = {
    "code": gettext_lazy("official code"),
    "name": gettext_lazy("name"),
    "commune": gettext_lazy("commune"),
    "email": gettext_lazy("e-mail address"),
    "association": gettext_lazy("association"),
    "role": gettext_lazy("role"),
}
"""The columns that a file cannot do without."""


def missing_in_words(error: ColumnsMissing) -> str:
    if error.is_one_column:
        return _(
            "This file reads as one column: save it again as .xlsx, or as CSV with semicolons."
        )
    names = ", ".join(str(COLUMNS[name]) for name in error.missing)
    return _(
        "No column of this file is called %(names)s: give each column its title in the first line."
    ) % {"names": names}
