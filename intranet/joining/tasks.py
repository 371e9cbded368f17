from django.utils import timezone

from intranet.joining import operations


def purge_join_requests() -> None:
    operations.purge_join_requests(at=timezone.now())
