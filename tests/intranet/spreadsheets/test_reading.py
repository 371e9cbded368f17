import csv
import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.spreadsheets import (
    Limits,
    UnreadableWorkbook,
    cell_name,
    read_workbook,
    text_of,
)
from tests.hostile_workbooks import ods, ods_cell, ods_row, written, xlsx


def test_each_row_keeps_the_number_that_people_see():
    def fill(book):
        book.active.title = "survey"
        book.active["A1"] = "type"
        book.active["C1"] = "name"
        book.active["B4"] = "text"
        book.create_sheet("choices")

    book = read_workbook(written(fill))

    assert [sheet.name for sheet in book.sheets] == ["survey", "choices"]
    assert book.sheets[0].rows == [(1, ["type", "", "name"]), (4, ["", "text"])]
    assert book.sheets[1].rows == []


def test_cells_keep_what_they_are():
    said = [
        "a  b ",
        12,
        1.5,
        True,
        date(2026, 1, 2),
        datetime.fromisoformat("2026-01-02T03:04:05"),
        time(8, 30),
    ]

    def fill(book):
        for column, value in enumerate(said, start=1):
            book.active.cell(1, column, value)

    assert read_workbook(written(fill)).sheets[0].rows == [(1, said)]


def test_a_formula_says_what_it_last_gave_and_one_never_calculated_is_named():
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>""</f><v></v></c>'
        '<c r="C2"><f>1+1</f><v></v></c><c r="D2"><f>1+1</f></c></row>'
    )

    sheet = read_workbook(xlsx(rows)).sheets[0]

    assert sheet.rows == [(2, [2])]
    assert sheet.uncalculated == ("C2", "D2")


def test_open_document_is_read_with_its_repeated_cells():
    rows = ods_row(ods_cell("type") + ods_cell("x", 2)) + ods_row("<table:table-cell/>", 3)

    book = read_workbook(ods(rows + ods_row(ods_cell("end"))))

    assert book.sheets[0].name == "survey"
    assert book.sheets[0].rows == [(1, ["type", "x", "x"]), (5, ["end"])]


def test_a_sheet_is_found_whatever_its_case():
    book = read_workbook(xlsx())

    assert book.sheet(" Survey ") is book.sheets[0]
    assert book.sheet("choices") is None


@pytest.mark.parametrize(
    "content",
    [
        "type;é\ntext;à\n".encode(),
        "type;é\ntext;à\n".encode("utf-8-sig"),
        "type;é\ntext;à\n".encode("cp1252"),
        "type;é\ntext;à\n".encode("utf-16"),
        "type,é\r\ntext,à\r\n".encode(),
        "type\té\ntext\tà\n".encode(),
    ],
)
def test_delimited_text_is_read_as_french_spreadsheets_write_it(content):
    assert read_workbook(content).sheets[0].rows == [(1, ["type", "é"]), (2, ["text", "à"])]


def test_a_first_line_that_says_the_delimiter_is_no_row():
    rows = read_workbook(b'sep=;\ntype;"a,b"\n').sheets[0].rows

    assert rows == [(2, ["type", "a,b"])]


def test_a_row_over_several_lines_has_the_number_of_the_first():
    rows = read_workbook(b'a;b\n"1\n2";x\n\nc;d\n').sheets[0].rows

    assert [number for number, _ in rows] == [1, 2, 5]


def test_a_file_is_read_from_its_path_whatever_its_name(tmp_path):
    path = tmp_path / "questionnaire.csv"
    path.write_bytes(xlsx())

    assert read_workbook(path).sheets[0].name == "survey"


def test_limits_are_those_asked_for():
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(b"a;b\n1;2\n3;4\n", limits=Limits(rows=2))

    assert refusal.value.reason == "too_many_rows"


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2),
        min_size=1,
    )
)
def test_what_is_written_as_csv_is_read_back(rows):
    rows = [["début", "fin"], *rows]
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows)

    read = read_workbook(file.getvalue().encode()).sheets[0].rows

    assert [cells for _, cells in read] == [row for row in rows if any(row)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a", "a"),
        (12, "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime.fromisoformat("2026-01-02"), "2026-01-02"),
        (datetime.fromisoformat("2026-01-02T03:04:05"), "2026-01-02 03:04:05"),
        (time(8, 30), "08:30"),
    ],
)
def test_a_cell_as_a_person_would_type_it(cell, text):
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("column", "name"), [(1, "A12"), (26, "Z12"), (27, "AA12"), (703, "AAA12")]
)
def test_a_cell_is_named_as_spreadsheets_do(column, name):
    assert cell_name(12, column) == name
    assert openpyxl.utils.cell.coordinate_to_tuple(name) == (12, column)
