from django.utils import timezone

from intranet.invitations import operations


def purge_invitations() -> None:
    operations.purge_invitations(at=timezone.now())
