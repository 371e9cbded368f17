"""Who holds a letter, and how an attempt to send it ended.

Every change is one conditional update, so that of several workers one wins. `attempts` is the
proof of the claim: the end of an attempt that is no longer the last is ignored.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from intranet.jobs import processes
from intranet.notifications.models import Letter, Reason

# Longer than a mail server may make us wait at every step of one letter. A worker of this
# machine that is dead is known at once.
LEASE = timedelta(minutes=10)
LONGEST_ANSWER = 500

logger = logging.getLogger(__name__)


def claim_next(*, at: datetime, worker: str) -> Letter | None:
    """Take the letter that has to leave first; of those who try at once, one gets it."""
    while letter := Letter.objects.due(at).first():
        free = Letter.objects.filter(
            pk=letter.pk, state=Letter.State.WAITING, attempts=letter.attempts
        )
        changes = {
            "state": Letter.State.SENDING,
            "attempts": letter.attempts + 1,
            "worker": worker,
            "leased_until": at + LEASE,
        }
        if free.update(**changes):
            for field, value in changes.items():
                setattr(letter, field, value)
            return letter
    return None


def release_lost(*, at: datetime, worker: str) -> int:
    """Give back the letters whose worker died with them in its hands; how many there were.

    `worker` begins anew, and holds none: what bears its name is of a start that raised.
    """
    held = Letter.objects.filter(state=Letter.State.SENDING)
    lost = [letter for letter in held if letter.worker == worker or _is_lost(letter, at)]
    for letter in lost:
        note_postponed(letter, at=at, reason=Reason.WORKER_LOST, pause=timedelta(0))
    return len(lost)


def _is_lost(letter: Letter, at: datetime) -> bool:
    if processes.is_here(letter.worker):
        return processes.is_dead(letter.worker)
    return letter.leased_until is None or letter.leased_until < at


def note_sent(letter: Letter, *, at: datetime) -> None:
    """Write down that the letter has left, and tell whoever asked to know."""
    with transaction.atomic():
        settled = _settle(letter, state=Letter.State.SENT, at=at, reason="", answer="")
        if settled and letter.sent_name:
            _tell(letter, at)


def _tell(letter: Letter, at: datetime) -> None:
    try:
        with transaction.atomic():
            import_string(letter.sent_name)(letter, at=at)
    # The letter has left, whatever its room makes of it: undone here, it would leave again.
    except Exception:
        logger.exception("Nobody could be told that letter %s has left", letter.pk)


def note_not_needed(letter: Letter, *, at: datetime) -> None:
    _settle(letter, state=Letter.State.NOT_NEEDED, at=at, reason="", answer="")


def note_refused(letter: Letter, *, at: datetime, reason: str, answer: str = "") -> None:
    _settle(letter, state=Letter.State.REFUSED, at=at, reason=reason, answer=answer)


def note_postponed(
    letter: Letter,
    *,
    at: datetime,
    reason: str,
    answer: str = "",
    pause: timedelta | None = None,
) -> None:
    """Have the letter wait for another attempt, later and later; after the last, give it up."""
    pauses = settings.LETTER_PAUSES
    if letter.attempts > len(pauses):
        _settle(letter, state=Letter.State.GIVEN_UP, at=at, reason=reason, answer=answer)
        return
    if pause is None:
        pause = pauses[letter.attempts - 1]
    _end(
        letter,
        state=Letter.State.WAITING,
        due_at=at + pause,
        reason=reason,
        answer=_storable(answer),
    )


def _settle(letter: Letter, *, state: str, at: datetime, reason: str, answer: str) -> bool:
    emptied = {"text": "", "html": "", "context": {}} if letter.is_secret else {}
    return _end(
        letter, state=state, settled_at=at, reason=reason, answer=_storable(answer), **emptied
    )


def _end(letter: Letter, **changes) -> bool:
    mine = Q(pk=letter.pk, state=Letter.State.SENDING, attempts=letter.attempts)
    held = Letter.objects.filter(mine)
    return bool(held.update(worker="", leased_until=None, **changes))


def _storable(answer: str) -> str:
    clean = answer.replace("\x00", "").encode("utf-8", "replace").decode()
    return " ".join(clean.split())[:LONGEST_ANSWER]
