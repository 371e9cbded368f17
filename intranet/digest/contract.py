"""What a source of the weekly letter is, and what it gives.

A source is a function, named in `settings.DIGEST_SOURCES`:

    def news(*, readers: Readers, since: datetime, until: datetime) -> Iterable[Offer]

It is asked once for everybody, and answers per item, with those who may read it: five thousand
people cost it as many queries as one. `intranet.digest.pages` makes a source of pages a matter
of ten lines.

`key` names the item for ever, up to 120 characters: what a person was sent is remembered by it,
and never sent again. Something that awaits an answer comes back when its key changes, so a new
deadline step is a new key (see `deadline_step`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Section(TextChoices):
    """The parts of a letter, in their order: what awaits an answer comes first."""

    AWAITING = "awaiting", pgettext_lazy("digest", "What awaits your answer")
    CHARTER = "charter", pgettext_lazy("digest", "The charter")
    NEWS = "news", pgettext_lazy("digest", "News")
    EVENTS = "events", pgettext_lazy("digest", "Agenda")
    RESOURCES = "resources", pgettext_lazy("digest", "Resources")


@dataclass(frozen=True, kw_only=True)
class Item:
    key: str
    section: Section
    title: str
    # Plain text, its paragraphs parted by an empty line: the real words, not a bait.
    text: str
    # Where it is on the site, from the first "/".
    path: str
    at: datetime
    # The last day to answer.
    due: date | None = None
    # A page that the letter's signed link may open for this reader, without logging in.
    page_id: int | None = None
    # Dotted name of a function asked when the letter leaves or is read, with the keys of items
    # and the person; it answers those that still stand. Pages are looked after already.
    check: str = ""


@dataclass(frozen=True)
class Offer:
    item: Item
    readers: frozenset[int]


@dataclass(frozen=True)
class Readers:
    """Who might receive a letter, by what decides of what they may read."""

    everybody: frozenset[int]
    members: frozenset[int]
    superusers: frozenset[int]
    # By the number of an authentication group, and of an active association.
    groups: Mapping[int, frozenset[int]] = field(default_factory=dict)
    associations: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def in_groups(self, numbers: Iterable[int]) -> frozenset[int]:
        nobody: frozenset[int] = frozenset()
        return nobody.union(*(self.groups.get(number, nobody) for number in numbers))

    def of_association(self, number: int) -> frozenset[int]:
        return self.associations.get(number, frozenset())


Source = Callable[..., Iterable[Offer]]

# Days before the last one at which what awaits an answer is said again.
STEPS = (1, 7)


def deadline_step(due: date | None, *, on: date) -> str:
    """What to end a key with: another word at each step towards the last day."""
    if due is None:
        return "asked"
    left = (due - on).days
    return next((f"{days} days" for days in STEPS if left <= days), "asked")
