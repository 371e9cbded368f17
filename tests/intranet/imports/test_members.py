"""Members of associations: faults named, the others in, nothing twice."""

import pytest

from intranet.accounts.models import User
from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.tables import ColumnsMissing, read_table
from intranet.network.models import Association, Membership, Territory
from tests.intranet.imports.taking import HEAD, SIRET, taken

pytestmark = pytest.mark.django_db


def test_500_members_with_12_faults_are_488_members(association, other_association, aminata):
    Association.objects.create(name="Dissoute", slug="dissoute", is_active=False)
    User.objects.create_superuser("admin@example.org")
    User.objects.create_user("parti@example.org", is_active=False)
    faults = {
        10: ["A", "B", "", "Les Tisserands", "contributeur"],
        20: ["A", "B", "sans arobase", "Les Tisserands", "contributeur"],
        30: ["A", "B", "a30@example.org", "Inconnue", "contributeur"],
        40: ["A", "B", "a40@example.org", "", "contributeur"],
        50: ["A", "B", "a50@example.org", "Les Tisserands", "chef"],
        60: ["A", "B", "a60@example.org", "Les Tisserands", ""],
        70: ["A", "B", "a70@example.org", "Dissoute", "contributeur"],
        80: ["A", "B", "admin@example.org", "Les Tisserands", "contributeur"],
        90: ["A", "B", "parti@example.org", "Les Tisserands", "contributeur"],
        100: ["A", "B", "P2@EXAMPLE.org", "la passerelle", "référente"],
        110: ["A" * 151, "B", "a110@example.org", "Les Tisserands", "contributeur"],
        120: ["A\x07", "B", "a120@example.org", "Les Tisserands", "contributeur"],
    }
    rows = [HEAD]
    for line in range(2, 502):
        name = "La Passerelle" if line % 2 == 0 else "LES TISSERANDS"
        role = ["Référent·e", "contributrice", "Contributeur(rice)"][line % 3]
        rows.append(faults.get(line) or [f"P{line}", "Nom", f"p{line}@example.org", name, role])

    preview = taken(Kind.MEMBERS, rows, check=True)

    assert len(preview.new) == 488
    assert sorted(one.line for one in [*preview.refused, *preview.doubles]) == sorted(faults)
    assert [one.line for one in preview.doubles] == [100]
    assert len({one.reason for one in preview.refused}) == 11
    assert Membership.objects.count() == 1

    assert len(taken(Kind.MEMBERS, rows).new) == 488
    assert Membership.objects.count() == 489
    assert not User.objects.get(email="p2@example.org").has_usable_password()
    assert taken(Kind.MEMBERS, rows).counted()["unchanged"] == 488
    assert Membership.objects.count() == 489


def test_a_member_who_is_there_keeps_their_name_and_changes_role(benoit, association):
    rows = [HEAD, ["Autre", "Nom", benoit.email.upper(), association.name, "Référent"]]

    [written] = taken(Kind.MEMBERS, rows).changed

    benoit.refresh_from_db()
    assert benoit.first_name == "Benoît"
    assert benoit.memberships.get().role == Membership.Role.REPRESENTATIVE
    assert [(one.before, one.after) for one in written.changes] == [
        ("contributeur·rice", "référent·e")
    ]


def test_a_person_may_belong_to_two_associations(association, other_association):
    rows = [
        HEAD,
        ["Inès", "N.", "ines@example.org", association.name, "membre"],
        ["Inès", "N.", "ines@example.org", other_association.name, "bénévole"],
    ]

    assert len(taken(Kind.MEMBERS, rows).new) == 2
    assert User.objects.get(email="ines@example.org").memberships.count() == 2


def test_an_empty_cell_erases_nothing():
    taken(Kind.ASSOCIATIONS, [["nom", "siret", "courriel"], ["La Ruche", SIRET, "a@b.example"]])

    found = taken(Kind.ASSOCIATIONS, [["nom", "siret", "courriel"], ["La Ruche", "", ""]])

    assert found.unchanged == 1
    assert Association.objects.get().siret == SIRET


def test_a_refused_line_does_not_make_a_double_of_the_next():
    rows = [
        ["code", "nom", "commune", "insee"],
        ["QN00101M", "", "Bourg", ""],
        ["QN00101M", "A", "Bourg", "1053"],
        ["QN00102M", "B", "Bourg", "1"],
    ]

    found = taken(Kind.TERRITORIES, rows)

    assert [one.line for one in found.new] == [3]
    assert [one.line for one in found.refused] == [2, 4]
    assert Territory.objects.get().insee_codes == "01053"


def test_no_file_takes_the_only_representative_away(aminata, association):
    rows = [HEAD, ["", "", aminata.email, association.name, "contributeur"]]

    found = taken(Kind.MEMBERS, rows)

    assert [one.line for one in found.refused] == [2]
    assert aminata.memberships.get().role == Membership.Role.REPRESENTATIVE


def test_columns_missing_are_named():
    with pytest.raises(ColumnsMissing) as caught:
        read_table(b"nom;prenom\nA;B\n", COLUMNS[Kind.MEMBERS])

    assert caught.value.missing == ["email", "association", "role"]
