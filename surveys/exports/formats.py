"""From tables to files: a workbook, or CSV for French spreadsheets.

Plain Python. What somebody typed stays text: a spreadsheet never takes it for a formula.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date
from math import ceil
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Font, PatternFill, Side
from openpyxl.styles.borders import Border
from openpyxl.utils import get_column_letter

from surveys.exports.tables import Book, Column, Cover, Format, Line, Style, Table, Value

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# One that begins with apostrophes already gets one more: the first is always ours.
STARTS_LIKE_A_FORMULA = re.compile(r"^'*[\s]*[=+\-@＝＋－＠\t\r]")
IS_A_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
LONGEST_CELL = 32_767
FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count days wrong or not at all: such a day is written as a text."""

NUMBER_FORMATS = {
    Format.WHOLE: "#,##0",
    Format.DECIMAL: "#,##0.##",
    Format.SHARE: "0.0%",
    Format.DATE: "dd/mm/yyyy",
}
PLUM, MARIGOLD, PAPER, SAND = "43194B", "F2A22C", "FFFDF9", "F4EBDD"
CENTIMETRES_OF_A_ROW = 0.53
POINTS_OF_A_LINE = 15.5
A4 = 9


def _font(size: int = 11, **look) -> Font:
    # Without a name, LibreOffice takes a face with serifs.
    return Font(name="Calibri", size=size, **look)


LOOKS = {
    Style.SECTION: (_font(bold=True, size=14, color=PLUM), None),
    Style.QUESTION: (_font(bold=True), PatternFill("solid", fgColor=SAND)),
    Style.ROW: (_font(bold=True), None),
    Style.CHOICE: (_font(), None),
    Style.PLAIN: (_font(), None),
}
HEAD = _font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=PLUM)
CODES = _font(color="5D4D61", size=9)
TOP = Alignment(vertical="top", wrap_text=True)
INDENTS = {
    Style.ROW: Alignment(vertical="top", wrap_text=True, indent=1),
    Style.CHOICE: Alignment(vertical="top", wrap_text=True, indent=2),
}
RIGHT = Alignment(vertical="top", horizontal="right")
RULED = Border(bottom=Side(style="thin", color=MARIGOLD))


def writable(text: str) -> str:
    """The text without what a workbook cannot hold, and no longer than a cell."""
    kept = UNWRITABLE.sub("", text)[:LONGEST_CELL]
    # Spreadsheets read _x0041_ as A: the underscore is written as what it would be read from.
    return LOOKS_ESCAPED.sub("_x005F_", kept)


# -- CSV ---------------------------------------------------------------------------------


def write_csv(table: Table, stream: IO[bytes]) -> None:
    """UTF-8 with its mark, semicolons, decimal commas: what French spreadsheets open by a click.

    The header holds the columns' codes where they have some. Numbers stay numbers; a text that
    a spreadsheet could take for a formula gets an apostrophe in front.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(column.code or column.label) for column in table.columns])
    for line in table.lines:
        writer.writerow([_plain(value) for value in line.values])
    text.detach()


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    text = UNWRITABLE.sub("", value)
    if STARTS_LIKE_A_FORMULA.match(text) and not IS_A_NUMBER.match(text):
        return f"'{text}"
    return text


# -- Workbook ----------------------------------------------------------------------------


def write_workbook(
    book: Book, stream: IO[bytes], *, progress: Callable[[int], None] = lambda lines: None
) -> None:
    """Streamed to the disk as it is written, however many lines; `progress` is told of them."""
    workbook = Workbook(write_only=True)
    _write_cover(workbook, book.cover)
    for table in book.tables:
        drawn = _write_table(workbook, table, progress, with_bars=table.name == book.charted)
        if table.name == book.charted and drawn.charts:
            _write_charts(workbook, book.charts_name, drawn)
    workbook.save(stream)


class _Drawn:
    """A sheet that was written, and where the choices of its questions are.

    `charts` goes from the line of the first choice to the question and the line of the last.
    """

    def __init__(self, sheet) -> None:
        self.sheet = sheet
        self.charts: dict[int, tuple[str, int]] = {}


def _write_cover(workbook: Workbook, cover: Cover) -> None:
    sheet = workbook.create_sheet(cover.name)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 70
    _fit_to_page(sheet, landscape=False)
    sheet.append([_cell(sheet, cover.title, font=_font(bold=True, size=20, color=PLUM))])
    sheet.append([])
    for label, value in cover.facts:
        sheet.append(
            [
                _cell(sheet, label, font=_font(bold=True), alignment=TOP, border=RULED),
                _fact(sheet, value),
            ]
        )
    sheet.append([])
    first_note = len(cover.facts) + 4
    for number, note in enumerate(cover.notes, start=first_note):
        sheet.row_dimensions[number].height = _height([(note, 70)])
        sheet.append([None, _cell(sheet, note, alignment=TOP)])


def _fact(sheet, value: Value) -> WriteOnlyCell:
    left = Alignment(horizontal="left", vertical="top", wrap_text=True)
    cell = _cell(sheet, value, alignment=left, border=RULED)
    if isinstance(value, date):
        cell.number_format = NUMBER_FORMATS[Format.DATE]
    elif isinstance(value, int):
        cell.number_format = NUMBER_FORMATS[Format.WHOLE]
    elif isinstance(value, float):
        cell.number_format = NUMBER_FORMATS[Format.SHARE]
    return cell


def _write_table(
    workbook: Workbook, table: Table, progress: Callable[[int], None], *, with_bars: bool
) -> _Drawn:
    sheet = workbook.create_sheet(table.name)
    heads = 2 if table.has_codes else 1
    _lay_out(sheet, table, heads)
    drawn = _Drawn(sheet)
    sheet.row_dimensions[1].height = _height((c.label, c.width) for c in table.columns)
    sheet.append([_head(sheet, column.label) for column in table.columns])
    if table.has_codes:
        sheet.append([_cell(sheet, column.code, font=CODES) for column in table.columns])
    writers = [_writer(sheet, column) for column in table.columns]
    number, question, title, first = heads, "", "", 0
    for number, line in enumerate(table.lines, start=heads + 1):
        if not table.has_codes:
            sheet.row_dimensions[number].height = _height_of(table, line)
        sheet.append(_written(sheet, table, line, writers))
        if number % 1000 == 0:
            progress(number)
        if line.style == Style.QUESTION:
            question = title = str(line.values[0])
            first = number + 1
        elif line.style == Style.ROW:
            title, first = f"{question} – {line.values[0]}", number + 1
        elif line.style == Style.CHOICE and isinstance(line.values[3], float):
            if first:
                drawn.charts[first] = (title, number)
        elif line.style == Style.CHOICE and line.values[3] is not None:
            # A chart would show what is hidden as nobody's answer: none is drawn.
            drawn.charts.pop(first, None)
            first = 0
    if table.filtered:
        last = get_column_letter(len(table.columns))
        sheet.auto_filter.ref = f"A{heads}:{last}{max(number, heads)}"
    if with_bars:
        bars = DataBarRule("num", 0, "num", 1, color=MARIGOLD)
        sheet.conditional_formatting.add(f"D{heads + 1}:D{max(number, heads + 1)}", bars)
    return drawn


def _height_of(table: Table, line: Line) -> float:
    if line.style == Style.SECTION:
        return 2 * POINTS_OF_A_LINE
    return _height(
        (value, column.width)
        for value, column in zip(line.values, table.columns, strict=True)
        if isinstance(value, str)
    )


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Of a line, by the width of its columns: spreadsheets do not all work it out themselves."""
    lines = 1
    for text, width in texts:
        # Words do not fill a line to its end.
        needed = sum(ceil(1.15 * len(part) / width) or 1 for part in text.split("\n"))
        lines = max(lines, needed)
    return min(lines, 20) * POINTS_OF_A_LINE


def _lay_out(sheet, table: Table, heads: int) -> None:
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"A{heads + 1}"
    sheet.print_title_rows = f"1:{heads}"
    _fit_to_page(sheet, landscape=True)


def _fit_to_page(sheet, *, landscape: bool) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _head(sheet, label: str) -> WriteOnlyCell:
    font, fill = HEAD
    alignment = Alignment(vertical="center", wrap_text=True)
    return _cell(sheet, label, font=font, fill=fill, alignment=alignment)


def _written(sheet, table: Table, line: Line, writers) -> list:
    if table.has_codes:
        return [write(value) for write, value in zip(writers, line.values, strict=True)]
    return [
        _styled(sheet, value, column, line.style, first=number == 0)
        for number, (value, column) in enumerate(zip(line.values, table.columns, strict=True))
    ]


def _writer(sheet, column: Column) -> Callable[[Value], object]:
    """Rows of answers are many: only what needs a cell of its own gets one."""

    def write(value: Value) -> object:
        if isinstance(value, str):
            return _cell(sheet, value) if _is_treacherous(value) else writable(value)
        if isinstance(value, date):
            cell = _cell(sheet, value)
            if not isinstance(cell.value, str):
                cell.number_format = NUMBER_FORMATS[Format.DATE]
            return cell
        return value

    return write


def _styled(sheet, value: Value, column: Column, style: Style, *, first: bool) -> WriteOnlyCell:
    font, fill = LOOKS[style]
    # A section's title runs over the cells beside it; everything else stays in its column.
    alignment = None if style == Style.SECTION else INDENTS.get(style, TOP) if first else TOP
    if isinstance(value, str) and column.format != Format.TEXT:
        alignment = RIGHT
    cell = _cell(sheet, value, font=font, fill=fill, alignment=alignment)
    if isinstance(value, float) and column.format == Format.WHOLE:
        cell.number_format = NUMBER_FORMATS[Format.DECIMAL]
    elif isinstance(value, date):
        cell.number_format, cell.alignment = NUMBER_FORMATS[Format.DATE], RIGHT
    elif not isinstance(value, str) and column.format in NUMBER_FORMATS:
        cell.number_format = NUMBER_FORMATS[column.format]
    return cell


def _is_treacherous(text: str) -> bool:
    return text[:1] in {"=", "+", "-", "@", "#"}


def _cell(sheet, value: Value, **look) -> WriteOnlyCell:
    """A cell whose text is a text, whatever it begins with."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, date) and value < FIRST_DAY:
        value = value.isoformat()
    if isinstance(value, str):
        text = writable(value)
        cell.value = text
        cell.data_type = "s"
        if _is_treacherous(text):
            # Kept as text by a spreadsheet even when somebody edits the cell.
            cell.quotePrefix = True
    else:
        cell.value = value
    for name, part in look.items():
        if part is not None:
            setattr(cell, name, part)
    return cell


def _write_charts(workbook: Workbook, name: str, drawn: _Drawn) -> None:
    """One native chart a question with choices, drawn from the figures' sheet."""
    sheet = workbook.create_sheet(name)
    sheet.sheet_view.showGridLines = False
    _fit_to_page(sheet, landscape=False)
    row = 1
    for first, (title, last) in drawn.charts.items():
        chart = BarChart()
        chart.type, chart.style, chart.legend = "bar", 10, None
        chart.title = _short(title)
        chart.add_data(Reference(drawn.sheet, min_col=4, min_row=first, max_row=last))
        chart.set_categories(Reference(drawn.sheet, min_col=1, min_row=first, max_row=last))
        chart.series[0].graphicalProperties.solidFill = PLUM
        chart.gapWidth = 40
        chart.x_axis.scaling.orientation, chart.y_axis.crosses = "maxMin", "max"
        chart.x_axis.tickLblSkip = 1
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
        chart.y_axis.number_format, chart.y_axis.majorGridlines = "0%", None
        chart.width, chart.height = 24, max(5.0, 3.0 + 1.1 * (last - first + 1))
        sheet.add_chart(chart, f"A{row}")
        row += int(chart.height / CENTIMETRES_OF_A_ROW) + 2


def _short(title: str, length: int = 90) -> str:
    return title if len(title) <= length else f"{title[: length - 1]}…"
