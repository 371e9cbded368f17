"""Spreadsheets made to make whoever reads them swell, stop or fetch; and broken ones."""

import io
import struct
import zipfile
from collections.abc import Callable

import openpyxl

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
WORKBOOK = (
    f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELS = (
    f'<Relationships {PACKAGE}><Relationship Id="rId1" Target="worksheets/sheet1.xml"'
    f' Type="{OFFICE}/worksheet"/></Relationships>'
)
STRINGS_RELS = WORKBOOK_RELS.replace(
    "</Relationships>",
    f'<Relationship Id="rId2" Target="sharedStrings.xml" Type="{OFFICE}/sharedStrings"/>'
    "</Relationships>",
)
ROOT_RELS = (
    f'<Relationships {PACKAGE}><Relationship Id="rId1" Target="xl/workbook.xml"'
    f' Type="{OFFICE}/officeDocument"/></Relationships>'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def sheet(rows: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def text(cell: str, said: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{said}</t></is></c>'


FIRST_ROW = f'<row r="1">{text("A1", "type")}{text("B1", "name")}</row>'


def packed(members: dict[str, str | bytes], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compress) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def xlsx(rows: str = FIRST_ROW, **parts: str | bytes) -> bytes:
    """A workbook of one sheet; `parts` replace or add members, `__` for a slash."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/worksheets/sheet1.xml": sheet(rows),
    }
    return packed({**members, **{name.replace("__", "/"): one for name, one in parts.items()}})


def ods(rows: str, *, head: str = "", **parts: str | bytes) -> bytes:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'{head}<office:document-content {namespaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="survey">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": MANIFEST,
        "content.xml": content,
    }
    return packed({**members, **{name.replace("__", "/"): one for name, one in parts.items()}})


def ods_cell(said: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" '
        f'office:value-type="string"><text:p>{said}</text:p></table:table-cell>'
    )


def ods_row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def written(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def far_corner(book: openpyxl.Workbook) -> None:
    book.active["A1"] = "type"
    book.active["XFD1048576"] = "x"


def deep_sheet(depth: int) -> str:
    return sheet("<row>" * depth + "</row>" * depth)


def overlapping() -> bytes:
    """Two members whose compressed bytes are the same ones."""
    content = bytearray(xlsx())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(content)


def lying_about_size() -> bytes:
    """The directory says that the sheet is small; what is packed is not."""
    content = bytearray(xlsx("<row/>" * 2_000_000))
    at = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    content[at + 24 : at + 28] = struct.pack("<I", 2_000)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(xlsx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def compound(*streams: str) -> bytes:
    """As far as anybody looks: the signature, and names of streams."""
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return signature + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def shouting() -> bytes:
    """A shared text of 30,000 characters that 100,000 cells say."""
    strings = f"<sst {MAIN}><si><t>{'x' * 30_000}</t></si></sst>"
    rows = "".join(
        f'<row r="{row}">{f"<c t={chr(34)}s{chr(34)}><v>0</v></c>" * 10}</row>'
        for row in range(1, 10_001)
    )
    types = CONTENT_TYPES.replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    return xlsx(
        rows,
        **{
            "[Content_Types].xml": types,
            "xl/sharedStrings.xml": strings,
            "xl/_rels/workbook.xml.rels": STRINGS_RELS,
        },
    )


def external(kind: str) -> str:
    return (
        f'<Relationships {PACKAGE}><Relationship Id="rId1" TargetMode="External" '
        f'Target="http://198.51.100.1/x" Type="{OFFICE}/{kind}"/></Relationships>'
    )


WORKBOOKS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "nothing": (lambda: b"", {"empty"}),
    "only zeros": (lambda: b"\0" * 4096, {"empty"}),
    "a cell at XFD1048576": (lambda: written(far_corner), {"too_heavy", "too_many_columns"}),
    "a cell in the last row": (
        lambda: xlsx(FIRST_ROW + f'<row r="1048576">{text("A1048576", "x")}</row>'),
        {"too_many_rows", "too_heavy"},
    ),
    "a cell in the last column": (
        lambda: xlsx(f'<row r="1">{text("A1", "type")}{text("XFD1", "x")}</row>'),
        {"too_many_columns"},
    ),
    "a cell beyond the last": (
        lambda: xlsx(f'<row r="1">{text("ZZZZZZ99999999999999", "x")}</row>'),
        {"damaged", "too_heavy", "too_many_columns"},
    ),
    "a million empty rows": (
        lambda: xlsx("".join(f'<row r="{row}"/>' for row in range(1, 1_000_001))),
        {"too_many_rows"},
    ),
    "two million rows without a number": (
        lambda: xlsx("<row></row>" * 2_000_000),
        {"too_many_rows", "zip_bomb"},
    ),
    "a zip bomb": (lambda: xlsx(xl__media__a="\0" * 200_000_000), {"zip_bomb"}),
    "a sheet that swells": (
        lambda: xlsx(f'<row r="1">{text("A1", "x" * 100_000_000)}</row>'),
        {"zip_bomb"},
    ),
    "ten thousand members": (
        lambda: xlsx(**{f"xl/{number}.xml": "" for number in range(10_000)}),
        {"zip_bomb"},
    ),
    "members that overlap": (overlapping, {"zip_bomb", "damaged"}),
    "a directory that lies about sizes": (lying_about_size, {"damaged", "zip_bomb"}),
    "a billion laughs": (
        lambda: xlsx(**{"xl/worksheets/sheet1.xml": LAUGHS + sheet(text("A1", "&j;"))}),
        {"xml_bomb"},
    ),
    "a billion laughs in the list of sheets": (
        lambda: xlsx(**{"xl/workbook.xml": LAUGHS + WORKBOOK}),
        {"xml_bomb"},
    ),
    "a billion laughs in UTF-16": (
        lambda: xlsx(**{"xl/worksheets/sheet1.xml": (LAUGHS + sheet("")).encode("utf-16")}),
        {"xml_bomb"},
    ),
    "a quadratic blow-up": (
        lambda: xlsx(
            **{
                "xl/worksheets/sheet1.xml": f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>'
                + sheet(text("A1", "&a;" * 50_000))
            }
        ),
        {"xml_bomb"},
    ),
    "a file of the machine as an entity": (
        lambda: xlsx(
            **{
                "xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                + sheet(text("A1", "&a;"))
            }
        ),
        {"xml_bomb"},
    ),
    "a text that every cell says": (shouting, {"too_much_text", "too_heavy"}),
    "too many cells": (
        lambda: xlsx(
            f'<row r="1">{text("A1", "x")}</row><row r="90000">{text("AZZ90000", "x")}</row>'
        ),
        {"too_many_cells", "too_heavy"},
    ),
    "external links": (
        lambda: xlsx(**{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        {"external_links"},
    ),
    "a connection to a database": (
        lambda: xlsx(**{"xl/connections.xml": "<connections/>"}),
        {"external_links"},
    ),
    "an object fetched from elsewhere": (
        lambda: xlsx(**{"xl/worksheets/_rels/sheet1.xml.rels": external("oleObject")}),
        {"external_links"},
    ),
    "macros": (lambda: xlsx(**{"xl/vbaProject.bin": b"\0"}), {"macros"}),
    "macros of Excel 4": (lambda: xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}), {"macros"}),
    "macros in an old workbook": (lambda: compound("Workbook", "_VBA_PROJECT"), {"macros"}),
    "a workbook with a password": (lambda: compound("EncryptedPackage"), {"encrypted"}),
    "members with a password": (locked, {"encrypted"}),
    "a page renamed": (lambda: b"<html><body><table><tr><td>type</td></tr></table>", {"web_page"}),
    "a page in XML": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', {"web_page"}),
    "a PDF renamed": (lambda: b"%PDF-1.7\n1 0 obj", {"not_a_workbook"}),
    "a picture renamed": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, {"not_a_workbook"}),
    "a program renamed": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 100, {"not_a_workbook"}),
    "a text document": (
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
        {"not_a_workbook"},
    ),
    "a Word document": (
        lambda: packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}),
        {"not_a_workbook"},
    ),
    "an archive of anything": (lambda: packed({"a.txt": "a"}), {"not_a_workbook"}),
    "a binary workbook": (
        lambda: packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b""}),
        {"binary_workbook"},
    ),
    "a cut workbook": (lambda: xlsx()[:-60], {"damaged"}),
    "only the end of an archive": (lambda: b"PK\x05\x06" + b"\0" * 18, {"not_a_workbook"}),
    "a damaged member": (
        lambda: xlsx().replace(b"\x00\x00\x00\x00", b"\x01\x01\x01\x01"),
        {"damaged"},
    ),
    "a way up in the archive": (lambda: xlsx(**{"../../etc/cron.d/x": "x"}), {"damaged"}),
    "XML that never closes": (
        lambda: xlsx(**{"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData><row><c>"}),
        {"damaged"},
    ),
    "no sheet behind the list of sheets": (
        lambda: packed(
            {
                "[Content_Types].xml": CONTENT_TYPES,
                "xl/workbook.xml": WORKBOOK,
                "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
            }
        ),
        {"damaged"},
    ),
    "a cell repeated for ever": (
        lambda: ods(ods_row(ods_cell("x", 16_384), 1_048_576)),
        {"damaged", "too_heavy", "too_many_columns"},
    ),
    "a row repeated for ever": (
        lambda: ods(ods_row(ods_cell("x"), 1_048_576)),
        {"too_heavy", "too_many_rows"},
    ),
    "a number of repetitions past every number": (
        lambda: ods(ods_row(ods_cell("x", 10**15), 10**15)),
        {"too_heavy", "damaged", "too_long"},
    ),
    "a billion laughs in OpenDocument": (
        lambda: ods(ods_row(ods_cell("&j;")), head=LAUGHS),
        {"xml_bomb"},
    ),
    "macros in OpenDocument": (
        lambda: ods(ods_row(ods_cell("x")), **{"Basic/Standard/Module1.xml": "<x/>"}),
        {"macros"},
    ),
    "a table of another file": (
        lambda: ods("<table:table-source/>" + ods_row(ods_cell("x"))),
        {"external_links"},
    ),
    "a word that never ends, in a CSV": (lambda: b'type;"' + b"x" * 3_000_000, {"broken_csv"}),
    "a quotation mark that never closes": (lambda: b'type;name\n"text;a\n', {"broken_csv"}),
    "more columns than anybody has": (lambda: b";" * 100_000, {"too_many_columns"}),
    "more lines than anybody has": (lambda: b"a;b\n" * 300_000, {"too_many_rows"}),
    "half of a UTF-16 text": (lambda: b"\xff\xfea", {"unknown_encoding"}),
    "a file that is too large": (lambda: b"a" * (20 * 1024 * 1024 + 1), {"too_large"}),
}
"""How each is made, and the reasons for which it may be refused."""


HARMLESS: dict[str, Callable[[], bytes]] = {
    "deep nesting": lambda: xlsx(**{"xl/worksheets/sheet1.xml": deep_sheet(90_000)}),
    "tags without end": lambda: xlsx(FIRST_ROW + '<c r="A1"' * 500_000),
    "an attribute without end": lambda: xlsx(f'<row r="1" spans="{"1:2 " * 500_000}"/>'),
    "a row repeated to the last": lambda: ods(
        ods_row(ods_cell("type")) + ods_row("<table:table-cell/>", 1_048_575)
    ),
    "an address in a cell": lambda: xlsx(
        **{"xl/worksheets/_rels/sheet1.xml.rels": external("hyperlink")}
    ),
}
"""Those that may be read or refused, as long as it is soon and without a fall."""
