"""A document read at arm's length: by a child process that may be killed or abort. Plain Python."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from intranet.spreadsheets import decoded
from intranet.spreadsheets.arms_length import END, TookTooLong, lines_of_child

CHILD = Path(__file__).with_name("child.py")
KNOWN = (b"%PDF", b"PK\x03\x04")
# Pictures, programs and old word processors: their bytes are no words.
OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!",
          b"7z\xbc\xaf", b"\x1f\x8b", b"PK")  # fmt: skip


class UnreadableDocument(Exception):
    """The words of the file cannot be read: why, as a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """How much is read. Sizes are in bytes; `text` counts characters, `pages` those of a PDF."""

    size: int = 25 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    members: int = 5_000
    part: int = 40 * 1024 * 1024
    pages: int = 400
    text: int = 600_000
    memory: int = 512 * 1024 * 1024
    seconds: int = 20


def read_document(content: bytes, *, limits: Limits | None = None) -> str:
    """The words of a document, its pieces on lines of their own, or `UnreadableDocument`.

    Holds for any bytes: it ends within the time and the memory of the limits.
    """
    limits = limits or Limits()
    if len(content) > limits.size:
        raise UnreadableDocument("too_large")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t\0")[:4] == b"%PDF" or content.startswith(KNOWN):
        return _read_in_child(content, limits)
    if content.startswith(OTHERS) or b"\0" in content[:4096]:
        raise UnreadableDocument("unknown")
    return decoded(content)[: limits.text]


def _read_in_child(content: bytes, limits: Limits) -> str:
    try:
        lines = lines_of_child(CHILD, content, asdict(limits), seconds=limits.seconds)
    except TookTooLong:
        raise UnreadableDocument("too_long") from None
    if lines[-2:-1] != [END]:
        raise UnreadableDocument(_reason(lines))
    return "\n".join(json.loads(line) for line in lines[:-2])


def _reason(lines: list[bytes]) -> str:
    last = next((line for line in reversed(lines) if line.startswith(b'{"refused"')), b"")
    return json.loads(last)["refused"] if last else "too_heavy"
