"""What is held about somebody, room by room: the roof hangs the rooms in settings.PERSONAL_DATA.

A room says of every column that points at a person what becomes of it when the account is
closed, and does what a table of columns cannot say. A test fails for a column nobody speaks for.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from intranet.accounts.models import User
from intranet.accounts.traces import Changed, Traces


class Fate(Enum):
    ERASED = "erased"
    """The row goes."""
    UNSIGNED = "unsigned"
    """The row stays, and no longer says who."""
    NAMELESS = "nameless"
    """The row stays with the account, which has no name any more."""


# Opens something, or is the work itself: told by its table, never copied out. The words of a
# letter, which the person was sent, hold links that open their account to whoever has the copy.
NOT_TOLD = frozenset({
    "password", "data", "key_hash", "session_key", "key", "content", "document",
    "Letter.context", "Letter.text", "Letter.html",
})  # fmt: skip


class Holdings:
    """One room's part. What a room does not need, it leaves as it is here."""

    columns: dict[str, Fate]
    """`"app.Model.field"`: what becomes of the row."""

    def obstacles(self, user: User) -> list[str]:
        """Why this account cannot be closed yet, in sentences that say what to do."""
        return []

    def erase(self, user: User, at: datetime) -> None:
        """What the table of columns cannot say, before the rows go."""

    def settle(self, traces: Traces, changed: Changed) -> None:
        """What is made out of texts is made again, once the texts no longer name the person."""


@cache
def _load(path: str) -> Holdings:
    return import_string(path)()


def holdings() -> list[Holdings]:
    return [_load(path) for path in settings.PERSONAL_DATA]


def columns() -> Iterator[tuple[type[models.Model], str, Fate]]:
    for room in holdings():
        for name, fate in room.columns.items():
            app, model, field = name.split(".")
            yield apps.get_model(app, model), field, fate


def obstacles(user: User) -> list[str]:
    return [reason for room in holdings() for reason in room.obstacles(user)]


def held_about(user: User) -> dict[str, list[dict[str, Any]]]:
    """Every row that points at a person, by table and column."""
    found = {}
    for model, field, fate in columns():
        rows = model._base_manager.filter(**{field: user})
        told = [_told(row) for row in rows] if fate is not Fate.UNSIGNED else _named(rows)
        if told:
            found[f"{model._meta.label}.{field}"] = told
    return found


def _told(row: models.Model) -> dict[str, Any]:
    table = row._meta.object_name
    fields = [
        one for one in row._meta.concrete_fields if not {one.name, f"{table}.{one.name}"} & NOT_TOLD
    ]
    return {one.name: one.value_to_string(row) for one in fields}


def _named(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    return [{"id": str(row.pk), "name": str(row)} for row in rows]


def let_go(user: User) -> None:
    """Do with every row that points at a person what its room says."""
    for model, field, fate in columns():
        rows = model._base_manager.filter(**{field: user})
        if fate is Fate.ERASED:
            rows.delete()
        elif fate is Fate.UNSIGNED:
            rows.update(**{field: None})
