"""What a source of the search is: the roof hangs them by strings, in settings.SEARCH_SOURCES.

A source says what there is to find, never who may find it when it is written down: that is
asked of it again for every reader, at the moment of searching.
"""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from intranet.search.kinds import Kind


@dataclass(frozen=True)
class Findable:
    """One thing to find. `stamp` is another when what is written here has changed."""

    key: str
    kind: Kind
    title: str
    stamp: str
    summary: str = ""
    text: str = ""
    date: datetime.date | None = None
    # Its text could not be read, so that it is found by its title alone.
    is_closed: bool = False


class Source(Protocol):
    name: str
    """Never changes: entries are kept under it."""

    def stamps(self) -> dict[str, str]:
        """The key and the stamp of everything there is to find, read cheaply."""

    def read(self, keys: Collection[str]) -> Iterator[Findable]:
        """Those of these keys that are there to be found, whole."""

    def visible(self, keys: Collection[str], request: HttpRequest) -> set[str]:
        """Those of these keys that the person may read now, in a constant number of queries."""

    def addresses(self, keys: Collection[str], request: HttpRequest) -> dict[str, str]:
        """Where each of these, which the person may read, is."""


def stamp_of(*parts: object) -> str:
    """One short text for whatever a thing is made of."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


@cache
def _load(path: str) -> Source:
    return import_string(path)()


def sources() -> dict[str, Source]:
    """The sources by name, in the order of the settings."""
    return {source.name: source for source in map(_load, settings.SEARCH_SOURCES)}
