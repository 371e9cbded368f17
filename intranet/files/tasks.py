"""What files need from time to time, in the background."""

from django.utils import timezone

from intranet.files import operations


def purge_held_pictures() -> None:
    operations.purge_held_pictures(at=timezone.now())
