"""What forms do in the background."""

from django.utils import timezone

from pages.contact import operations


def erase_old_answers() -> None:
    operations.erase_old_answers(on=timezone.localdate())
