"""Two imports at the same moment: both end, and what they say is there once."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from intranet.imports import operations
from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.operations import Importer, Report, StillWritten
from intranet.imports.tables import Table, read_table
from intranet.management.reporting import Refused
from intranet.network.models import Association, Membership, Territory
from tests.intranet.imports.layouts import Rows, text

HEADS = {
    Kind.TERRITORIES: ["code", "nom", "commune"],
    Kind.ASSOCIATIONS: ["nom", "type"],
    Kind.MEMBERS: ["courriel", "association", "rôle"],
}
MADE = {
    Kind.TERRITORIES: Territory,
    Kind.ASSOCIATIONS: Association,
    Kind.MEMBERS: Membership,
}


def rows_of(kind: Kind) -> Rows:
    one = {
        Kind.TERRITORIES: lambda number: [f"QN001{number:02}M", f"Quartier {number}", "Bourg"],
        Kind.ASSOCIATIONS: lambda number: [f"Atelier {number}", "collectif"],
        Kind.MEMBERS: lambda number: [f"p{number}@example.org", "Les Tisserands", "membre"],
    }
    return [one[kind](number) for number in range(40)]


def table_of(kind: Kind, rows: Rows) -> Table:
    return read_table(text([HEADS[kind], *rows], encoding="utf-8"), COLUMNS[kind])


def in_threads(kind: Kind, files: list[Rows]) -> list[dict[str, Any]]:
    """On PostgreSQL, from the same reading of the directory."""
    both_have_read, reports = Barrier(2), []

    def bring(rows: Rows) -> None:
        try:
            importer = Importer(kind=kind, table=table_of(kind, rows))
            both_have_read.wait(timeout=30)
            report = Report()
            for lines in importer.batches():
                report.add(importer.put_in(lines))
            reports.append(report.counted())
        finally:
            connection.close()

    threads = [Thread(target=bring, args=(rows,)) for rows in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reports


def in_processes(kind: Kind, files: list[Rows], folder: Path) -> list[dict[str, Any]]:
    """On a file of SQLite, where one waits for the other; the tests' own is in memory."""
    with contextlib.closing(sqlite3.connect(folder / "base.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/base.sqlite3"}
    running = []
    for number, rows in enumerate(files):
        file = folder / f"{number}.csv"
        file.write_bytes(text([HEADS[kind], *rows], encoding="utf-8"))
        command = [sys.executable, "manage.py", f"import_{kind}", str(file), "--json"]
        running.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=-3)
        )
    reports = [json.loads(process.communicate(timeout=60)[0]) for process in running]
    with contextlib.closing(sqlite3.connect(folder / "base.sqlite3")) as copy:
        copy.backup(connection.connection)
    return reports


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", Kind)
def test_two_imports_at_once_write_each_line_once(kind, monkeypatch, tmp_path):
    monkeypatch.setattr(operations, "AT_A_TIME", 8)
    Association.objects.create(name="Les Tisserands", slug="les-tisserands")
    before = MADE[kind].objects.count()
    rows = rows_of(kind)
    both = [rows, rows[::-1]]

    if connection.vendor == "postgresql":
        reports = in_threads(kind, both)
    else:
        reports = in_processes(kind, both, tmp_path)

    assert MADE[kind].objects.count() == before + 40
    assert [sum(one[what] for one in reports) for what in ("new", "unchanged")] == [40, 40]
    assert [one["refused"] + one["doubles"] for one in reports] == [[], []]


@pytest.mark.django_db
def test_what_others_write_without_end_is_told(monkeypatch, tmp_path):
    def conflict(*_args, **_how):
        raise IntegrityError

    monkeypatch.setattr(Importer, "take", conflict)
    monkeypatch.setattr(operations, "PAUSE_SECONDS", 0)
    file = tmp_path / "fichier.csv"
    file.write_bytes(text([HEADS[Kind.ASSOCIATIONS], ["A", ""]], encoding="utf-8"))

    with pytest.raises(Refused, match="relancez la commande"):
        call_command("import_associations", str(file))
    with pytest.raises(StillWritten):
        operations.import_table(
            kind=Kind.ASSOCIATIONS, table=table_of(Kind.ASSOCIATIONS, [["A", ""]])
        )
