import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from surveys.exports import operations
from surveys.results import queries
from tests.people import NOW


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def reading():
    return [(entry.action, entry.user, entry.data["what"]) for entry in ModelLogEntry.objects.all()]


def test_results_prints_the_figures_of_the_screen(needs_survey):
    out, _err = run("results", "besoins-2026", "--json")

    assert json.loads(out) == json.loads(json.dumps(queries.figures(needs_survey)))
    assert reading() == []


def test_results_without_json_can_be_read_by_a_person(needs_survey):
    out, _err = run("results", "besoins-2026")

    assert "besoins-2026\xa0: nombre de réponses 60, plus petit groupe montré 5" in out
    assert "single  Question single" in out
    assert "posée à 60, ont répondu " in out
    assert "masqué" in out


def test_raw_figures_are_whole_and_written_in_the_log(needs_survey):
    arguments = ["--raw", "--where", "boolean=true", "--by", "single"]

    figures = json.loads(run("results", "besoins-2026", "--json", *arguments)[0])

    assert figures["hidden"] == 0
    assert (figures["where"], figures["by"]) == ({"boolean": "true"}, "single")
    assert reading() == [("surveys.answers_read", None, "les chiffres sans protection")]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nulle-part"], "Campagnes\xa0: besoins-2026."),
        (["besoins-2026", "--by", "single"], "ajoutez --raw"),
        (["besoins-2026", "--raw", "--by", "nowhere"], "Questions à choix\xa0: single, multiple"),
        (["besoins-2026", "--raw", "--by", "integer"], "n'a pas de choix"),
        (["besoins-2026", "--raw", "--where", "single=c9"], "Ses choix\xa0: c0, c1, c2, other."),
        (["besoins-2026", "--raw", "--where", "single"], "écrivez CODE=CHOIX"),
    ],
)
def test_results_refuses_what_does_not_exist_and_says_what_does(needs_survey, arguments, reason):
    with pytest.raises(CommandError, match=reason.replace(".", r"\.")):
        run("results", *arguments)


def test_export_writes_the_file_of_the_screen(needs_survey, tmp_path):
    file = tmp_path / "chiffres.csv"
    with (tmp_path / "screen.csv").open("wb") as stream:
        operations.write(stream, campaign=needs_survey, format="csv", content="figures", at=NOW)

    out, _err = run("export", "besoins-2026", "--format", "csv", "--output", str(file), "--json")

    assert file.read_bytes() == (tmp_path / "screen.csv").read_bytes()
    assert json.loads(out)["bytes"] == file.stat().st_size
    assert reading() == []


def test_export_of_rows_is_written_in_the_log(needs_survey, tmp_path):
    file = tmp_path / "reponses.xlsx"

    run("export", "besoins-2026", "--format", "xlsx", "--output", str(file), "--content", "rows")

    assert load_workbook(file)["Réponses"].max_row == 62
    assert reading() == [
        ("surveys.answers_read", None, "les réponses, emportées dans un fichier (xlsx)")
    ]


def test_export_refuses_a_format_that_is_not_made(needs_survey, tmp_path):
    with pytest.raises(CommandError, match="Formats possibles\xa0: xlsx, csv"):
        run("export", "besoins-2026", "--format", "ods", "--output", str(tmp_path / "f.ods"))


def test_export_to_a_folder_that_does_not_exist_leaves_nothing(needs_survey, tmp_path):
    with pytest.raises(CommandError, match="vérifiez son dossier"):
        run("export", "besoins-2026", "--format", "csv", "--output", str(tmp_path / "no" / "f.csv"))

    assert list(tmp_path.iterdir()) == []
