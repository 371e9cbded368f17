"""Processes as Linux knows them: what to call one, whether it is still there, its descent."""

import ctypes
import os
import signal
from functools import cache
from pathlib import Path

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
PROC = Path("/proc")


@cache
def machine() -> str:
    """This boot of this machine or container: where a process number means something."""
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}/{os.readlink(PROC / 'self/ns/pid')}"


def identity(pid: int) -> str:
    """A name that no other process will ever have: numbers are used again, not start times."""
    return f"{machine()}/{pid}/{started(pid)}"


def started(pid: int) -> int | None:
    """When the process started, in ticks since boot; None if it is dead."""
    try:
        line = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command's name stands between parentheses and may hold anything.
    fields = line.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else int(fields[19])


def is_here(name: str) -> bool:
    """Whether the process belongs to this machine, so that its death can be seen."""
    return name.startswith(f"{machine()}/")


def is_dead(name: str) -> bool:
    """Whether a process of this machine is gone. Those of other machines are not known."""
    if not is_here(name):
        return False
    pid, ticks = name.split("/")[-2:]
    return str(started(int(pid))) != ticks


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process as soon as its parent dies, however it dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
