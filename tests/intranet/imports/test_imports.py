"""Territories, associations and members from spreadsheets, whatever their layout."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.accounts.models import User
from intranet.imports import operations
from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.likeness import loose
from intranet.imports.operations import Report, import_table
from intranet.imports.tables import ColumnsMissing, plain, read_table
from intranet.management.reporting import Refused
from intranet.network.models import Association, Membership, Territory
from tests.hostile_workbooks import WORKBOOKS
from tests.intranet.imports.layouts import LAYOUTS, Rows, text

pytestmark = pytest.mark.django_db

OFFICIAL = [
    ["code_qp", "lib_qp", "departement", "insee_com", "lib_com", "lon_centre_boite"],
    ["QN00101M", "Terre des Fleurs", "01", "01053", "Bourg-sur-Brève", "5.2221"],
    ["QN00201M", "Cœur d'Agglo", "02", "02571|02691", "Omessy; Saint-Quintin", "3,2982"],
    ["QN02A01N", "Été à l'île", "2A", "2A004", "Ajaccio-le-Haut", ""],
]
NEEDS_NO_CHANGE = {"changed": 0, "doubles": [], "refused": []}


def taken(kind: Kind, rows: Rows, *, check: bool = False) -> Report:
    table = read_table(text(rows, encoding="utf-8"), COLUMNS[kind])
    return import_table(kind=kind, table=table, check=check)


def told(found: Report) -> list[str]:
    return [f"{one.line}: {one.reason}" for one in [*found.doubles, *found.refused]]


def places() -> list[tuple]:
    rows = Territory.objects.order_by("code")
    return list(rows.values_list("code", "name", "commune", "department", "insee_codes"))


# -- Layouts -----------------------------------------------------------------------------


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


# -- Territories -------------------------------------------------------------------------


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


# -- Associations ------------------------------------------------------------------------

SIRET = "73282932000074"


def test_an_association_needs_its_name_only():
    found = taken(Kind.ASSOCIATIONS, [["Nom", "Type"], ["Les Mamans du Verger", "Collectif"]])

    association = Association.objects.get()
    assert len(found.new) == 1
    assert (association.kind, association.siret, association.rna) == ("collective", "", "")
    assert association.slug == "les-mamans-du-verger"
    assert not association.is_public


def test_all_that_is_known_of_an_association_is_written_down(territory):
    rows = [
        ["Association", "Type", "Courriel", "Tél.", "Site", "SIRET", "QPV", "Fédération"],
        ["Union des centres", "fédération", "", "", "", "", "", ""],
        [
            "La Ruche", "association", "Bonjour@Ruche.example", "0102030405", "ruche.example",
            "732 829 320 00074", territory.code, "union des centres",
        ],
    ]  # fmt: skip

    taken(Kind.ASSOCIATIONS, rows)

    ruche = Association.objects.get(slug="la-ruche")
    assert ruche.email == "bonjour@ruche.example"
    assert ruche.website == "https://ruche.example"
    assert ruche.siret == SIRET
    assert ruche.federation.name == "Union des centres"
    assert list(ruche.territories.all()) == [territory]
    assert taken(Kind.ASSOCIATIONS, rows).counted() == {
        "new": 0,
        "unchanged": 2,
        **NEEDS_NO_CHANGE,
    }


def test_a_number_finds_an_association_that_changed_its_name():
    Association.objects.create(name="La Ruche", slug="la-ruche", siret=SIRET)

    found = taken(Kind.ASSOCIATIONS, [["nom", "siret"], ["La Ruche bleue", SIRET]])

    assert [one.name for one in found.changed] == ["La Ruche bleue"]
    assert Association.objects.get().slug == "la-ruche"


def test_what_is_there_under_a_near_name_is_a_double():
    Association.objects.create(name="La Ruche", slug="la-ruche")
    rows = [["nom"], ["Association La Ruche"], ["ruche"], ["LA RUCHE"], ["La Ruchette"]]

    found = taken(Kind.ASSOCIATIONS, rows)

    assert [one.line for one in found.possible] == [2, 3, 4]
    assert found.changed == []
    assert [one.name for one in found.new] == ["La Ruchette"]


@pytest.mark.parametrize(
    ("there", "written", "is_double"),
    [
        ("Les Tisserands", "Les Tisserants", True),
        ("Les Jardins de la Digue", "Les jardin de la digue", True),
        ("Maison de quartier des Ormes", "Maison de quartiers des Ormes", True),
        ("La Ruche", "Le Rucher", False),
        ("Centre social numéro 12", "Centre social numéro 13", False),
        ("Les Tisserands", "La Passerelle", False),
    ],
)
def test_a_typing_error_is_a_possible_double(there, written, is_double):
    Association.objects.create(name=there, slug="la")

    found = taken(Kind.ASSOCIATIONS, [["nom"], [written]])

    assert [one.name for one in found.possible] == [written] * is_double
    assert len(found.new) == (not is_double)


def test_in_one_territory_names_may_look_less_alike(territory):
    there = Association.objects.create(name="La Ruche", slug="la-ruche")
    there.territories.add(territory)
    rows = [["nom", "qpv"], ["Le Rucher", territory.code], ["Les Ruches", ""]]

    found = taken(Kind.ASSOCIATIONS, rows)

    assert [one.name for one in found.possible] == ["Le Rucher"]


def test_a_line_above_may_have_been_mistyped_too():
    rows = [["nom"], ["Les Tisserands"], ["Les Tisserants"]]

    for check in (True, False):
        assert [one.line for one in taken(Kind.ASSOCIATIONS, rows, check=check).possible] == [3]


def test_a_possible_double_that_is_kept_goes_in_once():
    rows = text([["nom"], ["Les Tisserands"], ["Les Tisserants"]], encoding="utf-8")
    table = read_table(rows, COLUMNS[Kind.ASSOCIATIONS])

    found = import_table(kind=Kind.ASSOCIATIONS, table=table, kept=[3])

    assert len(found.new) == 2
    assert import_table(kind=Kind.ASSOCIATIONS, table=table).unchanged == 2


# -- Which association a line is about


def test_accents_alone_make_another_association_unless_it_is_in_the_same_place(territory):
    there = Association.objects.create(name="Les Éclats", slug="les-eclats", phone="01")
    rows = [["nom", "tél", "qpv"], ["Les Eclats", "02", territory.code]]

    assert [one.line for one in taken(Kind.ASSOCIATIONS, rows).possible] == [2]
    there.refresh_from_db()
    assert there.phone == "01"

    there.territories.add(territory)
    assert [one.line for one in taken(Kind.ASSOCIATIONS, rows).changed] == [2]


def test_numbers_that_differ_make_two_associations_of_one_name():
    Association.objects.create(name="La Ruche", slug="la-ruche", siret=SIRET)
    rows = text([["nom", "siret"], ["La Ruche", "55208131766522"]], encoding="utf-8")
    table = read_table(rows, COLUMNS[Kind.ASSOCIATIONS])

    assert [one.line for one in import_table(kind=Kind.ASSOCIATIONS, table=table).possible] == [2]
    assert len(import_table(kind=Kind.ASSOCIATIONS, table=table, kept=[2]).new) == 1
    assert import_table(kind=Kind.ASSOCIATIONS, table=table).unchanged == 1


def test_numbers_that_differ_tell_near_names_apart():
    Association.objects.create(name="Les Tisserands", slug="les-tisserands", siret=SIRET)

    found = taken(Kind.ASSOCIATIONS, [["nom", "siret"], ["Les Tisserants", "55208131766522"]])

    assert [one.name for one in found.new] == ["Les Tisserants"]


def test_one_name_in_two_places_is_for_people_to_tell(territory):
    other = Territory.objects.create(code="QN05999M", name="Ailleurs", commune="Lille")
    there = Association.objects.create(name="Les Amis", slug="les-amis")
    there.territories.add(territory)
    rows = text([["nom", "qpv"], ["Les Amis", other.code]], encoding="utf-8")
    table = read_table(rows, COLUMNS[Kind.ASSOCIATIONS])

    assert [one.line for one in import_table(kind=Kind.ASSOCIATIONS, table=table).possible] == [2]
    assert len(import_table(kind=Kind.ASSOCIATIONS, table=table, kept=[2]).new) == 1

    assert import_table(kind=Kind.ASSOCIATIONS, table=table).unchanged == 1
    both = taken(Kind.ASSOCIATIONS, [["nom", "tél"], ["Les Amis", "01"]])
    assert "Plusieurs associations" in both.doubles[0].reason


def test_two_numbers_of_two_associations_are_refused():
    Association.objects.create(name="Une", slug="une", siret=SIRET)
    Association.objects.create(name="Autre", slug="autre", rna="W123456789")

    found = taken(Kind.ASSOCIATIONS, [["nom", "siret", "rna"], ["Une", SIRET, "W123456789"]])

    [refused] = found.refused
    assert "Une" in refused.reason
    assert "Autre" in refused.reason


def test_a_member_of_two_associations_of_one_name_says_which():
    for slug, siret in (("une", SIRET), ("autre", "")):
        Association.objects.create(name="Les Éclats", slug=slug, siret=siret)
    rows = [HEAD, ["", "", "a@b.example", "les eclats", "membre"]]

    assert "Plusieurs associations" in taken(Kind.MEMBERS, rows).refused[0].reason
    rows[1][3] = SIRET
    assert len(taken(Kind.MEMBERS, rows).new) == 1


def test_a_refused_line_leaves_nothing_for_the_next_one_to_write():
    Association.objects.create(name="La Ruche", slug="la-ruche")
    rows = [
        ["nom", "téléphone", "présentation"],
        ["La Ruche", "0102030405", "x" * 1001],
        ["La Ruche", "", "Du miel."],
    ]

    found = taken(Kind.ASSOCIATIONS, rows)

    assert [one.line for one in found.refused] == [2]
    assert [(one.presentation, one.phone) for one in Association.objects.all()] == [
        ("Du miel.", "")
    ]


def test_territories_that_change_are_told_before_and_after(territory):
    there = Association.objects.create(name="La Ruche", slug="la-ruche")
    there.territories.add(territory)
    Territory.objects.create(code="QN05999M", name="Ailleurs", commune="Lille")
    rows = [["nom", "qpv"], ["La Ruche", f"{territory.code} QN05999M"]]

    for check in (True, False):
        [written] = taken(Kind.ASSOCIATIONS, rows, check=check).changed
        both = " ".join(sorted(["QN05999M", territory.code]))
        assert [(one.field, one.before, one.after) for one in written.changes] == [
            ("Territoires", territory.code, both)
        ]


# -- Federations, websites, signs astray


def test_no_association_is_its_own_federation():
    above = Association.objects.create(name="Haut", slug="haut", kind="federation")
    Association.objects.create(name="Bas", slug="bas", kind="federation", federation=above)
    rows = [["nom", "type", "fédération"], ["Haut", "fédération", "Haut"], ["Haut", "", "Bas"]]

    found = taken(Kind.ASSOCIATIONS, rows)

    assert [one.line for one in found.refused] == [2, 3]
    assert all("sa propre fédération" in one.reason for one in found.refused)
    above.federation = above
    with pytest.raises(IntegrityError):
        above.save()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org:8000/a", "https://example.org:8000/a"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://example.org", "HTTPS://example.org"),
        ("ftp://example.org", None),
        ("javascript:alert(1)", None),
        ("javascript://example.org/%0aalert(1)", None),
        ("mailto:a@example.org", None),
    ],
)
def test_a_website_is_an_address_that_browsers_open(written, kept):
    found = taken(Kind.ASSOCIATIONS, [["nom", "site"], ["La Ruche", written]])

    assert [one.website for one in Association.objects.all()] == [kept] * (kept is not None)
    assert len(found.refused) == (kept is None)


def test_no_form_takes_another_kind_of_address():
    association = Association(name="A", slug="a", website="ftp://example.org")

    with pytest.raises(ValidationError, match="https://"):
        association.full_clean()


def test_a_zero_byte_names_its_line_and_its_column_and_the_others_go_in():
    content = text([["nom", "tél"], ["A", "1"], ["B", "0\0002"], ["C", "3"]], encoding="utf-8")

    found = import_table(
        kind=Kind.ASSOCIATIONS, table=read_table(content, COLUMNS[Kind.ASSOCIATIONS])
    )

    assert [one.name for one in found.new] == ["A", "C"]
    assert [one.line for one in found.refused] == [3]
    assert "téléphone" in found.refused[0].reason


# -- The whole of the official list


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


def test_associations_that_cannot_be_are_named_by_their_line():
    rows = [
        ["nom", "siret", "rna", "courriel", "qpv", "type", "fédération"],
        ["A1", "73282932000075", "", "", "", "", ""],
        ["A2", "", "X12", "", "", "", ""],
        ["A3", "", "", "pas une adresse", "", "", ""],
        ["A4", "", "", "", "QN09999Z", "", ""],
        ["A5", "", "", "", "", "entreprise", ""],
        ["A6", "", "", "", "", "", "Personne"],
        ["", SIRET, "", "", "", "", ""],
        ["A8", SIRET, "W123456789", "", "", "", ""],
    ]

    found = taken(Kind.ASSOCIATIONS, rows)

    assert [one.line for one in found.refused] == [2, 3, 4, 5, 6, 7, 8]
    assert [one.name for one in found.new] == ["A8"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_name_goes_in_as_it_is_and_once(name):
    Association.objects.all().delete()
    name = name[:200]
    rows = [["nom"], [f"A{name}"]]
    if (
        read_table(text(rows, encoding="utf-8"), COLUMNS[Kind.ASSOCIATIONS]).lines[0].values["name"]
        != f"A{name}"
    ):
        return

    first, second = taken(Kind.ASSOCIATIONS, rows), taken(Kind.ASSOCIATIONS, rows)

    assert (len(first.new), second.unchanged) == (1, 1) or told(first)
    assert len(first.new) == Association.objects.count()


def test_words_that_people_add_do_not_make_another_association():
    assert loose("L'Association des Jardins de la Digue") == loose("jardins digue")
    assert loose("La Fédération") == plain("La Fédération")


# -- Members -----------------------------------------------------------------------------

HEAD = ["Prénom", "Nom", "Adresse électronique", "Association", "Rôle"]


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
