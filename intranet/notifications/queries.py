"""What waits, what was refused, and who cannot be written to."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Lower

from intranet.notifications.models import Letter, LetterMark, LetterQuerySet, Reason, SilentAddress

# A letter that waits for longer is late, unless letters are leaving and its turn is to come.
LATE = timedelta(hours=1)
RECENTLY = timedelta(minutes=10)
# More letters than that, sent back later at once, are our own provider's doing.
A_FEW = 10
BURST = timedelta(minutes=1)


def fingerprint(letter: Letter) -> str:
    words = "\x1f".join([letter.kind, letter.occasion, letter.to.lower()])
    return hashlib.sha256(words.encode()).hexdigest()


def purged_before(letters: Iterable[Letter]) -> set[str]:
    """The fingerprints, among theirs, of letters that were sent and forgotten."""
    prints = [fingerprint(letter) for letter in letters]
    marks = LetterMark.objects.filter(fingerprint__in=prints)
    return set(marks.values_list("fingerprint", flat=True))


def late_letters(*, at: datetime) -> LetterQuerySet:
    """What has waited for too long, and not because one receiving server or two are shy."""
    late = Letter.objects.unfinished().filter(asked_at__lt=at - LATE)
    sent = Letter.objects.filter(state=Letter.State.SENT, settled_at__gt=at - RECENTLY)
    if sent.exists():
        late = late.filter(attempts__gt=0)
    postponed = late.filter(reason=Reason.POSTPONED)
    return late if postponed.count() > A_FEW else late.exclude(reason=Reason.POSTPONED)


def letters_by_state() -> dict[str, int]:
    """How many there are of each state, those without any included."""
    counted = Letter.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(Letter.State.values, 0) | dict(counted)


def next_sending(*, at: datetime) -> datetime | None:
    """When a letter will be due, or its lost worker's lease run out; None if all are settled."""
    waiting = Letter.objects.waiting().order_by("due_at").values_list("due_at", flat=True)
    sending = Letter.objects.filter(state=Letter.State.SENDING, leased_until__isnull=False)
    leases = sending.order_by("leased_until").values_list("leased_until", flat=True)
    return min((moment for moment in [*waiting[:1], *leases[:1]] if moment), default=None)


def burst_ends(*, at: datetime) -> datetime | None:
    """Until when no more may be sent, if as many left in a minute as the setting allows."""
    limit = settings.LETTERS_A_MINUTE
    if not limit:
        return None
    sent = Letter.objects.filter(state=Letter.State.SENT, settled_at__gt=at - BURST)
    leaving = Letter.objects.filter(state=Letter.State.SENDING).count()
    moments = list(sent.order_by("settled_at").values_list("settled_at", flat=True))
    if len(moments) + leaving < limit:
        return None
    return moments[0] + BURST if moments and moments[0] else at + timedelta(seconds=1)


def is_silent(address: str) -> bool:
    return SilentAddress.objects.filter(address__iexact=address).exists()


def silent_addresses(addresses: Iterable[str]) -> dict[str, SilentAddress]:
    """Those of them that do not receive, by their lower-case spelling."""
    wanted = {address.lower() for address in addresses}
    rows = SilentAddress.objects.annotate(plain=Lower("address")).filter(plain__in=wanted)
    return {row.address.lower(): row for row in rows}


def letter_with_message_id(message_id: str) -> Letter | None:
    name = message_id.strip().strip("<>").partition("@")[0]
    try:
        return Letter.objects.filter(pk=UUID(hex=name)).first()
    except ValueError:
        return None


def settled_long_ago(*, before: datetime) -> LetterQuerySet:
    settled = Q(settled_at__lt=before) & ~Q(state__in=[Letter.State.WAITING, Letter.State.SENDING])
    return Letter.objects.filter(settled)
