"""A Word file examined before anything reads it. Plain Python.

A .docx is a ZIP of XML. What is let through is small once unpacked, declares no entity and runs
nothing, so that reading it takes little memory and little time whatever it says.
"""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Final

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 10 * MEGABYTE
"""Bytes of a file. A charter has a few pages, and perhaps a photograph on its cover."""

MOST_MEMBERS: Final = 2000
LARGEST_UNPACKED: Final = 50 * MEGABYTE
LARGEST_PART: Final = 4 * MEGABYTE
"""Bytes of XML in one part: a hundred times the text of a long charter."""

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|\?xml|div|p\b)", re.I)
MACROS = re.compile(r"vbaproject|vbadata|(^|/)activex/|\.bin$", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MAIN_PART = "word/document.xml"


class UnreadableDocument(Exception):
    """`reason` says why a file is not read: one word, which the interface tells in French."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def examine(content: bytes) -> None:
    """Refuse, with `UnreadableDocument`, what is not a Word file or could do harm."""
    if len(content) > LARGEST:
        raise UnreadableDocument("too_large")
    if content.startswith(COMPOUND):
        # Before 2007, or encrypted: nothing more is to be learnt from it without risk.
        raise UnreadableDocument("old_word")
    if PAGE.match(content[:200]):
        raise UnreadableDocument("web_page")
    if not content.startswith(ZIP):
        raise UnreadableDocument("not_word")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _examine_package(package)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as broken:
        raise UnreadableDocument("damaged") from broken
    except (struct.error, zlib.error, EOFError, OSError) as broken:
        raise UnreadableDocument("damaged") from broken
    except RuntimeError as locked:  # zipfile's way of asking for a password
        raise UnreadableDocument("protected") from locked


def _examine_package(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_UNPACKED:
        raise UnreadableDocument("zip_bomb")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableDocument("protected")
    if len(set(names)) != len(names):
        raise UnreadableDocument("damaged")
    if "mimetype" in names:
        raise UnreadableDocument("open_document")
    if any(MACROS.search(name) for name in names):
        raise UnreadableDocument("macros")
    if MAIN_PART not in names or "[Content_Types].xml" not in names:
        raise UnreadableDocument("not_word")
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise UnreadableDocument("macros")
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _examine_part(package, member)


def _examine_part(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    # What a directory declares bounds what zipfile unpacks.
    if member.file_size > LARGEST_PART:
        raise UnreadableDocument("zip_bomb")
    part = package.read(member)
    # Word writes UTF-8: another encoding would hide the declarations from us.
    if b"\0" in part or DECLARATION.search(part):
        raise UnreadableDocument("damaged")
