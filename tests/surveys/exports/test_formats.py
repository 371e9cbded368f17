import csv
import io
import subprocess
import zipfile
from datetime import date
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from surveys.exports.formats import write_csv, write_workbook
from surveys.exports.tables import Book, Column, Cover, Format, Line, Style, Table

TREACHEROUS = ["=1+1", "==1+1", "+33 6 12", "-1+2", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x")']


def answers(*texts):
    columns = (Column("Texte", code="texte"), Column("Âge", Format.WHOLE, code="age"))
    return Table("Réponses", columns, [Line((text, -5)) for text in texts], filtered=True)


def book(*tables, title="Titre"):
    facts = (("Premier jour", date(2026, 3, 1)), ("Réponses", 12), ("Campagne", title))
    return Book(Cover("Présentation", title, facts, ("Une note.",)), tables)


def opened(made):
    stream = io.BytesIO()
    write_workbook(made, stream)
    stream.seek(0)
    return load_workbook(stream)


def csv_lines(table):
    stream = io.BytesIO()
    write_csv(table, stream)
    text = stream.getvalue().decode("utf-8-sig")
    return stream.getvalue(), list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_text_that_begins_like_a_formula_stays_text_in_the_workbook():
    sheet = opened(book(answers(*TREACHEROUS)))["Réponses"]

    for number, text in enumerate(TREACHEROUS, start=3):
        assert sheet.cell(number, 1).value == text
        assert sheet.cell(number, 1).data_type == "s"
        assert sheet.cell(number, 1).quotePrefix


def test_a_title_that_begins_like_a_formula_stays_text():
    sheet = opened(book(answers("a"), title="=cmd|' /C calc'!A1"))["Présentation"]

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_numbers_are_numbers_and_days_are_days_in_the_workbook():
    workbook = opened(book(answers("a")))

    assert workbook["Réponses"]["B3"].value == -5
    assert workbook["Présentation"]["B3"].value.date() == date(2026, 3, 1)
    assert workbook["Présentation"]["B3"].number_format == "dd/mm/yyyy"


def test_a_day_that_spreadsheets_cannot_count_is_a_text():
    columns = (Column("Jour", Format.DATE, code="jour"),)
    days = [Line((date(1789, 7, 14),)), Line((date(1936, 6, 7),))]

    sheet = opened(book(Table("Réponses", columns, days, filtered=True)))["Réponses"]

    assert sheet["A3"].value == "1789-07-14"
    assert sheet["A4"].value.date() == date(1936, 6, 7)


def test_what_a_workbook_cannot_hold_is_left_out():
    sheet = opened(book(answers("a\x00b\x0bc\ud800d\uffff", "x" * 40_000)))["Réponses"]

    assert sheet["A3"].value == "abcd"
    assert len(sheet["A4"].value) == 32_767


def test_rows_have_their_labels_then_their_codes_and_a_filter():
    sheet = opened(book(answers("a", "b")))["Réponses"]

    assert [cell.value for cell in sheet[1]] == ["Texte", "Âge"]
    assert [cell.value for cell in sheet[2]] == ["texte", "age"]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B4"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.page_setup.fitToHeight == 0


def figures_table():
    columns = (
        Column("Réponse", width=40),
        Column("Code"),
        Column("Effectif", Format.WHOLE),
        Column("Part", Format.SHARE),
    )
    lines = [
        Line(("Rubrique", None, None, None), Style.SECTION),
        Line(("Quelle couleur ?", "couleur", None, None), Style.QUESTION),
        Line(("Bleu", "b", 3, 0.75), Style.CHOICE),
        Line(("Vert", "v", 1, 0.25), Style.CHOICE),
        Line(("Moyenne", "mean", 7.25, None), Style.CHOICE),
        Line(("Quelle taille ?", "taille", None, None), Style.QUESTION),
        Line(("Petite", "p", 6, 0.6), Style.CHOICE),
        Line(("Moyenne", "m", "masqué", "masqué"), Style.CHOICE),
        Line(("Grande", "g", "masqué", "masqué"), Style.CHOICE),
    ]
    return Table("Chiffres", columns, lines)


def test_figures_are_numbers_with_their_formats_and_native_charts():
    made = book(figures_table())

    workbook = opened(Book(made.cover, made.tables, "Chiffres", "Graphiques"))

    sheet = workbook["Chiffres"]
    assert (sheet["C4"].value, sheet["D4"].value) == (3, 0.75)
    assert (sheet["C4"].number_format, sheet["D4"].number_format) == ("#,##0", "0.0%")
    assert sheet["C6"].number_format == "#,##0.##"
    assert sheet["C9"].value == "masqué"
    assert workbook.sheetnames == ["Présentation", "Chiffres", "Graphiques"]


def test_a_question_with_hidden_figures_has_no_chart():
    made = book(figures_table())
    stream = io.BytesIO()

    write_workbook(Book(made.cover, made.tables, "Chiffres", "Graphiques"), stream)

    with zipfile.ZipFile(stream) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert charts == ["xl/charts/chart1.xml"]
        assert "Quelle couleur" in archive.read(charts[0]).decode()


def test_csv_opens_by_a_click_in_french_spreadsheets():
    raw, lines = csv_lines(answers("Élodie; Benoît\nsur deux lignes"))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert lines == [["texte", "age"], ["Élodie; Benoît\nsur deux lignes", "-5"]]


def test_decimals_have_a_comma_in_csv():
    table = Table("T", (Column("Part", Format.SHARE),), [Line((0.3345,))])

    assert csv_lines(table)[1][1] == ["0,3345"]


def test_a_text_that_begins_like_a_formula_is_disarmed_in_csv_and_numbers_are_not():
    _raw, lines = csv_lines(answers("=1+1", "-1+2", "\t=1", " @x", "-12", "+3,5", "a=b"))

    assert [line[0] for line in lines[1:]] == [
        "'=1+1", "'-1+2", "'\t=1", "' @x", "-12", "+3,5", "a=b",
    ]  # fmt: skip
    assert {line[1] for line in lines[1:]} == {"-5"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_whatever_people_type_the_workbook_opens_without_a_formula(texts):
    sheet = opened(book(answers(*texts)))["Réponses"]

    assert not {"f", "e"} & {cell.data_type for row in sheet.iter_rows() for cell in row}


# Semicolons, quotes, UTF-8, numbers as they are stored.
AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"


def spreadsheet_program():
    return which("soffice") or which("libreoffice")


def converted(made, folder, sheet_number):
    """The sheet as LibreOffice reads it, cell by cell."""
    path = folder / "classeur.xlsx"
    with path.open("wb") as stream:
        write_workbook(made, stream)
    subprocess.run(
        [
            spreadsheet_program(),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            f"{AS_CSV},false,false,{sheet_number}",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (found,) = folder.glob("*.csv")
    return list(csv.reader(found.open(encoding="utf-8"), delimiter=";"))


if spreadsheet_program():

    def test_libreoffice_opens_the_workbook_and_takes_no_text_for_a_formula(tmp_path):
        lines = converted(book(answers(*TREACHEROUS, "_x0041_")), tmp_path, 2)

        assert [line[0] for line in lines[2:]] == [*TREACHEROUS, "_x0041_"]
        assert {line[1] for line in lines[2:]} == {"-5"}

else:

    def test_without_libreoffice_openpyxl_takes_no_text_for_a_formula(tmp_path):
        sheet = opened(book(answers(*TREACHEROUS)))["Réponses"]

        assert {cell.data_type for cell in sheet["A"]} == {"s"}


@pytest.mark.parametrize("name", ["Chiffres", "Réponses"])
def test_a_table_without_lines_makes_a_sheet_that_opens(name):
    workbook = opened(book(Table(name, (Column("Code", code="code"),), [], filtered=True)))

    assert [cell.value for cell in workbook[name][1]] == ["Code"]
