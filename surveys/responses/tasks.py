"""What responses do later, in the background."""

from django.utils import timezone

from surveys.responses import trials, uploads


def purge_trials() -> None:
    trials.purge_trials(at=timezone.now())


def purge_unused_uploads() -> None:
    uploads.purge_unused_uploads(on=timezone.localdate())
