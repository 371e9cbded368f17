"""Several processes write to one SQLite, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

HOUSE = Path(__file__).resolve().parent.parent.parent
WRITERS, TURNS = 8, 40

# Each writer reads a number, then writes the next: what a deferred transaction gets wrong.
WRITE = f"""
import os, django
django.setup()
from django.db import connection, transaction
from intranet.network.models import Theme

with connection.schema_editor() as editor:
    editor.create_model(Theme)
Theme.objects.create(slug="compteur", name="0")
connection.close()

children = []
for _ in range({WRITERS}):
    child = os.fork()
    if not child:
        try:
            for _ in range({TURNS}):
                with transaction.atomic():
                    row = Theme.objects.get(slug="compteur")
                    row.name = str(int(row.name) + 1)
                    row.save()
        except BaseException as error:
            print(type(error).__name__, error, flush=True)
            os._exit(1)
        os._exit(0)
    children.append(child)
failures = sum(os.waitpid(child, 0)[1] != 0 for child in children)
print("failures", failures, "total", Theme.objects.get().name)
"""


@pytest.mark.slow
def test_eight_writers_that_read_first_lose_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WRITE],
        cwd=HOUSE,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "intranet.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'writers.sqlite3'}",
        },
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert done.stdout.splitlines()[-1] == f"failures 0 total {WRITERS * TURNS}", done


OPEN = """
import django
django.setup()
from django.db import connection

for _ in range(2):
    with connection.cursor() as cursor:
        for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size"):
            cursor.execute(f"PRAGMA {name}")
            print(name, *(cursor.fetchone() or ("none",)))
    print("transactions", connection.transaction_mode)
    connection.close()
"""


def test_every_connection_writes_ahead_and_locks_first(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", OPEN],
        cwd=HOUSE,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "intranet.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    once = [
        "journal_mode wal",
        "synchronous 1",
        "foreign_keys 1",
        "mmap_size 0",
        "transactions IMMEDIATE",
    ]
    assert done.stdout.splitlines() == once * 2, done


@pytest.mark.django_db
def test_the_engine_in_use_is_one_that_may_be_written_to_by_several():
    import sqlite3

    from intranet.checks import sqlite_is_safe

    if connection.vendor == "sqlite":
        assert sqlite_is_safe(sqlite3.sqlite_version_info)
    else:
        assert connection.vendor == "postgresql"
