"""What makes an association new, changed, double or refused."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.likeness import loose
from intranet.imports.operations import import_table
from intranet.imports.tables import plain, read_table
from intranet.network.models import Association, Territory
from tests.intranet.imports.layouts import text
from tests.intranet.imports.taking import HEAD, NEEDS_NO_CHANGE, SIRET, taken, told

pytestmark = pytest.mark.django_db


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
