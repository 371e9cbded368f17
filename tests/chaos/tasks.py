"""The job that is killed: it bears running twice, and tells on itself."""

import fcntl
import os
import signal
import time
from pathlib import Path

from django.db import transaction

from intranet.network.models import Association


def leave_a_mark(directory: str, key: str, seconds: float) -> None:
    """Have the mark `key` exist after some time, and write down starts, ends and overlaps."""
    folder = Path(directory)
    with (folder / f"{key}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # The same job runs in another process at this moment.
            _append(folder / "overlaps", key)
        _append(folder / "starts", key)
        time.sleep(seconds)
        (folder / f"{key}.mark").touch()
        _append(folder / "ends", key)


def hold_the_database(seconds: float) -> None:
    """One long transaction: on SQLite, nobody else writes meanwhile."""
    with transaction.atomic():
        Association.objects.get_or_create(slug="a", name="A")
        time.sleep(seconds)


def kill_my_worker() -> None:
    """What a job that asks for too much memory ends with."""
    os.kill(os.getpid(), signal.SIGKILL)


def _append(path: Path, key: str) -> None:
    with path.open("a") as lines:
        lines.write(key + "\n")
