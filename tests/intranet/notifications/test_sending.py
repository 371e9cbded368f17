import os
import smtplib
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail

from intranet.jobs import processes
from intranet.jobs.models import Job
from intranet.notifications import claims, operations, queries
from intranet.notifications.models import Letter, LetterMark, SilentAddress
from tests.intranet.notifications.conftest import queue
from tests.letters import send_letters
from tests.people import NOW

pytestmark = pytest.mark.django_db
State = Letter.State
HERE = __name__


def refused(code: int, words: bytes) -> Exception:
    return smtplib.SMTPRecipientsRefused({"aminata@example.org": (code, words)})


def told(letter, *, at):
    raise RuntimeError("the room that asked is broken")


def test_a_letter_asked_for_twice_is_one(letter):
    assert queue() is None
    assert queue(2) is not None

    send_letters(at=NOW)
    send_letters(at=NOW)

    assert len(mail.outbox) == 2


def test_a_letter_leaves_by_itself_after_the_commit(
    letter, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        queue(2)

    assert len(mailoutbox) == 2


def test_what_is_undone_sends_nothing(mailoutbox, django_capture_on_commit_callbacks):
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert mailoutbox == []
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (refused(550, b"5.1.1 No such user"), State.REFUSED, "no-such-address"),
        (refused(552, b"5.2.2 Over quota"), State.REFUSED, "mailbox-full"),
        (refused(550, b"5.7.1 Policy"), State.REFUSED, "unwanted"),
        (refused(450, b"4.2.0 Greylisted"), State.WAITING, "postponed"),
        (smtplib.SMTPDataError(554, b"Spam"), State.REFUSED, "unwanted"),
        (smtplib.SMTPDataError(451, b"Try again"), State.WAITING, "postponed"),
        (smtplib.SMTPSenderRefused(550, b"Not you", "us@x"), State.WAITING, "not-allowed"),
        (smtplib.SMTPServerDisconnected("gone"), State.WAITING, "interrupted"),
        (TimeoutError("timed out"), State.WAITING, "interrupted"),
        (ConnectionResetError("reset"), State.WAITING, "interrupted"),
    ],
)
def test_what_the_server_says_decides_for_ever_or_for_now(
    letter, server_answers, error, state, reason
):
    with server_answers(error):
        send_letters(at=NOW)

    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.attempts) == (state, reason, 1)
    assert letter.due_at > NOW or state == State.REFUSED


def test_a_refusal_for_now_is_tried_later_and_later_then_given_up(letter, settings):
    settings.LETTER_PAUSES = [timedelta(minutes=1), timedelta(hours=1)]
    waits, moment = [], NOW
    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        side_effect=refused(450, b"4.2.0 Greylisted"),
    ):
        for _ in range(3):
            send_letters(at=moment)
            letter.refresh_from_db()
            waits.append(letter.due_at - moment)
            moment = letter.due_at

    assert waits[:2] == [timedelta(minutes=1), timedelta(hours=1)]
    assert (letter.state, letter.attempts) == (State.GIVEN_UP, 3)
    assert queries.next_sending(at=moment) is None


def test_an_address_that_does_not_exist_is_written_to_no_more(letter, server_answers):
    with server_answers(refused(550, b"5.1.1 No such user")):
        send_letters(at=NOW)
    queue(2)
    send_letters(at=NOW)

    assert mail.outbox == []
    assert Letter.objects.get(occasion="2").reason == "not-receiving"


def test_a_refused_letter_that_is_sent_again_leaves(letter, server_answers):
    with server_answers(refused(550, b"5.1.1 No such user")):
        send_letters(at=NOW)
    letter.refresh_from_db()

    operations.send_again(letter=letter, at=NOW)
    send_letters(at=NOW)

    assert len(mail.outbox) == 1
    assert not SilentAddress.objects.exists()


def test_a_letter_that_was_sent_is_not_sent_again(letter):
    send_letters(at=NOW)
    letter.refresh_from_db()

    with pytest.raises(operations.CannotBeSentAgain):
        operations.send_again(letter=letter, at=NOW)


def test_a_server_that_is_away_is_left_alone_and_asked_again_later(db):
    for number in range(5):
        queue(number)

    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.open", side_effect=ConnectionRefusedError
    ):
        send_letters(at=NOW)

    assert Letter.objects.filter(attempts__gt=0).count() == 1
    [job] = Job.objects.filter(name=operations.SEND, state=Job.State.QUEUED)
    assert job.due_at == NOW + timedelta(minutes=1)


def test_of_two_workers_one_has_the_letter(letter):
    assert claims.claim_next(at=NOW, worker="one").pk == letter.pk
    assert claims.claim_next(at=NOW, worker="other") is None


def test_the_end_of_an_attempt_that_is_no_longer_the_last_is_ignored(letter):
    first = claims.claim_next(at=NOW, worker="elsewhere/1/1")
    later = NOW + claims.LEASE + timedelta(seconds=1)
    claims.release_lost(at=later, worker="me")
    second = claims.claim_next(at=later, worker="me")

    claims.note_refused(first, at=later, reason="refused")

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.worker) == (State.SENDING, 2, "me")
    claims.note_sent(second, at=later)
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_a_worker_of_another_machine_keeps_its_letter_until_its_lease_ends(letter):
    claims.claim_next(at=NOW, worker="elsewhere/1/1")

    assert claims.release_lost(at=NOW + claims.LEASE - timedelta(seconds=1), worker="me") == 0
    assert claims.release_lost(at=NOW + claims.LEASE + timedelta(seconds=1), worker="me") == 1


def test_a_worker_that_died_here_loses_its_letter_at_once(letter):
    claims.claim_next(at=NOW, worker=f"{processes.machine()}/999999999/1")
    assert claims.release_lost(at=NOW, worker="me") == 1

    claims.claim_next(at=NOW, worker=processes.identity(os.getpid()))
    assert claims.release_lost(at=NOW, worker="me") == 0


def test_a_letter_that_has_left_stays_sent_whatever_its_room_makes_of_it(caplog, db):
    queue(after=f"{HERE}.told")

    send_letters(at=NOW)

    assert Letter.objects.get().state == State.SENT


def test_no_more_leave_in_a_minute_than_the_provider_allows(db, settings):
    settings.LETTERS_A_MINUTE = 2
    for number in range(5):
        queue(number)

    send_letters(at=NOW)
    assert len(mail.outbox) == 2
    send_letters(at=NOW + timedelta(seconds=30))
    assert len(mail.outbox) == 2
    send_letters(at=NOW + timedelta(seconds=61))
    assert len(mail.outbox) == 4


def weekly(number: int) -> Letter:
    return operations.new_letter(
        kind="weekly",
        occasion="w",
        to=f"a{number}@example.org",
        person=None,
        subject="La lettre",
        template="letter",
        context={},
        rank=Letter.Rank.BULK,
        at=NOW - timedelta(hours=1),
    )


def test_a_prompt_letter_does_not_wait_behind_many(db):
    assert operations.queue_letters(weekly(number) for number in range(3)) == 3
    assert operations.queue_letters(weekly(number) for number in range(4)) == 1
    queue()

    send_letters(at=NOW)

    assert mail.outbox[0].to == ["aminata@example.org"]


def test_what_was_purged_is_not_sent_a_second_time(letter, settings):
    settings.LETTERS_KEPT_DAYS = 30
    send_letters(at=NOW)
    queue(2, at=NOW + timedelta(days=31))

    assert operations.purge_letters(at=NOW + timedelta(days=29)) == 0
    assert operations.purge_letters(at=NOW + timedelta(days=31)) == 1
    assert queue() is None
    assert Letter.objects.get().occasion == "2"
    assert LetterMark.objects.count() == 1


def test_one_shy_server_is_no_alarm_and_many_are(db):
    for number in range(11):
        queue(number)
    Letter.objects.filter(occasion="1").update(reason="postponed", attempts=1)
    Letter.objects.exclude(occasion="1").update(state=State.GIVEN_UP)
    later = NOW + timedelta(hours=2)
    assert queries.late_letters(at=later).count() == 0

    Letter.objects.update(state=State.WAITING, reason="postponed", attempts=1)
    assert queries.late_letters(at=later).count() == 11


def test_letters_that_wait_too_long_are_late_unless_the_queue_moves(letter):
    later = NOW + timedelta(hours=2)
    assert queries.late_letters(at=NOW).count() == 0
    assert queries.late_letters(at=later).count() == 1

    queue(2, to="benoit@example.org")
    Letter.objects.filter(occasion="2").update(state=State.SENT, settled_at=later)
    assert queries.late_letters(at=later).count() == 0
