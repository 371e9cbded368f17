"""django-q's cluster, in a process group of its own that dies whole.

A process that is killed may hold one of the locks that the others share; django-q starts it
again, and the new one waits for ever. So here, a process that is killed ends the whole tree,
and the supervisor starts another: a second lost instead of a frozen queue.
"""

import contextlib
import logging
import multiprocessing.sharedctypes
import os
import signal
import sys
import threading
import time
import uuid

from django.db import connections
from django_q.brokers.orm import ORM
from django_q.cluster import Sentinel

from intranet.jobs import processes

CHILD_LOST = 70

logger = logging.getLogger(__name__)


class Pulse:
    """What the guard tells its supervisor, through memory that needs no lock."""

    def __init__(self) -> None:
        self._cells = multiprocessing.sharedctypes.RawArray("d", 2)
        self.turn()

    def turn(self) -> None:
        self._cells[0] = time.monotonic()

    @property
    def silence(self) -> float:
        """Seconds since the guard last went round its loop."""
        return time.monotonic() - self._cells[0]

    @property
    def culprit(self) -> int:
        """The process whose death ended the tree, or 0."""
        return int(self._cells[1])

    @culprit.setter
    def culprit(self, pid: int) -> None:
        self._cells[1] = pid


class StopRequest:
    """What django-q waits on between two rounds, in place of an event with a lock."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._asked = False

    def set(self, *signal_arguments) -> None:
        self._asked = True

    def is_set(self) -> bool:
        return self._asked

    def wait(self, seconds: float) -> bool:
        self._pulse.turn()
        if not self._asked:
            time.sleep(seconds)
        return self._asked


class Guard(Sentinel):
    def __init__(self, *, queue: str, pulse: Pulse) -> None:
        self.pulse = pulse
        stop = StopRequest(pulse)
        super().__init__(stop, threading.Event(), uuid.uuid4(), ORM(list_key=queue), start=False)
        signal.signal(signal.SIGTERM, stop.set)

    def reincarnate(self, process) -> None:
        # Negative: a signal, so who knows what it held. Otherwise it was recycled, ran out of time,
        # or ended on an error (a database away), letting go of everything on its way.
        if process.exitcode is not None and process.exitcode < 0:
            self.pulse.culprit = process.pid
            logger.error("Process %s of the job cluster died: starting over", process.pid)
            os._exit(CHILD_LOST)
        super().reincarnate(process)


class ProcessTree:
    """The guard and its children, as the supervisor holds them."""

    def __init__(self, *, queue: str) -> None:
        self.pulse = Pulse()
        self._ended = self._killed = False
        connections.close_all()
        sys.stdout.flush()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            _be_the_guard(parent, queue, self.pulse)

    def has_ended(self) -> bool:
        """Whether the guard is gone; also reaps whatever else died as our child."""
        while not self._ended:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                pid = self.pid
            if pid == 0:
                break
            self._ended = pid == self.pid
        return self._ended

    def ask_to_stop(self) -> None:
        self._signal(os.kill, signal.SIGTERM)

    def kill(self) -> None:
        """End every process of the tree, now."""
        if self._killed:
            return
        self._signal(os.killpg, signal.SIGKILL)
        if not self._ended:
            # It may have been killed before it had a group of its own.
            self._signal(os.kill, signal.SIGKILL)
        while not self.has_ended():
            time.sleep(0.01)
        self._killed = True

    def _signal(self, send, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            send(self.pid, number)


def _be_the_guard(parent: int, queue: str, pulse: Pulse) -> None:
    """What the forked process does instead of returning."""
    try:
        os.setsid()
        processes.die_with_parent(parent)
        children_die_with_parent()
        Guard(queue=queue, pulse=pulse).start()
        os._exit(0)
    except BaseException:
        logger.exception("The job cluster could not run")
        os._exit(1)


def children_die_with_parent() -> None:
    """Every process forked from here on is killed when the one that forked it dies."""
    forking = [os.getpid()]

    def before() -> None:
        forking[0] = os.getpid()

    def in_child() -> None:
        processes.die_with_parent(forking[0])
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    os.register_at_fork(before=before, after_in_child=in_child)
