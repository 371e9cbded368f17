"""The command import_responses, from file to responses."""

import json
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command

from surveys.responses.models import Response
from tests.hostile_workbooks import WORKBOOKS, ods, ods_cell, ods_row, written
from tests.surveys.every_kind import EVERY_KIND
from tests.surveys.responses.conftest import make_version

pytestmark = pytest.mark.django_db


def run(path, *options, campaign: str = "besoins-2026") -> dict:
    out = StringIO()
    call_command(
        "import_responses", campaign, str(path), "--json", *options, stdout=out, stderr=StringIO()
    )
    return json.loads(out.getvalue())


def refused(path, *options) -> tuple[str, dict]:
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(
            "import_responses",
            "besoins-2026",
            str(path),
            "--json",
            *options,
            stdout=out,
            stderr=StringIO(),
        )
    assert error.value.returncode == 1
    return str(error.value), json.loads(out.getvalue() or "{}")


@pytest.fixture
def write(tmp_path):
    def _write(content: str | bytes, name: str = "reponses.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def documents() -> list[dict]:
    found = Response.objects.values_list("document", flat=True)
    return sorted(found, key=lambda document: json.dumps(document, sort_keys=True))


CSV = """anciennete;besoins;renonce;ecoute;note;age;mot;souhait;_uuid
plus_2;sante transports;non;plutot;0;42;Animé;"Un banc.
De l'ombre.";a
moins_2;rien;oui;;10;1 200;;;b
""".replace("1 200", "17")


def test_a_file_of_a_french_spreadsheet_is_imported(survey, write):
    assert run(write(CSV)) == {"accepted": 2, "already": 0, "refused": []}

    assert documents() == [
        {
            "q-anciennete": {"choice": "c-moins_2"},
            "q-besoins": {"choices": ["c-rien"]},
            "q-renonce": True,
            "q-note": 10,
            "q-age": 17,
        },
        {
            "q-anciennete": {"choice": "c-plus_2"},
            "q-besoins": {"choices": ["c-sante", "c-transports"]},
            "q-renonce": False,
            "q-ecoute": {"choice": "c-plutot"},
            "q-note": 0,
            "q-age": 42,
            "q-mot": "Animé",
            "q-souhait": "Un banc.\nDe l'ombre.",
        },
    ]
    assert set(Response.objects.values_list("channel", flat=True)) == {"import"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_ordinary_layout_is_read(survey, write, encoding, delimiter):
    lines = [["mot", "souhait", "_id"], ["Œuvre à 5 €", "Été", "1"]]
    text = "\r\n".join(delimiter.join(cells) for cells in lines) + "\r\n"

    assert run(write(text.encode(encoding)))["accepted"] == 1
    assert documents() == [{"q-mot": "Œuvre à 5 €", "q-souhait": "Été"}]


def test_the_line_that_names_the_delimiter_is_obeyed(survey, write):
    assert run(write("sep=;\r\nmot;age\r\nà, b;3\r\n"))["accepted"] == 1
    assert documents() == [{"q-mot": "à, b", "q-age": 3}]


def test_several_choices_may_have_a_column_each(survey, write):
    run(write("besoins/sante,besoins.transports,besoins/other,besoins_other\n1,0,1,Un marché\n"))

    assert documents() == [{"q-besoins": {"choices": ["c-sante", "other"], "other": "Un marché"}}]


def test_json_lines_may_name_the_section_and_carry_the_tools_own_keys(survey, write):
    line = {
        "quartier/besoins": "sante transports",
        "vous/age": "42",
        "renonce": False,
        "note": 7,
        "meta/instanceID": "uuid:1",
        "__version__": "v1",
        "_id": 12,
    }
    path = write(json.dumps(line) + "\n\n", "reponses.jsonl")

    assert run(path)["accepted"] == 1
    assert documents() == [
        {
            "q-besoins": {"choices": ["c-sante", "c-transports"]},
            "q-age": 42,
            "q-renonce": False,
            "q-note": 7,
        }
    ]


def test_the_same_file_again_records_nothing_new(survey, write):
    path = write("mot;age\nVivant;3\nVivant;3\nCalme;\n")

    assert run(path)["accepted"] == 3
    assert run(path) == {"accepted": 0, "already": 3, "refused": []}
    assert Response.objects.count() == 3


def test_a_row_with_an_identifier_is_the_same_wherever_it_stands(survey, write):
    run(write("mot;_uuid\nVivant;a\n"))

    report = run(write("_uuid;mot\nb;Calme\na;Vivant\n"))

    assert (report["accepted"], report["already"]) == (1, 1)


def test_two_rows_with_one_identifier_and_other_answers_are_refused(survey, write):
    _, report = refused(write("mot;_uuid\nVivant;a\nCalme;a\n"))

    assert report["refused"][0]["line"] == 3


def test_a_wrong_value_refuses_everything_and_says_where(survey, write):
    message, report = refused(write("age;mot\n12;Vivant\nvieux;Calme\n"))

    assert "Rien n'a été enregistré" in message
    assert report["accepted"] == 0
    assert report["refused"] == [
        {
            "line": 3,
            "code": "age",
            "value": "vieux",
            "reason": "Écrivez un nombre, en chiffres\xa0: par exemple 12 ou 1 200.",
        }
    ]
    assert not Response.objects.exists()


def test_the_good_lines_can_be_kept(survey, write):
    report = run(write("age;mot\n12;Vivant\nvieux;Calme\n"), "--keep-good")

    assert report["accepted"] == 1
    assert [one["line"] for one in report["refused"]] == [3]
    assert documents() == [{"q-age": 12, "q-mot": "Vivant"}]


def test_an_unknown_choice_is_refused_by_its_code(survey, write):
    _, report = refused(write("anciennete\nailleurs\n"))

    assert (report["refused"][0]["code"], report["refused"][0]["value"]) == (
        "anciennete",
        "ailleurs",
    )


def test_an_unknown_column_is_refused_by_name_once(survey, write):
    message, report = refused(write("age;couleur\n12;bleu\n13;vert\n"), "--keep-good")

    assert "couleur" in message
    assert [(one["line"], one["code"]) for one in report["refused"]] == [(1, "couleur")]


def test_a_check_writes_nothing(survey, write):
    assert run(write(CSV), "--check")["accepted"] == 2
    assert not Response.objects.exists()


def test_required_answers_are_not_asked_of_what_was_collected_elsewhere(survey, write):
    assert run(write("age\n12\n"))["accepted"] == 1


def test_paper_may_be_typed_in_after_the_last_day(survey, write):
    from datetime import date

    survey.opens_date, survey.closes_date = date(2020, 1, 1), date(2020, 1, 2)
    survey.save()

    assert run(write("age\n12\n"), "--channel", "paper")["accepted"] == 1
    assert Response.objects.get().channel == "paper"


def test_a_neighbourhood_and_an_association_may_be_given(
    assessment, participation, territory, write
):
    path = write("age;_territory;_association\n12;QN07501M;les-tisserands\n")

    assert run(path, campaign="autoevaluation-2026")["accepted"] == 1

    response = Response.objects.get()
    participation.refresh_from_db()
    assert (response.territory, response.participation) == (territory, participation)
    assert participation.state == "submitted"


def test_an_unknown_neighbourhood_is_refused(survey, write):
    _, report = refused(write("age;_territory\n12;QN99999X\n"))

    assert report["refused"][0]["code"] == "_territory"


def test_empty_rows_at_the_end_are_no_responses_but_in_the_middle_they_are(survey, write):
    assert run(write("age;mot\n12;\n;\n13;\n;\n;\n"))["accepted"] == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("r.pdf", b"%PDF", "Un fichier «\u202f.pdf\u202f» ne peut pas être importé"),
        ("r.xlsx", b"<html><table>", "Ce fichier est une page web"),
        ("r.xlsx", b"", "Ce fichier est vide"),
        ("r.csv", b"", "Ce fichier est vide"),
        ("r.csv", b"age;age\n1;2\n", "Deux colonnes s'appellent age"),
        ("r.csv", b'age;mot\n1;"jamais\n', "un guillemet n'y est pas fermé"),
        ("r.csv", b"\xff\xfea", "ne peuvent pas être lus"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(survey, write, name, content, sentence):
    message, _ = refused(write(content, name))

    assert sentence in message


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '"x"',
        '{"age": NaN}',
        '{"age": 1e999}',
        '{"age": {"deep": []}}',
        '{"mot": "\\ud800"' + "}",
        '{"mot": ["a"]}',
        '{"besoins": [["sante"]]}',
        '{"besoins": {"choices": {"a": 1}}}',
        "[" * 100_000,
        '{"\\u0000": 1}',
        '{"renonce": [true]}',
    ],
)
def test_hostile_json_is_refused_or_cleaned_never_a_traceback(survey, write, line):
    path = write('{"age": 1}\n' + line + "\n", "r.jsonl")

    report = run(path, "--keep-good")

    assert report["accepted"] + len({one["line"] for one in report["refused"]}) == 2


def as_xlsx(rows: list[list[str]]) -> bytes:
    return written(lambda book: [book.active.append(row) for row in rows])


def as_ods(rows: list[list[str]]) -> bytes:
    return ods("".join(ods_row("".join(map(ods_cell, row))) for row in rows))


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_workbook_says_what_the_same_csv_says(survey, write, suffix):
    rows = [["age", "mot", "_note"], ["12", "Vivant", "x"], ["13", "", ""]]
    content = {"xlsx": as_xlsx, "ods": as_ods}[suffix](rows)

    assert run(write(content, f"r.{suffix}"))["accepted"] == 2
    assert documents() == [{"q-age": 12, "q-mot": "Vivant"}, {"q-age": 13}]


def test_numbers_and_ticks_of_a_workbook_are_read(survey, write):
    def fill(book):
        book.active.append(["age", "renonce"])
        book.active.append([12, True])

    assert run(write(written(fill), "r.xlsx"))["accepted"] == 1
    assert documents() == [{"q-age": 12, "q-renonce": True}]


def test_a_workbook_of_two_filled_sheets_is_refused(survey, write):
    def fill(book):
        book.active["A1"] = "age"
        book.create_sheet("Feuille2")["A1"] = "age"

    message, _ = refused(write(written(fill), "r.xlsx"))

    assert "Plusieurs feuilles" in message


def test_a_formula_that_was_never_calculated_is_refused(survey, write):
    def fill(book):
        book.active.append(["age"])
        book.active.append(["=6+6"])

    message, _ = refused(write(written(fill), "r.xlsx"))

    assert "A2" in message


@pytest.mark.parametrize("name", ["a cell at XFD1048576", "a billion laughs", "macros"])
def test_a_hostile_workbook_is_refused_with_a_sentence(survey, write, name):
    make, _ = WORKBOOKS[name]

    refused(write(make(), "r.xlsx"))

    assert not Response.objects.exists()


def test_what_does_not_exist_is_said(survey, tmp_path, write):
    message, _ = refused(tmp_path / "absent.csv")
    assert "absent.csv" in message

    with pytest.raises(CommandError, match="campagne «\u202failleurs\u202f»"):
        run(write(CSV), campaign="ailleurs")


def test_more_cells_than_columns_are_refused(survey, write):
    _, report = refused(write("age;mot\n12;Vivant;encore\n"))

    assert report["refused"][0]["line"] == 2


@pytest.fixture
def everything(survey) -> None:
    version = make_version(survey.questionnaire, EVERY_KIND)
    assert version.number == 2


def test_every_kind_of_question_is_imported(everything, territory, write):
    path = write(
        "unique;plusieurs/un_bus;plusieurs/other_text;droit;ordre/1;ordre/2;ordre/3;ordre/4;"
        "semaine/matin;avec/soir/seul;distance;telephone;naissance;heure;quartier;lieu;"
        "lieu/latitude;lieu/longitude\n"
        "un_banc;1;Une école;prefer_not_to_say;un_bus;un_banc;un_jardin;un_marche;"
        "souvent;1;1 234,5;06 12 34 56 78;01/05/1984;18h30;qn07501m;Ici;48,857;2,352\n"
    )

    assert run(path)["accepted"] == 1
    assert documents() == [
        {
            "q-unique": {"choice": "c-un_banc"},
            "q-plusieurs": {"choices": ["c-un_bus", "other"], "other": "Une école"},
            "q-droit": {"declined": True},
            "q-ordre": {"ranking": ["c-un_bus", "c-un_banc", "c-un_jardin", "c-un_marche"]},
            "q-semaine": {"rows": {"r-matin": "c-souvent"}},
            "q-avec": {"rows": {"r-soir": ["c-seul"]}},
            "q-distance": 1234.5,
            "q-telephone": "+33612345678",
            "q-naissance": "1984-05-01",
            "q-heure": "18:30",
            "q-quartier": "QN07501M",
            "q-lieu": {"label": "Ici", "latitude": 48.857, "longitude": 2.352},
        }
    ]


def test_a_territory_that_is_not_in_the_directory_is_refused(everything, territory, write):
    _, report = refused(write("quartier\nQN02A01M\n"))

    assert [(one["code"], one["value"]) for one in report["refused"]] == [("quartier", "QN02A01M")]


@pytest.mark.slow
def test_ten_thousand_rows_take_some_seconds(survey, write):
    rows = "".join(
        f"plus_2;sante transports;non;{n % 11};{n % 90};mot {n}\n" for n in range(10_000)
    )
    path = write("anciennete;besoins;renonce;note;age;mot\n" + rows)

    started = perf_counter()
    report = run(path)

    assert report["accepted"] == 10_000
    assert perf_counter() - started < 60
