"""A file that is taken in, and what was said of it."""

from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.operations import Report, import_table
from intranet.imports.tables import read_table
from intranet.network.models import Territory
from tests.intranet.imports.layouts import Rows, text

OFFICIAL = [
    ["code_qp", "lib_qp", "departement", "insee_com", "lib_com", "lon_centre_boite"],
    ["QN00101M", "Terre des Fleurs", "01", "01053", "Bourg-sur-Brève", "5.2221"],
    ["QN00201M", "Cœur d'Agglo", "02", "02571|02691", "Omessy; Saint-Quintin", "3,2982"],
    ["QN02A01N", "Été à l'île", "2A", "2A004", "Ajaccio-le-Haut", ""],
]
NEEDS_NO_CHANGE = {"changed": 0, "doubles": [], "refused": []}
SIRET = "73282932000074"
# Of a file of members.
HEAD = ["Prénom", "Nom", "Adresse électronique", "Association", "Rôle"]


def taken(kind: Kind, rows: Rows, *, check: bool = False) -> Report:
    table = read_table(text(rows, encoding="utf-8"), COLUMNS[kind])
    return import_table(kind=kind, table=table, check=check)


def told(found: Report) -> list[str]:
    return [f"{one.line}: {one.reason}" for one in [*found.doubles, *found.refused]]


def places() -> list[tuple]:
    rows = Territory.objects.order_by("code")
    return list(rows.values_list("code", "name", "commune", "department", "insee_codes"))
