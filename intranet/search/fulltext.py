"""The full-text index of each database, fed with the same forms and asked the same questions.

Both only say which entries hold which forms. They know no French and give no rank: that is
done once, in Python, so that both give the same answers in the same order.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

Alternative = tuple[str, ...]
"""Forms that follow one another; most often a single one."""

SQLITE = (
    "DROP TRIGGER IF EXISTS search_entry_added",
    "DROP TRIGGER IF EXISTS search_entry_changed",
    "DROP TRIGGER IF EXISTS search_entry_removed",
    "DROP TABLE IF EXISTS intranet_searchindex",
    # The forms are of a-z0-9, so that the plainest way to cut them apart is the right one.
    """CREATE VIRTUAL TABLE intranet_searchindex USING fts5(
        words, content='intranet_searchentry', content_rowid='id', tokenize='ascii', detail=none)
    """,
    """CREATE TRIGGER search_entry_added AFTER INSERT ON intranet_searchentry BEGIN
        INSERT INTO intranet_searchindex (rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON intranet_searchentry BEGIN
        INSERT INTO intranet_searchindex (intranet_searchindex, rowid, words)
        VALUES ('delete', old.id, old.words);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF words ON intranet_searchentry BEGIN
        INSERT INTO intranet_searchindex (intranet_searchindex, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO intranet_searchindex (rowid, words) VALUES (new.id, new.words);
    END""",
    "INSERT INTO intranet_searchindex (intranet_searchindex) VALUES ('rebuild')",
)
POSTGRESQL = (
    "DROP INDEX IF EXISTS intranet_searchindex",
    "ALTER TABLE intranet_searchentry DROP COLUMN IF EXISTS forms",
    # As the `simple` configuration would, without a parser that has ideas about what a word is.
    """ALTER TABLE intranet_searchentry ADD COLUMN forms tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
    """,
    "CREATE INDEX intranet_searchindex ON intranet_searchentry USING gin (forms)",
)
HOLDING = {
    "sqlite": (
        "SELECT id, source, key, kind FROM intranet_searchentry WHERE id IN "
        "(SELECT rowid FROM intranet_searchindex WHERE intranet_searchindex MATCH %s)"
    ),
    "postgresql": (
        "SELECT id, source, key, kind FROM intranet_searchentry WHERE forms @@ %s::tsquery"
    ),
}


class Held(NamedTuple):
    """An entry, as much of it as tells who may find it."""

    pk: int
    source: str
    key: str
    kind: str


def lay_index(database: BaseDatabaseWrapper) -> None:
    """Make the index beside the table of entries, or make it anew. Safe to run again."""
    with database.cursor() as cursor:
        for statement in SQLITE if database.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def forget_what_was_removed() -> None:
    """Words that no entry holds any more leave the index now, not at some later merge."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in ("intranet_searchindex", "wagtailsearch_indexentry_fts"):
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def entries_holding(groups: Sequence[Sequence[Alternative]]) -> list[Held]:
    """The entries that hold, of each group, all the forms of one alternative."""
    if not groups or not all(groups):
        return []
    is_sqlite = connection.vendor == "sqlite"
    ask = _match_expression if is_sqlite else _tsquery
    with connection.cursor() as cursor:
        cursor.execute(HOLDING[connection.vendor], [ask(groups)])
        return [Held(*row) for row in cursor.fetchall()]


def _match_expression(groups: Sequence[Sequence[Alternative]]) -> str:
    return _question(groups, '"{}"', " AND ", " OR ")


def _tsquery(groups: Sequence[Sequence[Alternative]]) -> str:
    return _question(groups, "'{}'", " & ", " | ")


def _question(groups, quoted: str, both: str, either: str) -> str:
    """The forms need no escaping: they are of a-z0-9 alone (see `french`)."""
    return both.join(
        "({})".format(
            either.join(
                f"({both.join(quoted.format(form) for form in alternative)})"
                for alternative in group
            )
        )
        for group in groups
    )
