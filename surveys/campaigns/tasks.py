"""What campaigns do later, in the background."""

from django.utils import timezone

from surveys.campaigns import operations


def send_invitation(participation_id: int) -> None:
    operations.send_invitation(participation_id=participation_id, at=timezone.now())


def send_due_invitations() -> None:
    """Every so often: first days that came, addresses that were found."""
    operations.open_due_campaigns(at=timezone.now())
