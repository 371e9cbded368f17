"""What responses do later, in the background."""

from uuid import UUID

from django.utils import timezone

from surveys.responses import operations, trials, uploads


def send_receipt(response_id: str, user_id: int) -> None:
    operations.send_receipt(response_id=UUID(response_id), user_id=user_id)


def purge_trials() -> None:
    trials.purge_trials(at=timezone.now())


def purge_unused_uploads() -> None:
    uploads.purge_unused_uploads(on=timezone.localdate())
