"""The official list, and lists of one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.imports import operations
from intranet.imports.kinds import Kind
from intranet.network.models import Association, Territory
from tests.intranet.imports.taking import HEAD, NEEDS_NO_CHANGE, OFFICIAL, places, taken

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing():
    taken(Kind.TERRITORIES, OFFICIAL)

    assert taken(Kind.TERRITORIES, OFFICIAL).counted() == {
        "new": 0,
        "unchanged": 3,
        **NEEDS_NO_CHANGE,
    }


def test_a_check_writes_nothing(tmp_path):
    found = taken(Kind.TERRITORIES, OFFICIAL, check=True)

    assert len(found.new) == 3
    assert places() == []


@pytest.mark.parametrize("kind", Kind)
def test_a_check_does_not_even_write_and_undo(kind, association, territory):
    rows = {
        Kind.TERRITORIES: OFFICIAL,
        Kind.ASSOCIATIONS: [["nom", "qpv"], ["La Ruche", territory.code]],
        Kind.MEMBERS: [HEAD, ["I", "N", "ines@example.org", association.name, "membre"]],
    }

    with CaptureQueriesContext(connection) as asked:
        found = taken(kind, rows[kind], check=True)

    assert found.new
    writes = ("INSERT", "UPDATE", "DELETE")
    assert [one["sql"] for one in asked if one["sql"].startswith(writes)] == []


def test_a_federation_may_be_many_lines_above_while_a_file_is_checked(monkeypatch):
    monkeypatch.setattr(operations, "AT_A_TIME", 1)
    rows = [["nom", "type", "fédération"], ["Union", "fédération", ""], ["Ruche", "", "Union"]]

    assert len(taken(Kind.ASSOCIATIONS, rows, check=True).new) == 2
    assert len(taken(Kind.ASSOCIATIONS, rows).new) == 2
    assert Association.objects.get(name="Ruche").federation.name == "Union"


def test_a_change_is_told_field_by_field():
    taken(Kind.TERRITORIES, OFFICIAL)
    renamed = [*OFFICIAL[:1], ["QN00101M", "Terre des Arbres", *OFFICIAL[1][2:]]]

    [written] = taken(Kind.TERRITORIES, renamed).changed

    assert written.line == 2
    assert [(one.field, one.before, one.after) for one in written.changes] == [
        ("Nom", "Terre des Fleurs", "Terre des Arbres")
    ]


def test_what_the_file_does_not_have_is_left_as_it_is():
    taken(Kind.TERRITORIES, OFFICIAL)

    taken(Kind.TERRITORIES, [["Code", "Nom", "Ville"], ["qn00101m", "Neuf", "Bourg"]])

    territory = Territory.objects.get(code="QN00101M")
    assert (territory.name, territory.insee_codes, territory.longitude) == ("Neuf", "01053", 5.2221)


def test_territories_that_cannot_be_are_named_by_their_line():
    rows = [
        ["code", "nom", "commune", "longitude"],
        ["QN00101M", "A", "Bourg", "5"],
        ["QN00101M", "B", "Bourg", "5"],
        ["QP00101M", "C", "Bourg", "5"],
        ["QN00102M", "", "Bourg", "5"],
        ["QN00103M", "D", "Bourg", "nan"],
        ["QN00104M", "E", "Bourg", "200"],
        ["QN00105M", "F" * 201, "Bourg", ""],
    ]

    found = taken(Kind.TERRITORIES, rows)

    assert [one.line for one in found.doubles] == [3]
    assert [one.line for one in found.refused] == [4, 5, 6, 7, 8]
    assert "ressemble à QN07501M" in found.refused[0].reason
    assert "pas un nombre de degrés" in found.refused[2].reason
    assert [code for code, *_rest in places()] == ["QN00101M"]


def test_1584_territories_go_in_at_once_and_a_second_run_changes_nothing():
    """As many as the official list, 149 of which span several communes."""
    rows = [["code_qp", "lib_qp", "insee_com", "lib_com"]]
    for number in range(1_584):
        department, rank = divmod(number, 99)
        insee, communes = "01053", f"Commune {number}"
        if number < 149:
            insee, communes = "01053|01054", f"Commune {number}; Voisine"
        rows.append([f"QN{department + 1:03}{rank:02}M", f"Quartier {number}", insee, communes])

    assert len(taken(Kind.TERRITORIES, rows).new) == 1_584
    assert Territory.objects.filter(commune__endswith=", Voisine").count() == 149
    assert taken(Kind.TERRITORIES, rows).counted() == {
        "new": 0,
        "unchanged": 1_584,
        **NEEDS_NO_CHANGE,
    }
