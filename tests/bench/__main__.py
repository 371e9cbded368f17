"""How fast, beside wagtail.contrib.forms, in the same run: a table on standard output.

The same questionnaire (30 questions: 10 single choices, 5 multiple, 5 scales, 5 numbers, 5
texts) is asked by both, filled with the same answers, counted and exported. Ratios say more
than seconds: machines are shared. Then our editor, which has no peer, with 100 questions.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
os.environ.setdefault("MODE", "test")
# Playwright runs an event loop, beside which our queries stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
scratch = tempfile.TemporaryDirectory()
if "BENCH_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
else:
    os.environ["DATABASE_URL"] = f"sqlite:///{scratch.name}/bench.sqlite3"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command

from tests.bench import searching
from tests.bench.editor import Editor
from tests.bench.letters import Network
from tests.bench.work import Ours, Peer

RESPONSES = int(os.environ.get("BENCH_RESPONSES", "10000"))
SUBMISSIONS = 40
EDITOR_RUNS = 5
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "5000"))
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "5000"))


def seconds(task: Callable[[], object], times: int = 1) -> float:
    """The median of some runs."""
    taken = []
    for _run in range(times):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def row(what: str, ours: float, peer: float, unit: str = "s") -> str:
    scale = 1000 if unit == "ms" else 1
    return (
        f"| {what} | {ours * scale:.1f} {unit} | {peer * scale:.1f} {unit} | {peer / ours:.1f} × |"
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("compile_languages", verbosity=0)
    ours, peer = Ours(), Peer()
    print(f"{RESPONSES} responses, 30 questions, {os.environ['DATABASE_URL'].split(':')[0]}\n")
    print("| step | Maillage | wagtail.contrib.forms | ratio |")
    print("|---|---|---|---|")
    print(row("first page that is shown", seconds(ours.page, 20), seconds(peer.page, 20), "ms"))
    print(
        row(
            "one response through HTTP (ours: five sections, a summary, the sending)",
            seconds(ours.answer, SUBMISSIONS),
            seconds(peer.answer, SUBMISSIONS),
            "ms",
        )
    )
    print(
        row(
            "storing the responses",
            seconds(lambda: ours.store(RESPONSES)),
            seconds(lambda: peer.store(RESPONSES)),
        )
    )
    print(row("figures of all the questions", seconds(ours.figures, 3), seconds(peer.figures, 3)))
    out = Path(scratch.name)
    print(
        row(
            "CSV of the rows",
            seconds(lambda: ours.export("csv", out / "o.csv")),
            seconds(lambda: peer.export("csv", out / "p.csv")),
        )
    )
    print(
        row(
            "workbook of the rows",
            seconds(lambda: ours.export("xlsx", out / "o.xlsx")),
            seconds(lambda: peer.export("xlsx", out / "p.xlsx")),
        )
    )
    search()
    weekly_letter()
    time_the_editor()
    sys.stdout.flush()


def time_the_editor() -> None:
    """The first opening aside: the browser has then fetched the scripts."""
    editor = Editor()
    with editor.browser() as page:
        editor.open(page)
        opening = statistics.median(editor.open(page) for _run in range(EDITOR_RUNS))
        saving = statistics.median(editor.save(page) for _run in range(EDITOR_RUNS))
    print("\n| the editor of 100 questions, in a browser | Maillage |")
    print("|---|---|")
    print(f"| opening it | {opening:.1f} s |")
    print(f"| saving it | {saving:.1f} s |")
    print(f"\nLoad of the machine: {os.getloadavg()[0]:.1f}")


def search() -> None:
    searching.plant(ENTRIES)
    built = seconds(searching.build)
    print(f"\n{ENTRIES} pages to find, read in {built:.1f} s\n")
    print("| step | Maillage | Wagtail's database search | ratio |")
    print("|---|---|---|---|")
    ours, peer = seconds(searching.ours, 3), seconds(searching.peer, 1)
    print(row("three searches, counted, ten results each", ours, peer, "ms"))


def weekly_letter() -> None:
    """No peer writes one: seconds, then, on the clock and of one processor."""
    # Written and composed here; carrying them is the mail server's pace.
    settings.JOBS_RUN_INLINE = False
    network = Network(PEOPLE)
    print(f"\nThe weekly letter of {PEOPLE} people\n\n| step | clock | processor |\n|---|---|---|")
    for what, task in (
        ("choosing and queueing the letters", network.write),
        ("writing the messages, as text and HTML", network.compose),
    ):
        start = time.process_time()
        clock = seconds(task)
        print(f"| {what} | {clock:.1f} s | {time.process_time() - start:.1f} s |")


if __name__ == "__main__":
    main()
