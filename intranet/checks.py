"""Refusals to start: a database engine that can lose data, the demo's data in production."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, Tags, register

# The "WAL-reset" fault of SQLite, and the first releases of each line without it.
FIXED_SQLITE_LINES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


def sqlite_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether two processes may write to a WAL database with this SQLite."""
    major, minor, patch = version
    if (major, minor) > (3, 51):
        return True
    fixed_in = FIXED_SQLITE_LINES.get((major, minor))
    return fixed_in is not None and patch >= fixed_in


@register(Tags.database)
def check_sqlite(app_configs, **kwargs):
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    if sqlite_is_safe(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database that two processes write to.",
            hint="Install the product's requirements: they bring a SQLite that does not.",
            id="intranet.E001",
        )
    ]
