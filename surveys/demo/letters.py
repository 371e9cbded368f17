"""The letters of the last weeks, and an outbox in which not everything went well."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from intranet.accounts.models import User
from intranet.digest.operations import write_weekly_letters
from intranet.network.models import Association, Membership
from intranet.network.operations import join
from intranet.notifications.models import Letter, Reason
from intranet.notifications.operations import mark_silent, new_letter, queue_letters

WEEKS = (3, 2, 1)

State = Letter.State

# How letters ended, or wait: state, reason, what the server said, attempts.
ENDS = (
    (State.REFUSED, Reason.NO_SUCH_ADDRESS, "550 5.1.1 User unknown in virtual mailbox table", 1),
    (State.REFUSED, Reason.MAILBOX_FULL, "552 5.2.2 Mailbox over quota", 1),
    (State.REFUSED, Reason.UNWANTED, "550 5.7.1 Message rejected as spam by content scanning", 1),
    (State.GIVEN_UP, Reason.SERVER_AWAY, "timed out", 10),
    (State.WAITING, Reason.POSTPONED, "450 4.2.0 Greylisted, please try again later", 3),
)


def load_letters(*, associations: list[Association], at: datetime) -> None:
    _load_people_without_account(associations, at=at)
    for weeks in WEEKS:
        then = at - timedelta(weeks=weeks)
        write_weekly_letters(on=timezone.localdate(then), at=then)
    # What was asked for in the past left then: the worker of the demo has nothing to do with it.
    Letter.objects.filter(state=State.WAITING, asked_at__lt=at).update(
        state=State.SENT, attempts=1, settled_at=F("asked_at") + timedelta(minutes=2)
    )
    _load_ends(associations, at=at)


def _load_people_without_account(associations: list[Association], *, at: datetime) -> None:
    """Somebody who has not opened the account yet, and somebody whose address is gone."""
    for position, (first_name, last_name, email) in enumerate(
        [("Hawa", "Konaté", "invitee@maillage.example"), ("Yann", "Le Goff", "yann@parti.example")]
    ):
        person = User.objects.create_user(email, None, first_name=first_name, last_name=last_name)
        join(
            user=person,
            association=associations[position + 3],
            role=Membership.Role.CONTRIBUTOR,
        )
    _state, reason, answer, _attempts = ENDS[0]
    mark_silent(address=email, reason=reason, answer=answer, at=at - timedelta(days=20))


def _load_ends(associations: list[Association], *, at: datetime) -> None:
    letters = []
    for number, (state, reason, answer, attempts) in enumerate(ENDS):
        letter = new_letter(
            kind="demo",
            occasion=f"{number}",
            to=associations[-1 - number].email,
            person=None,
            subject="Rencontre du réseau : le compte rendu",
            template="",
            context={},
            at=at - timedelta(hours=number),
        )
        letter.text = "Le compte rendu de la rencontre est sur l'intranet.\n"
        letter.state, letter.reason, letter.answer = state, reason, answer
        letter.attempts = attempts
        if state == State.WAITING:
            letter.due_at = at + timedelta(days=1)
        else:
            letter.settled_at = at - timedelta(minutes=30)
        letters.append(letter)
    queue_letters(letters)
