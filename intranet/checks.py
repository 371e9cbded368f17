"""Refusals to start: a database engine that can lose data, the demo's data in production."""

import sqlite3

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

# The "WAL-reset" fault of SQLite, and the first releases of each line without it.
FIXED_SQLITE_LINES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


def sqlite_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether two processes may write to a WAL database with this SQLite."""
    major, minor, patch = version
    if (major, minor) > (3, 51):
        return True
    fixed_in = FIXED_SQLITE_LINES.get((major, minor))
    return fixed_in is not None and patch >= fixed_in


@register()
def check_sqlite(app_configs=None, **kwargs) -> list[CheckMessage]:
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


@register()
def check_database_is_not_the_demos(app_configs=None, **kwargs) -> list[CheckMessage]:
    # Models are not loaded when this module is.
    from intranet.installation.queries import is_demo  # noqa: PLC0415

    if not settings.PRODUCTION or not is_demo():
        return []
    return [
        Error(
            "This database was filled by the demo: its accounts have known passwords.",
            hint="Give production a DATABASE_URL of its own.",
            id="intranet.E002",
        )
    ]


def refuse_to_start() -> None:
    """For the web server, which runs no check of Django's by itself."""
    for error in [*check_sqlite(), *check_database_is_not_the_demos()]:
        raise ImproperlyConfigured(f"{error.msg} {error.hint}")
