"""One series of kills on the database of DATABASE_URL; ends with 1 if anything went wrong."""

import itertools
import os
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from django.core.management import call_command
from django.db import connection

from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue
from tests.chaos.cluster import Cluster, TookTooLong, is_alive, wait_until

JOB = "tests.chaos.tasks.leave_a_mark"
TARGETS = ["worker", "other worker", "monitor", "pusher", "guard", "supervisor"]
JOBS_A_ROUND = 6


class Story:
    def __init__(self, folder: str, cluster: Cluster) -> None:
        self.folder = Path(mkdtemp(dir=folder))
        self.random = random.Random(20)
        self.jobs: list[Job] = []
        self.problems: list[str] = []
        self.recoveries: list[float] = []
        self.cluster = cluster

    def tell(self, rounds: Iterable[tuple[bool, str]]) -> None:
        for busy, target in rounds:
            self.round(target, busy=busy)
        self.end()
        self.report()

    def round(self, target: str, *, busy: bool) -> None:
        if busy:
            self.ask()
            running = Job.objects.filter(name=JOB, state=Job.State.RUNNING)
            wait_until(running.exists, seconds=60, what="a running job")
            time.sleep(self.random.uniform(0, 0.4))
        tree = self.cluster.tree()
        pid = self.victim(target, tree, busy)
        self.cluster.kill(pid)
        killed = time.monotonic()
        if target == "supervisor":
            wait_until(
                lambda: not any(is_alive(pid) for pid in tree.values()),
                seconds=10,
                what="the end of the supervisor's children",
            )
            self.cluster.start()
        if not busy:
            self.ask()
        done_before = self.done()
        wait_until(lambda: self.done() > done_before, seconds=90, what="a job done after a kill")
        self.recoveries.append(time.monotonic() - killed)
        wait_until(lambda: self.done() == len(self.jobs), seconds=90, what="all jobs done")
        self.cluster.wait_until_whole()
        state = "busy" if busy else "idle"
        number = len(self.recoveries)
        say(f"{number:3} {state} {target:13} next job done after {self.recoveries[-1]:5.1f} s")

    def victim(self, target: str, tree: dict[str, int], busy: bool) -> int:
        """A busy worker is one that a job says it runs in."""
        job = Job.objects.filter(name=JOB, state=Job.State.RUNNING).first()
        if busy and job and "worker" in target:
            return int(job.worker.split("/")[-2])
        return tree[target]

    def ask(self) -> None:
        for _ in range(JOBS_A_ROUND):
            key = f"{len(self.jobs):04}"
            seconds = self.random.uniform(0.2, 1.2)
            self.jobs.append(enqueue(JOB, str(self.folder), key, seconds))

    def done(self) -> int:
        return Job.objects.filter(name=JOB, state=Job.State.DONE).count()

    def end(self) -> None:
        tree = self.cluster.tree()
        status = self.cluster.stop()
        left = [role for role, pid in tree.items() if is_alive(pid)]
        self.check(status == 0, f"the supervisor ended with {status}")
        self.check(not left, f"left behind: {left}")

    def check(self, well: bool, problem: str) -> None:
        if not well:
            self.problems.append(problem)

    def lines(self, name: str) -> Counter[str]:
        path = self.folder / name
        return Counter(path.read_text().split() if path.exists() else [])

    def report(self) -> None:
        count, kills = len(self.jobs), len(self.recoveries)
        rows = Job.objects.filter(pk__in=[job.pk for job in self.jobs])
        done = rows.filter(state=Job.State.DONE).count()
        marks = len(list(self.folder.glob("*.mark")))
        starts, ends = self.lines("starts"), self.lines("ends")
        overlaps = self.lines("overlaps").total()
        for job in rows.exclude(state=Job.State.DONE):
            self.check(
                False, f"{job}: {job.starts} starts, {job.interruptions} innocent: {job.error}"
            )
        self.check(marks == count, f"{count - marks} effects are missing")
        self.check(overlaps == 0, f"{overlaps} jobs ran twice at once")
        counted = sum(rows.values_list("starts", flat=True))
        self.check(counted >= starts.total(), "some starts were not counted")
        say(
            f"{kills} kills, {count} jobs: {done} done, {marks} effects; {starts.total()} starts "
            f"({counted} counted), {ends.total() - count} ran to the end again, {overlaps} at "
            f"once; most starts of one job: {max(starts.values())}; next job done after "
            f"{sum(self.recoveries) / kills:.1f} s on average, {max(self.recoveries):.1f} s at most"
        )
        for problem in self.problems:
            say(f"WRONG: {problem}")


def say(message: str) -> None:
    print(message, flush=True)  # noqa: T201


@contextmanager
def new_database() -> Iterator[None]:
    """For this story only; on PostgreSQL, the one that tests would have made."""
    if connection.vendor != "postgresql":
        call_command("migrate", verbosity=0)
        yield
        return
    server, _, name = os.environ["DATABASE_URL"].rpartition("/")
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    # The cluster's processes read the address in the environment.
    os.environ["DATABASE_URL"] = f"{server}/{connection.settings_dict['NAME']}"
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def tell_story(*, kills: int, folder: str) -> bool:
    """Whether everything went well."""
    every = itertools.cycle(itertools.product([True, False], TARGETS))
    with new_database():
        story = Story(folder, Cluster())
        try:
            story.tell(itertools.islice(every, kills))
        except TookTooLong as error:
            story.check(False, str(error))
            say(f"WRONG: waited in vain for {error}")
        finally:
            story.cluster.end()
    return not story.problems
