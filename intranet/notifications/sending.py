"""Send what is due, letter after letter, whatever the mail server does."""

import logging
import os
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from intranet.jobs import processes
from intranet.notifications import claims, operations, queries
from intranet.notifications.models import Letter, Reason
from intranet.notifications.postman import Postman, ServerAway
from intranet.notifications.refusals import Refusal, read_refusal
from intranet.notifications.writing import compose

# A job ends before long, so that others have their turn, and is followed by another.
STREAK = 20.0
# Another job is asked for beforehand: should this one be killed, letters do not wait for it.
RELIEF = timedelta(seconds=30)
# A server that hangs up again and again, or cannot be reached, is left alone for a while.
FAILURES_IN_A_ROW = 3

logger = logging.getLogger(__name__)


def send_due_letters(*, streak: float = STREAK) -> None:
    """Send for a while, then have a job carry on when there will be something to send.

    No transaction is held while the server answers.
    """
    began, failures, pause = time.monotonic(), 0, timedelta(0)
    worker = processes.identity(os.getpid())
    now = timezone.now()
    claims.release_lost(at=now, worker=worker)
    if queries.next_sending(at=now) is None:
        return
    relief = operations.ask_for_relief(at=now + RELIEF)
    with Postman() as postman:
        while time.monotonic() - began < streak:
            now = timezone.now()
            if until := queries.burst_ends(at=now):
                pause = until - now
                break
            letter = claims.claim_next(at=now, worker=worker)
            if letter is None:
                break
            failure = _deliver(letter, postman)
            failures = failures + failure if failure else 0
            if failures >= FAILURES_IN_A_ROW:
                pause = settings.LETTER_PAUSES[0]
                break
    operations.let_go(relief)
    _carry_on(pause)


def _carry_on(pause: timedelta) -> None:
    now = timezone.now()
    due = queries.next_sending(at=now)
    if due is not None:
        operations.ask_for_sending(at=max(due, now + pause))


def _deliver(letter: Letter, postman: Postman) -> int:
    """Try one letter; how much the server, not the letter, was the matter."""
    try:
        if letter.is_secret or not queries.is_silent(letter.to):
            message = compose(letter)
        else:
            claims.note_refused(letter, at=timezone.now(), reason=Reason.NOT_RECEIVING)
            return 0
    except (DatabaseError, InterfaceError):
        # The lease gives the letter back, to somebody whose database answers.
        raise
    # A letter that cannot be written must not keep the others from leaving.
    except Exception:
        logger.exception("Letter %s could not be written", letter.pk)
        claims.note_postponed(letter, at=timezone.now(), reason=Reason.UNWRITABLE)
        return 0
    if message is None:
        claims.note_not_needed(letter, at=timezone.now())
        return 0
    try:
        postman.carry(message)
    except ServerAway as error:
        refusal = read_refusal(error.__cause__ or error)  # type: ignore[arg-type]
        _note_away(letter, refusal)
        return FAILURES_IN_A_ROW
    # Backends raise what they like; a letter in hand is never left without a word.
    except Exception as error:
        refusal = read_refusal(error)
        _note(letter, refusal)
        if refusal.ends_conversation:
            postman.hang_up()
        return int(refusal.ends_conversation)
    claims.note_sent(letter, at=timezone.now())
    return 0


def _note_away(letter: Letter, refusal: Refusal) -> None:
    reason = refusal.reason if refusal.reason == Reason.NOT_ALLOWED else Reason.SERVER_AWAY
    # Never the address: logs are read by others than those it belongs to.
    logger.warning("The mail server could not be reached: %s", refusal.answer)
    claims.note_postponed(letter, at=timezone.now(), reason=reason, answer=refusal.answer)


def _note(letter: Letter, refusal: Refusal) -> None:
    logger.warning("Letter %s, attempt %d: %s", letter.pk, letter.attempts, refusal.reason)
    now = timezone.now()
    if not refusal.is_permanent:
        claims.note_postponed(letter, at=now, reason=refusal.reason, answer=refusal.answer)
        return
    claims.note_refused(letter, at=now, reason=refusal.reason, answer=refusal.answer)
    if refusal.blames_the_address:
        operations.mark_silent(
            address=letter.to, reason=refusal.reason, answer=refusal.answer, at=now
        )
