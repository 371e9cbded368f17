"""A child process that reads a file nobody trusts, and what it says of it. Plain Python."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MARGIN_SECONDS = 1
END = b'{"end": true}'
"""The last line of a child that came to its end."""


class TookTooLong(Exception):
    """The child was stopped: it took more than its time."""


def lines_of_child(
    script: Path, content: bytes, limits: Mapping[str, int], *, seconds: int
) -> list[bytes]:
    """The lines that a script says of a content, the empty one after its last included.

    The script runs isolated, gets the limits as JSON and puts them on itself; whatever ends it
    ends nothing else. Raises `TookTooLong`.
    """
    command = [sys.executable, "-I", str(script), json.dumps(dict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - our own script, and nothing of the file in it
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds + MARGIN_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    return done.stdout.split(b"\n")
