"""Every layout that French programs write reads the same."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.operations import import_table
from intranet.imports.tables import read_table
from intranet.management.reporting import Refused
from intranet.network.models import Association, Membership
from tests.hostile_workbooks import WORKBOOKS
from tests.intranet.imports.layouts import LAYOUTS
from tests.intranet.imports.taking import NEEDS_NO_CHANGE, OFFICIAL, SIRET, places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_ordinary_layout_reads_the_same(layout, tmp_path):
    file = tmp_path / "quartiers"
    file.write_bytes(LAYOUTS[layout](OFFICIAL))
    said = StringIO()

    call_command("import_territories", str(file), "--json", stdout=said, stderr=StringIO())

    assert json.loads(said.getvalue()) == {"new": 3, "unchanged": 0, **NEEDS_NO_CHANGE}
    assert places() == [
        ("QN00101M", "Terre des Fleurs", "Bourg-sur-Brève", "01", "01053"),
        ("QN00201M", "Cœur d'Agglo", "Omessy, Saint-Quintin", "02", "02571 02691"),
        ("QN02A01N", "Été à l'île", "Ajaccio-le-Haut", "2A", "2A004"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_associations_and_members_read_the_same_in_every_layout(layout, tmp_path, territory):
    associations = [
        ["Nom", "Type", "Présentation", "SIRET", "QPV"],
        ["L'Étoile, œuvre d'été", "collectif", "Ici ; et là", "", territory.code],
        ["Les Tisserands", "association", "5 € l'année", SIRET, ""],
    ]
    members = [
        ["Prénom", "Nom", "Adresse électronique", "Association", "Rôle"],
        ["Zoé", "L'Hœr", "zoe@example.org", "L'Étoile, œuvre d'été", "référente"],
        ["Inès", "Noël", "ines@example.org", SIRET, "contributrice"],
    ]
    file = tmp_path / "fichier"
    for name, rows in (("associations", associations), ("members", members)):
        file.write_bytes(LAYOUTS[layout](rows))
        said = StringIO()
        call_command(f"import_{name}", str(file), "--json", stdout=said, stderr=StringIO())
        assert json.loads(said.getvalue()) == {"new": 2, "unchanged": 0, **NEEDS_NO_CHANGE}

    read = Association.objects.order_by("slug")
    assert list(read.values_list("name", "kind", "presentation", "siret", "territories__code")) == [
        ("Les Tisserands", "association", "5 € l'année", SIRET, None),
        ("L'Étoile, œuvre d'été", "collective", "Ici ; et là", "", territory.code),
    ]
    people = Membership.objects.order_by("user__email")
    assert list(
        people.values_list("user__first_name", "user__last_name", "association__name", "role")
    ) == [
        ("Inès", "Noël", "Les Tisserands", "contributor"),
        ("Zoé", "L'Hœr", "L'Étoile, œuvre d'été", "representative"),
    ]


def test_the_columns_of_the_agency_are_read_as_they_are():
    rows = [
        "code_qp;lib_qp;insee_reg;lib_reg;insee_dep;lib_dep;insee_com;lib_com;siren_epci",
        'QN06001M;Les Ormes;="32";Hauts;="60";Oise;="60057";Beauval;="200067999"',
    ]
    table = read_table("\n".join(rows).encode(), COLUMNS[Kind.TERRITORIES])

    import_table(kind=Kind.TERRITORIES, table=table)

    assert places() == [("QN06001M", "Les Ormes", "Beauval", "60", "60057")]


def test_a_file_that_reads_as_one_column_says_what_to_do(tmp_path):
    file = tmp_path / "phrase.csv"
    file.write_text("code^nom^commune\nQN00101M^A^B\n")

    with pytest.raises(Refused, match="se lit comme une seule colonne"):
        call_command("import_territories", str(file))


def test_a_file_without_a_column_names_it(tmp_path):
    file = tmp_path / "quartiers.csv"
    file.write_text("code;nom\nQN00101M;A\n")

    with pytest.raises(Refused, match=r"Il manque à ce fichier\W+commune"):
        call_command("import_territories", str(file))


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_file_is_refused_with_a_sentence(name, tmp_path):
    make, _reasons = WORKBOOKS[name]
    file = tmp_path / "fichier.xlsx"
    file.write_bytes(make())
    said = StringIO()

    with pytest.raises(Refused):
        call_command("import_members", str(file), "--json", stdout=said, stderr=StringIO())

    assert json.loads(said.getvalue()) == {"new": 0, "unchanged": 0, **NEEDS_NO_CHANGE}
