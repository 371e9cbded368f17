"""Writing the letters of a week, choosing one's rhythm, forgetting."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import override

from intranet.accounts.models import User
from intranet.digest import queries
from intranet.digest.contract import Item, Offer, Section
from intranet.digest.letters import rank, subject_of
from intranet.digest.models import DigestEntry, DigestLetter, DigestPreference
from intranet.notifications.models import Letter
from intranet.notifications.operations import new_letter, queue_letters

TEMPLATE = "intranet/digest/letters/weekly"
WORDS = "intranet.digest.letters.words_of"
# What was published before was seen on the site; who joins is told of the last two weeks.
WINDOW = timedelta(days=28)
FIRST_WINDOW = timedelta(days=14)
# A section that overflows goes on next week, oldest first left out.
LONGEST_SECTION = 10
A_BATCH = 500

Rhythm = DigestPreference.Rhythm


@dataclass
class Tally:
    letters: int = 0
    empty: int = 0
    # Who had that letter already.
    done: int = 0


def weekly_occasion(on: date) -> str:
    year, week, _day = on.isocalendar()
    return f"weekly {year}-W{week:02}"


def daily_occasion(on: date) -> str:
    return f"daily {on.isoformat()}"


def end_of(on: date, *, at: datetime) -> datetime:
    """Until when the letter of that day looks: now, or the end of another day."""
    if on == timezone.localdate(at):
        return at
    return timezone.make_aware(datetime.combine(on, time.max))


def write_weekly_letters(*, on: date, at: datetime) -> Tally:
    """Write and queue the letter of that week for everybody who wants one and has none yet."""
    return _write(
        rhythm=Rhythm.WEEKLY, occasion=weekly_occasion(on), until=end_of(on, at=at), at=at
    )


def write_deadline_letters(*, on: date, at: datetime) -> Tally:
    """The same for those who want deadlines only, a day."""
    return _write(
        rhythm=Rhythm.DEADLINES, occasion=daily_occasion(on), until=end_of(on, at=at), at=at
    )


def _write(*, rhythm: str, occasion: str, until: datetime, at: datetime) -> Tally:
    people = queries.people_at(rhythm)
    offered = _offered(_offers(people, until, deadlines_only=rhythm == Rhythm.DEADLINES))
    tally = Tally()
    numbers = sorted(people.values_list("pk", flat=True))
    for start in range(0, len(numbers), A_BATCH):
        _write_batch(numbers[start : start + A_BATCH], offered, occasion, until, at, tally)
    return tally


def _offers(people, until: datetime, *, deadlines_only: bool) -> list[Offer]:
    readers = queries.readers_among(people)
    with override(settings.LANGUAGE_CODE):
        return [
            offer
            for name in settings.DIGEST_SOURCES
            for offer in import_string(name)(readers=readers, since=until - WINDOW, until=until)
            if not deadlines_only or offer.item.section == Section.AWAITING
        ]


Offered = list[tuple[DigestEntry, frozenset[int]]]


def _offered(offers: list[Offer]) -> Offered:
    """The offers with their rows, in the order in which they are read.

    A row follows what it tells of: a word that was corrected is corrected there too.
    """
    readers: dict[str, frozenset[int]] = {}
    for offer in offers:
        readers[offer.item.key] = readers.get(offer.item.key, frozenset()) | offer.readers
    DigestEntry.objects.bulk_create(
        [_entry(item) for item in {offer.item.key: offer.item for offer in offers}.values()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["title", "text", "path", "due_date", "page_id"],
    )
    entries = sorted(DigestEntry.objects.filter(key__in=readers), key=rank)
    return [(entry, readers[entry.key]) for entry in entries]


def _entry(item: Item) -> DigestEntry:
    return DigestEntry(
        key=item.key,
        section=item.section,
        title=item.title[:255],
        text=item.text,
        path=item.path,
        at=item.at,
        due_date=item.due,
        page_id=item.page_id,
        check_name=item.check,
    )


@transaction.atomic
def _write_batch(
    numbers: list[int],
    offered: Offered,
    occasion: str,
    until: datetime,
    at: datetime,
    tally: Tally,
) -> None:
    # Two runs at once wait for each other, and the second finds what the first wrote.
    locked = User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=numbers)
    people = {person.pk: person for person in locked.order_by("pk")}
    done = set(
        DigestLetter.objects.filter(occasion=occasion, person__in=numbers).values_list(
            "person_id", flat=True
        )
    )
    known = queries.sent_before(numbers, at=at)
    written: list[tuple[DigestLetter, list[DigestEntry]]] = []
    for number, person in people.items():
        if number in done:
            tally.done += 1
            continue
        chosen = _chosen(number, offered, known.get(number), until)
        if not chosen:
            tally.empty += 1
            continue
        letter = DigestLetter(
            person=person, occasion=occasion, entries=[one.pk for one in chosen], made_at=until
        )
        written.append((letter, chosen))
    DigestLetter.objects.bulk_create(letter for letter, _chosen in written)
    tally.letters += queue_letters(_post(letter, chosen, at) for letter, chosen in written)


def _chosen(
    number: int, offered: Offered, known: Collection[int] | None, until: datetime
) -> list[DigestEntry]:
    """What this person may read, was never sent, and fits."""
    since = until - (FIRST_WINDOW if known is None else WINDOW)
    counts: dict[str, int] = {}
    chosen = []
    for entry, readers in offered:
        if number not in readers or (known and entry.pk in known):
            continue
        if entry.section != Section.AWAITING and entry.at <= since:
            continue
        counts[entry.section] = counts.get(entry.section, 0) + 1
        if counts[entry.section] <= LONGEST_SECTION:
            chosen.append(entry)
    return chosen


def _post(letter: DigestLetter, chosen: list[DigestEntry], at: datetime) -> Letter:
    person = letter.person
    with override(settings.LANGUAGE_CODE):
        subject = subject_of(chosen)
    return new_letter(
        kind="weekly-letter",
        occasion=letter.occasion,
        to=person.email,
        person=person,
        subject=subject,
        template=TEMPLATE,
        context={"letter": letter.pk.hex},
        check=WORDS,
        at=at,
        rank=Letter.Rank.BULK,
    )


def choose_rhythm(*, person: User, rhythm: str, at: datetime) -> None:
    DigestPreference.objects.update_or_create(
        person=person, defaults={"rhythm": rhythm, "changed_at": at}
    )


def purge_digests(*, at: datetime) -> int:
    """Forget letters so old that what they told cannot be offered again."""
    old = at - queries.MEMORY
    _, deleted = DigestLetter.objects.filter(made_at__lt=old).delete()
    DigestEntry.objects.filter(at__lt=old, due_date=None).delete()
    DigestEntry.objects.filter(due_date__lt=old.date()).delete()
    return deleted.get(DigestLetter._meta.label, 0)
