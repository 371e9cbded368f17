"""What campaigns do later, in the background."""

from typing import Final

from django.utils import timezone

from surveys.campaigns import operations

MORNING: Final = 7


def send_due_invitations() -> None:
    """Every so often: first days that came, addresses that were found. Nobody is woken up."""
    now = timezone.now()
    if timezone.localtime(now).hour >= MORNING:
        operations.open_due_campaigns(at=now)
