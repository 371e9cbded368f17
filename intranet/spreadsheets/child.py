"""Reads one workbook from standard input, in a process of its own, and says it line by line.

Run as a script, isolated (`python -I child.py LIMITS`), never imported by the product: a file
that makes the library abort, or eat memory or time, ends this process and nothing else. It
says one JSON value a line: `{"sheet": …, "uncalculated": […]}`, then `[row, [cells]]` for each
row, then the next sheet; at last `{"end": true}`, or `{"refused": reason, "params": …}`.
"""

import json
import re
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

CHUNK = 256 * 1024
OVERLAP = 1024
SUSPECT_RATIO = 500
SUSPECT_FROM = 4 * 1024 * 1024
LOCAL_HEADER = 30
MEGABYTE = 1024 * 1024

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PURL_SPREADSHEET = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
PURL_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00?!\x00(?:D\x00O\x00C|E\x00N\x00T)")
ROW = re.compile(rb"<(?:\w{1,20}:)?row[ />]")
NEVER_CALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"(?![^>]{0,200}t="str")[^>]{0,200}>'
    rb"<f[^>]{0,200}(?:/>|>[^<]{0,700}</f>)(?:<v ?/>|<v></v>)?</c>"
)
LINKED_TABLE = re.compile(rb"<table:table-source|<table:dde-link|<office:dde-source")
MACRO_MEMBERS = re.compile(r"vbaproject|(^|/)macrosheets/|^(basic|scripts)/", re.IGNORECASE)
LINK_MEMBERS = re.compile(r"(^|/)xl/(externallinks/|connections\.xml$)", re.IGNORECASE)


class Refused(Exception):
    def __init__(self, reason: str, **params: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


def main() -> None:
    limits = json.loads(sys.argv[1])
    restrain(limits)
    out = Voice(limits["text"])
    try:
        content = sys.stdin.buffer.read()
        uncalculated = examine(content, limits)
        tell(content, limits, uncalculated, out)
        out.say({"end": True})
    except Refused as refused:
        out.say({"refused": refused.reason, "params": refused.params})
    except MemoryError:
        # Ended like a process that the library aborted: the parent knows the sheet.
        sys.exit(1)
    except BaseException:  # The library's panics are not Exceptions.
        out.say({"refused": "damaged", "params": {}})
    out.end()


def restrain(limits: dict[str, int]) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))


class Voice:
    """Standard output, up to so many characters."""

    def __init__(self, most: int) -> None:
        self.left = most

    def say(self, value: Any) -> None:
        line = json.dumps(value)
        self.left -= len(line)
        if self.left < 0 and not (isinstance(value, dict) and "refused" in value):
            raise Refused("too_much_text")
        sys.stdout.write(line + "\n")
        if isinstance(value, dict):
            sys.stdout.flush()

    def end(self) -> None:
        sys.stdout.flush()


# -- Looking at the package before anything reads it ---------------------------------------


def examine(content: bytes, limits: dict[str, int]) -> dict[str, list[str]]:
    """Refuse what should not be read; the cells never calculated, by name of sheet."""
    if not content.startswith(b"PK"):
        examine_compound(content)
        return {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return examine_package(package, content, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, struct.error) as broken:
        raise Refused("damaged") from broken
    except RuntimeError as locked:  # zipfile's way of asking for a password
        raise Refused("encrypted") from locked


def examine_compound(content: bytes) -> None:
    """What Excel wrote before 2007: streams named in UTF-16 in a directory."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Refused("encrypted")
    if has("_VBA_PROJECT"):
        raise Refused("macros")
    if not has("Workbook") and not has("Book"):
        raise Refused("not_a_workbook")


def examine_package(
    package: zipfile.ZipFile, content: bytes, limits: dict[str, int]
) -> dict[str, list[str]]:
    members = package.infolist()
    check_directory(members, limits)
    names = {member.filename for member in members}
    kind = kind_of(package, names)
    if any(MACRO_MEMBERS.search(name) for name in names):
        raise Refused("macros")
    if any(LINK_MEMBERS.search(name) for name in names):
        raise Refused("external_links")
    if kind == "ods":
        return examine_open_document(package, members, limits)
    return examine_workbook(package, members, limits)


def check_directory(members: list[zipfile.ZipInfo], limits: dict[str, int]) -> None:
    if len(members) > limits["members"]:
        raise Refused("zip_bomb")
    if sum(member.file_size for member in members) > limits["unpacked"]:
        raise Refused("zip_bomb")
    for member in members:
        if member.flag_bits & 1:
            raise Refused("encrypted")
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > SUSPECT_FROM and ratio > SUSPECT_RATIO:
            raise Refused("zip_bomb")
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in parts[0]:
            raise Refused("damaged")
    if len({member.filename for member in members}) != len(members):
        raise Refused("damaged")
    in_order = sorted(members, key=lambda member: member.header_offset)
    for one, following in pairwise(in_order):
        if one.header_offset + LOCAL_HEADER + one.compress_size > following.header_offset:
            raise Refused("zip_bomb")


def kind_of(package: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names:
        kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind == "application/vnd.oasis.opendocument.spreadsheet":
            return "ods"
        raise Refused("not_a_workbook")
    if "xl/workbook.bin" in names:
        raise Refused("binary_workbook")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused("not_a_workbook")
    return "xlsx"


def examine_open_document(
    package: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: dict[str, int]
) -> dict[str, list[str]]:
    for member in members:
        if not member.filename.endswith(".xml"):
            continue
        for piece in pieces(package, member):
            refuse_declarations(piece)
            if member.filename.startswith("META-INF/") and b"encryption-data" in piece:
                raise Refused("encrypted")
            if member.filename == "content.xml" and LINKED_TABLE.search(piece):
                raise Refused("external_links")
    return {}


def examine_workbook(
    package: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: dict[str, int]
) -> dict[str, list[str]]:
    uncalculated: dict[str, list[str]] = {}
    sheet_names = names_of_sheets(package)
    for member in members:
        if not member.filename.endswith((".xml", ".rels", ".vml")):
            continue
        if member.filename.endswith(".rels"):
            refuse_links(package.read(member))
        sheet = sheet_names.get(member.filename)
        found = examine_part(package, member, sheet, limits)
        if sheet is not None:
            uncalculated[sheet] = found
    return uncalculated


def examine_part(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, sheet: str | None, limits: dict[str, int]
) -> list[str]:
    rows = 0
    uncalculated: dict[str, None] = {}
    for piece in pieces(package, member):
        refuse_declarations(piece)
        if sheet is None:
            continue
        # Rows in the overlap of two pieces count twice: the limit is not so precise.
        rows += len(ROW.findall(piece))
        if rows > limits["rows"] * 1.05:
            raise Refused("too_many_rows", sheet=sheet, maximum=limits["rows"])
        for name in NEVER_CALCULATED.findall(piece):
            if len(uncalculated) < 1000:
                uncalculated[name.decode()] = None
    return list(uncalculated)


def pieces(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes, each piece beginning with the end of the one before."""
    with package.open(member) as stream:
        kept = b""
        while read := stream.read(CHUNK):
            yield kept + read
            kept = read[-OVERLAP:]


def refuse_declarations(piece: bytes) -> None:
    """No spreadsheet writes a DTD: it is there to make whoever reads it swell."""
    if DECLARATIONS.search(piece):
        raise Refused("xml_bomb")


def refuse_links(relationships: bytes) -> None:
    """Addresses that a person may follow are texts; what is fetched by itself is refused."""
    refuse_declarations(relationships)
    for one in fromstring(relationships).iter(RELATIONSHIP):
        if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink"):
            raise Refused("external_links")


def names_of_sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """The name of each sheet by the member that holds it."""
    try:
        book = package.read("xl/workbook.xml")
        targets = package.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        raise Refused("damaged") from None
    refuse_declarations(book)
    refuse_declarations(targets)
    members = {
        one.get("Id"): one.get("Target", "") for one in fromstring(targets).iter(RELATIONSHIP)
    }
    names = {}
    for one in fromstring(book).iter():
        if one.tag in {SPREADSHEET + "sheet", PURL_SPREADSHEET + "sheet"}:
            target = members.get(one.get(OFFICE_ID) or one.get(PURL_ID), "")
            member = target[1:] if target.startswith("/") else f"xl/{target}"
            names[member] = one.get("name", "")
    return names


# -- Saying what the sheets say --------------------------------------------------------------


def tell(
    content: bytes, limits: dict[str, int], uncalculated: dict[str, list[str]], out: Voice
) -> None:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise Refused("encrypted") from None
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    if len(sheets) > limits["sheets"]:
        raise Refused("too_many_sheets", maximum=limits["sheets"])
    cells = 0
    for one in sheets:
        out.say({"sheet": one.name, "uncalculated": uncalculated.get(one.name, [])})
        sheet = workbook.get_sheet_by_name(one.name)
        if sheet.start is None or sheet.end is None:
            continue
        if sheet.end[1] >= limits["columns"]:
            raise Refused("too_many_columns", sheet=one.name, maximum=limits["columns"])
        if sheet.end[0] >= limits["rows"]:
            raise Refused("too_many_rows", sheet=one.name, maximum=limits["rows"])
        cells += sheet.height * sheet.width
        if cells > limits["cells"]:
            raise Refused("too_many_cells", sheet=one.name, maximum=limits["cells"])
        before = [""] * sheet.start[1]
        for number, row in enumerate(sheet.iter_rows(), start=1):
            while row and row[-1] == "":
                row.pop()
            if row:
                out.say([number, before + [told(cell) for cell in row]])


def told(cell: Any) -> Any:
    # A datetime is a date: the more precise first.
    if isinstance(cell, datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 86400
    return cell


if __name__ == "__main__":
    main()
