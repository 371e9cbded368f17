"""What the tests of every room of the surveys may ask for."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture
def shared_database(transactional_db, tmp_path) -> dict[str, str]:
    """The environment in which another process works on this test's database.

    SQLite's test database lives in this process: the others get a copy of it, in a file.
    """
    if connection.vendor == "sqlite":
        file = Path(tmp_path) / "shared.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        # As the product's own database since its first connection: two processes that both
        # change the journal's mode at once lock each other out.
        with closing(sqlite3.connect(file)) as copy:
            copy.execute("PRAGMA journal_mode=WAL")
        url = f"sqlite:///{file}"
    else:
        test = connection.settings_dict
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**test)
    return {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "intranet.settings", "MODE": "test"}
