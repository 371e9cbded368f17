"""Sources that tell what the test wants, in place of those of the rooms above."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from intranet.digest.contract import Item, Offer, Readers, Section, deadline_step
from tests.people import NOW

TOLD: list[tuple[Item, frozenset[int] | None]] = []
DEADLINES: list[tuple[str, date, frozenset[int]]] = []


def told(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    for item, people in TOLD:
        if since < item.at <= until:
            yield Offer(item, readers.everybody if people is None else people)


def awaited(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    on = until.date()
    for name, due, people in DEADLINES:
        if on <= due:
            key = f"{name} {deadline_step(due, on=on)}"
            yield Offer(item(key, section=Section.AWAITING, at=until, due=due), people)


def item(key: str, **fields) -> Item:
    values = {
        "section": Section.NEWS,
        "title": f"Titre {key}",
        "text": f"Le texte de {key}.\n\nLa suite de {key}.",
        "path": f"/{key.replace(' ', '-')}/",
        "at": NOW - timedelta(days=1),
    }
    return Item(key=key, **{**values, **fields})


@pytest.fixture(autouse=True)
def sources(settings):
    settings.DIGEST_SOURCES = [f"{__name__}.awaited", f"{__name__}.told"]
    settings.BASE_URL = "https://maillage.example"
    TOLD.clear()
    DEADLINES.clear()
    yield
    TOLD.clear()
    DEADLINES.clear()


def tell(key: str, *, to: frozenset[int] | None = None, **fields) -> None:
    TOLD.append((item(key, **fields), to))
