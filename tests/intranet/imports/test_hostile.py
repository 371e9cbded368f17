"""Texts made to make the import swell, in a process of its own whose memory is measured.

Workbooks are read by a child with limits of its own: tests/intranet/spreadsheets measures them.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.hostile_workbooks import FIRST_ROW, WORKBOOKS, ods, ods_cell, ods_row, packed, xlsx

SECONDS = 10
MEGABYTES = 256
READ = """
import json, resource, sys, time
from pathlib import Path
from intranet.imports.kinds import COLUMNS
from intranet.imports.tables import ColumnsMissing, read_table
from intranet.spreadsheets import UnreadableWorkbook
began = time.monotonic()
try:
    said = len(read_table(Path(sys.argv[1]), COLUMNS["associations"]).lines)
except UnreadableWorkbook as error:
    said = error.reason
except ColumnsMissing:
    said = "columns_missing"
# What the tests' own process weighed before this one does not count.
own = next(one for one in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in one)
peaks = [int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]
print(json.dumps([said, time.monotonic() - began, max(peaks) // 1024]))
"""
LIMIT = 10 * 1024 * 1024


def repeated(piece: bytes, *, head: bytes = b"", upto: int = LIMIT) -> bytes:
    """As much as is read of a file, and not one byte more."""
    return (head + piece * (upto // len(piece) + 1))[:upto]


def a_billion_lines(path: Path) -> None:
    """A gigabyte without a byte on the disk: whoever looked at it would read zeros."""
    with path.open("wb") as file:
        file.truncate(1024**3)


def ten_thousand_sheets() -> bytes:
    numbers = range(10_000)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in numbers)
    book = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'
    return xlsx(FIRST_ROW, **{"xl/workbook.xml": book})


TEXTS: dict[str, tuple[Callable[[], bytes] | None, Iterable[object]]] = {
    "a gigabyte": (None, ["too_large"]),
    "as many short lines as it is read": (
        lambda: repeated(b"a\n", head=b"nom\n"),
        ["too_many_rows"],
    ),
    "one line that never ends": (lambda: repeated(b"a", head=b"nom;"), ["broken_csv"]),
    "one quoted cell that never ends": (lambda: repeated(b"a\n", head=b'nom;"'), ["broken_csv"]),
    "a million columns": (lambda: b"nom" + b";" * 1_000_000, ["too_many_columns"]),
    "a million columns in UTF-16": (
        lambda: ("nom" + ";" * 1_000_000).encode("utf-16"),
        ["too_many_columns"],
    ),
    "quotation marks alone": (lambda: repeated(b'"'), ["broken_csv", "columns_missing"]),
    "carriage returns alone": (lambda: repeated(b"\r", head=b"nom"), ["too_many_cells"]),
    "empty lines": (lambda: repeated(b"\n", head=b"nom\n"), ["too_many_cells"]),
    "zeros among words": (lambda: repeated(b"a\0", head=b"nom\n"), ["not_a_workbook"]),
    "a picture renamed": (
        lambda: repeated(bytes(range(256)), head=b"\x89PNG\r\n"),
        ["not_a_workbook"],
    ),
    "ten thousand sheets": (ten_thousand_sheets, ["too_many_sheets", "too_heavy", "damaged"]),
    "a cell of OpenDocument a million times": (
        lambda: ods(ods_row(ods_cell("nom", repeated=1_000_000))),
        ["too_many_columns", "too_heavy", "damaged"],
    ),
    "a row of OpenDocument a million times": (
        lambda: ods(ods_row(ods_cell("nom"), repeated=1_000_000)),
        ["too_many_rows", "too_heavy"],
    ),
    "an archive named as a workbook": (lambda: packed({"a.txt": "a"}), ["not_a_workbook"]),
    **{
        name: WORKBOOKS[name]
        for name in ("a zip bomb", "a billion laughs", "a workbook with a password")
    },
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_file_is_refused_in_ten_seconds_and_256_megabytes(name, tmp_path):
    make, reasons = TEXTS[name]
    file = tmp_path / "fichier.csv"
    if make is None:
        a_billion_lines(file)
    else:
        file.write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)], capture_output=True, check=True, timeout=60
    )
    said, took, megabytes = json.loads(done.stdout)

    assert said in list(reasons)
    assert took < SECONDS
    assert megabytes < MEGABYTES
