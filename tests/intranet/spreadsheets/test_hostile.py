"""Whatever somebody sends, the reader ends soon, in little memory, and the house stands."""

import json
import subprocess
import sys
import time
from random import Random

import pytest

from intranet.spreadsheets import UnreadableWorkbook, arms_length, read_workbook
from intranet.spreadsheets.wording import UNREADABLE, unreadable_in_words
from tests.hostile_workbooks import HARMLESS, WORKBOOKS, ods, ods_cell, ods_row, xlsx

SECONDS = 10
MEGABYTES = 256


class Measured:
    """Runs the child as the product does, and asks the system what it took at most."""

    def __init__(self) -> None:
        self.megabytes = 0.0

    def run(self, command, **options):
        input_bytes = options.pop("input")
        timeout = options.pop("timeout")
        options.pop("check")
        process = subprocess.Popen([sys.executable, "-c", WITNESS, *command], stdin=-1, **options)
        try:
            out, _ = process.communicate(input_bytes, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        said, _, peak = out.rpartition(b"\x00")
        self.megabytes = max(self.megabytes, int(peak) / 1024)
        return subprocess.CompletedProcess(command, process.returncode, said)


WITNESS = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.PIPE, stderr=-3)
sys.stdout.buffer.write(done.stdout)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
sys.stdout.buffer.write(b"\\x00%d" % peak)
"""


def outcome(content: bytes) -> str:
    """The reason of the refusal, which must be one that has words; or "read"."""
    try:
        read_workbook(content)
    except UnreadableWorkbook as refusal:
        return refusal.reason
    return "read"


@pytest.fixture
def measured(monkeypatch):
    witness = Measured()
    monkeypatch.setattr(arms_length.subprocess, "run", witness.run)
    return witness


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_refused_soon_and_in_little_memory(measured, name):
    make, reasons = WORKBOOKS[name]
    content = make()

    began = time.monotonic()
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(content)
    took = time.monotonic() - began

    assert refusal.value.reason in reasons
    assert took < SECONDS
    assert measured.megabytes < MEGABYTES
    assert "%(" not in unreadable_in_words(refusal.value)


@pytest.mark.parametrize("name", HARMLESS)
def test_a_strange_workbook_is_read_or_refused_soon(measured, name):
    content = HARMLESS[name]()

    began = time.monotonic()
    assert outcome(content) in {"read", *UNREADABLE}
    assert time.monotonic() - began < SECONDS
    assert measured.megabytes < MEGABYTES


def mutated(content: bytes, random: Random) -> bytes:
    """The same file with some bytes changed, cut out, or said twice."""
    changed = bytearray(content)
    for _ in range(random.choice([1, 3, 20])):
        at = random.randrange(len(changed))
        length = random.choice([1, 2, 8, 64])
        gesture = random.randrange(3)
        if gesture == 0:
            changed[at : at + length] = random.randbytes(length)
        elif gesture == 1:
            del changed[at : at + length]
        else:
            changed[at:at] = changed[at : at + length]
        changed = changed or bytearray(b"\0")
    return bytes(changed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_a_mutated_workbook_is_read_or_refused_and_never_an_error(seed):
    random = Random(seed)
    whole = random.choice([xlsx(), ods(ods_row(ods_cell("type"))), b"type;name\ntext;a\n"])

    assert outcome(mutated(whole, random)) in {"read", *UNREADABLE}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_mutated_parts_of_a_workbook_are_read_or_refused_and_never_an_error(seed):
    """Mutations that the archive's checksums do not stop: the parts are packed again."""
    random = Random(seed)
    parts = {
        "xl/workbook.xml": "<workbook><sheets><sheet name='a' r:id='rId1'/></sheets></workbook>",
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
        "</sheetData></worksheet>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='rId1'/></Relationships>",
        "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>",
    }
    name = random.choice(sorted(parts))

    content = xlsx(**{name: mutated(parts[name].encode(), random)})

    assert outcome(content) in {"read", *UNREADABLE}


def test_what_the_child_prints_beside_its_lines_is_not_believed(monkeypatch):
    def run(command, **options):
        lines = [{"sheet": "a", "uncalculated": []}]
        said = b"".join(json.dumps(line).encode() + b"\n" for line in lines) + b'[1, ["a"'
        return subprocess.CompletedProcess(command, -6, said)

    monkeypatch.setattr(arms_length.subprocess, "run", run)

    with pytest.raises(UnreadableWorkbook) as refusal:
        read_workbook(xlsx())

    assert (refusal.value.reason, refusal.value.params) == ("too_heavy", {"sheet": "a"})
