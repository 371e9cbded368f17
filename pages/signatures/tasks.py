"""What signatures do later, in the background."""

from django.utils import timezone

from pages.charter.models import CharterVersion
from pages.signatures import operations


def ask_to_confirm(version_id: int) -> None:
    version = CharterVersion.objects.get(pk=version_id)
    operations.ask_to_confirm(version=version, at=timezone.now())
