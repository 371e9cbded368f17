"""A real `run_jobs`, and the processes below it, for whoever wants to kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class TookTooLong(Exception):
    """What was waited for did not come."""


def wait_until(true: Callable[[], object], *, seconds: float, what: str) -> float:
    """How long it took; raises if it never came."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > seconds:
            raise TookTooLong(what)
        time.sleep(0.05)
    return time.monotonic() - began


def children(pid: int) -> list[int]:
    """The living children of a process, eldest first."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid and fields[0] not in "ZX":
            found.append((int(fields[19]), int(stat.parent.name)))
    return [child for _, child in sorted(found)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Cluster:
    def __init__(self, **environment: str) -> None:
        self.environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "intranet.settings"}
        self.environment.update({"JOBS_RUN_INLINE": "0", "JOB_WORKERS": "2", **environment})
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_jobs"], cwd=ROOT, env=self.environment
        )
        try:
            self.wait_until_whole()
        except TookTooLong:
            self.end()
            raise

    def wait_until_whole(self) -> float:
        return wait_until(lambda: len(self.tree()) == 6, seconds=30, what="the whole cluster")

    def tree(self) -> dict[str, int]:
        """The six processes by what they do; fewer while the tree is being started."""
        roles = {"supervisor": self.process.pid}
        guards = children(self.process.pid)[:1]
        roles.update(zip(["guard"], guards, strict=False))
        for guard in guards:
            names = ["worker", "other worker", "monitor", "pusher"]
            roles.update(zip(names, children(guard), strict=False))
        return roles

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        if pid == self.process.pid:
            self.process.wait()

    def stop(self, seconds: float = 30) -> int:
        """Stop as an init system does; the exit status."""
        self.process.terminate()
        return self.process.wait(timeout=seconds)

    def end(self) -> None:
        """Whatever state it is in."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
