"""What the outbox does in the background."""

from django.utils import timezone

from intranet.notifications import operations, sending


def send_letters() -> None:
    sending.send_due_letters()


def purge_letters() -> None:
    operations.purge_letters(at=timezone.now())
