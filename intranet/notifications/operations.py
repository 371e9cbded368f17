"""Ask for letters in one's own transaction; have them sent, sent again, forgotten."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue_at
from intranet.notifications import queries
from intranet.notifications.bounces import Bounce
from intranet.notifications.models import Letter, LetterMark, SilentAddress

SEND = "intranet.notifications.tasks.send_letters"
A_BATCH = 500
# Longer than anything that might ask for the same letter again.
KEEP_MARKS = timedelta(days=800)


class CannotBeSentAgain(Exception):
    """The letter was not refused, or what it held was emptied."""


def queue_letter(
    *,
    kind: str,
    occasion: str,
    to: str,
    person: AbstractBaseUser | None,
    subject: str,
    template: str,
    context: dict[str, Any],
    check: str = "",
    after: str = "",
    at: datetime,
    language: str = settings.LANGUAGE_CODE,
) -> Letter | None:
    """Have one letter sent after the commit; None if that letter was asked for before.

    `kind` and `occasion` name the letter for ever: the same of both to the same address is the
    same letter. `check` is the dotted name of a function that is given the letter when it is
    about to leave, and answers False (no longer needed), True, or a fresh context; `after` that
    of one that is told, with `at`, once it has left. Both may be called more than once.
    """
    letter = new_letter(
        kind=kind,
        occasion=occasion,
        to=to,
        person=person,
        subject=subject,
        template=template,
        context=context,
        check=check,
        after=after,
        at=at,
        language=language,
    )
    return letter if queue_letters([letter]) else None


def queue_secret_letter(
    *,
    kind: str,
    to: str,
    person: AbstractBaseUser | None,
    subject: str,
    text: str,
    html: str,
    check: str = "",
    at: datetime,
) -> Letter:
    """Have a letter sent as it is written, and its words emptied as soon as it is settled."""
    letter = Letter(
        kind=kind,
        occasion=uuid.uuid4().hex,
        to=to,
        person_id=person.pk if person else None,
        subject=_one_line(subject),
        text=text,
        html=html,
        is_secret=True,
        check_name=check,
        asked_at=at,
        due_at=at,
    )
    queue_letters([letter])
    return letter


def new_letter(
    *,
    kind: str,
    occasion: str,
    to: str,
    person: AbstractBaseUser | None,
    subject: str,
    template: str,
    context: dict[str, Any],
    check: str = "",
    after: str = "",
    at: datetime,
    language: str = settings.LANGUAGE_CODE,
    rank: int = Letter.Rank.PROMPT,
) -> Letter:
    """A letter for `queue_letters`; the words are those of `queue_letter`."""
    return Letter(
        kind=kind,
        occasion=occasion,
        to=to,
        person_id=person.pk if person else None,
        subject=_one_line(subject),
        template=template,
        context=json.loads(json.dumps(context, cls=DjangoJSONEncoder)),
        check_name=check,
        sent_name=after,
        language=language,
        rank=rank,
        asked_at=at,
        due_at=at,
    )


def queue_letters(letters: Iterable[Letter]) -> int:
    """Have many letters sent after the commit; how many had not been asked for before."""
    letters = list(letters)
    new = 0
    with transaction.atomic():
        for start in range(0, len(letters), A_BATCH):
            new += _store(letters[start : start + A_BATCH])
        if new:
            transaction.on_commit(_ask_now)
    return new


def _store(letters: list[Letter]) -> int:
    purged = queries.purged_before(letters)
    wanted = [letter for letter in letters if queries.fingerprint(letter) not in purged]
    Letter.objects.bulk_create(wanted, ignore_conflicts=True)
    return Letter.objects.filter(pk__in=[letter.pk for letter in wanted]).count()


def _ask_now() -> None:
    ask_for_sending(at=timezone.now())


def ask_for_sending(*, at: datetime) -> None:
    """Have a job send letters at that moment, unless one will before."""
    asked = Job.objects.filter(name=SEND, state=Job.State.QUEUED)
    if not asked.filter(due_at__lte=at).exists():
        asked.filter(due_at__gt=at).delete()
        enqueue_at(at, SEND)


def ask_for_relief(*, at: datetime) -> Job | None:
    """Have a job ready should the running one be killed; None if one was asked for before."""
    if Job.objects.filter(name=SEND, state=Job.State.QUEUED).exists():
        return None
    return enqueue_at(at, SEND)


def let_go(relief: Job | None) -> None:
    """The running job has come to its end: whoever stood by need not start."""
    if relief is not None:
        Job.objects.filter(pk=relief.pk, state=Job.State.QUEUED).delete()


@transaction.atomic
def send_again(*, letter: Letter, at: datetime) -> None:
    """Have a refused letter tried anew; its address is believed to receive."""
    if not letter.can_be_sent_again:
        raise CannotBeSentAgain
    write_again(address=letter.to)
    Letter.objects.filter(pk=letter.pk, state=letter.state).update(
        state=Letter.State.WAITING,
        attempts=0,
        asked_at=at,
        due_at=at,
        settled_at=None,
        reason="",
        answer="",
    )
    transaction.on_commit(partial(ask_for_sending, at=at))


def mark_silent(*, address: str, reason: str, answer: str, at: datetime) -> None:
    """Send nothing more to an address from which letters come back."""
    SilentAddress.objects.bulk_create(
        [SilentAddress(address=address.lower(), since=at, reason=reason, answer=answer[:500])],
        ignore_conflicts=True,
    )


def write_again(*, address: str) -> None:
    SilentAddress.objects.filter(address__iexact=address).delete()


@transaction.atomic
def record_bounce(*, bounce: Bounce, at: datetime) -> Letter | None:
    """Note that a letter came back; None if it is not one of ours."""
    letter = queries.letter_with_message_id(bounce.message_id)
    if letter is None or not bounce.has_failed:
        return letter
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.REFUSED,
        settled_at=at,
        reason=bounce.reason,
        answer=bounce.answer[:500],
        worker="",
        leased_until=None,
    )
    if bounce.blames_the_address:
        mark_silent(address=letter.to, reason=bounce.reason, answer=bounce.answer, at=at)
    letter.refresh_from_db()
    return letter


def purge_letters(*, at: datetime) -> int:
    """Forget what was settled long ago, but not that it was; how many letters were forgotten."""
    before = at - timedelta(days=settings.LETTERS_KEPT_DAYS)
    forgotten = 0
    while letters := list(queries.settled_long_ago(before=before).defer("context")[:A_BATCH]):
        marks = [LetterMark(fingerprint=queries.fingerprint(one), purged_at=at) for one in letters]
        with transaction.atomic():
            LetterMark.objects.bulk_create(marks, ignore_conflicts=True)
            Letter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()
        forgotten += len(letters)
    LetterMark.objects.filter(purged_at__lt=at - KEEP_MARKS).delete()
    return forgotten


def _one_line(subject: str) -> str:
    """A line break in a subject would begin another header."""
    return " ".join(subject.split())[:250]
