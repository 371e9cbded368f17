"""Reads one document from standard input, in a process of its own, and says it line by line.

Run as a script, isolated (`python -I child.py LIMITS`), never imported by the product. It says
one JSON text a line, a page or a paragraph each; at last `{"end": true}`, or `{"refused": …}`.
The guards of packages and the limits are those of the spreadsheets' child.
"""

import json
import logging
import re
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from defusedxml.ElementTree import iterparse

from intranet.spreadsheets.child import (
    Refused,
    Voice,
    check_directory,
    pieces,
    refuse_declarations,
    restrain,
)

PARTS = re.compile(
    r"^(content\.xml|word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml"
    r"|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml)$"
)
# The end of one of these is the end of a line: paragraphs, titles, cells of a shared text.
LINES = {"p", "h", "si"}
SPACES = {"tab", "br", "s", "line-break", "cr"}
# What Word writes aside of the text that people read.
ASIDE = {"instrText", "delText", "tracked-changes", "annotation"}


def main() -> None:
    limits = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    is_pdf = content.lstrip(b"\xef\xbb\xbf \r\n\t\0")[:4] == b"%PDF"
    if is_pdf:
        logging.disable(logging.CRITICAL)
        # Libraries are loaded before the limits are set.
        from pypdf import PdfReader  # noqa: F401, PLC0415 - large, and not for the others
    restrain(limits)
    # JSON writes some letters in six characters.
    out = Voice(8 * limits["text"])
    try:
        left = limits["text"]
        for line in (pages if is_pdf else lines)(content, limits):
            if left <= 0:
                break
            out.say(line[:left])
            left -= len(line)
        out.say({"end": True})
    except Refused as refused:
        out.say({"refused": refused.reason})
    except MemoryError:
        sys.exit(1)
    except BaseException:  # Whatever a library raises on a broken file.
        out.say({"refused": "damaged"})
    out.end()


def pages(content: bytes, limits: dict[str, int]) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415 - see `main`

    reader = PdfReader(BytesIO(content))
    # Many are locked against changes alone, and open without a password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    found = False
    for number, page in enumerate(reader.pages):
        if number >= limits["pages"]:
            break
        text = unbroken(page.extract_text())
        found = found or bool(text.strip())
        yield text
    if not found:
        # Pictures of pages: a scan, or nothing at all.
        raise Refused("no_text")


def unbroken(text: str) -> str:
    """Words that were cut at the end of a line, whole again."""
    return re.sub(r"([^\W\d_])[-\u2010\u00ad]\n([^\W\d_])", r"\1\2", text)


def lines(content: bytes, limits: dict[str, int]) -> Iterator[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            yield from lines_of_package(package, limits)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as broken:
        raise Refused("damaged") from broken
    except RuntimeError as locked:  # zipfile's way of asking for a password
        raise Refused("encrypted") from locked


def lines_of_package(package: zipfile.ZipFile, limits: dict[str, int]) -> Iterator[str]:
    members = package.infolist()
    check_directory(members, limits)
    manifest = next((one for one in members if one.filename == "META-INF/manifest.xml"), None)
    if manifest and any(b"encryption-data" in piece for piece in pieces(package, manifest)):
        raise Refused("encrypted")
    parts = [one for one in members if PARTS.match(one.filename)]
    if not parts:
        raise Refused("unknown")
    for part in sorted(parts, key=lambda one: (len(one.filename), one.filename)):
        if part.file_size > limits["part"]:
            raise Refused("too_large")
        for piece in pieces(package, part):
            refuse_declarations(piece)
        with package.open(part) as stream:
            yield from lines_of_part(stream)


def lines_of_part(stream) -> Iterator[str]:
    for _event, element in iterparse(stream, events=("end",)):
        if local_name(element) not in LINES:
            continue
        # A paragraph inside a paragraph (a frame, a note) was said, and emptied, before it.
        if line := " ".join("".join(words(element)).split()):
            yield line
        element.clear()


def words(element) -> Iterator[str]:
    name = local_name(element)
    if name in SPACES:
        yield " "
    if name not in ASIDE:
        yield element.text or ""
        for child in element:
            yield from words(child)
            yield child.tail or ""


def local_name(element) -> str:
    return element.tag.rpartition("}")[2]


if __name__ == "__main__":
    main()
