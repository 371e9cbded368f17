"""What signatures do later, in the background."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

from intranet.notifications.operations import send_letter
from pages.charter.models import CharterVersion
from pages.signatures import operations


def ask_to_confirm(version_id: int) -> None:
    version = CharterVersion.objects.get(pk=version_id)
    operations.ask_to_confirm(version=version, at=timezone.now())


def send_queued_letter(letter: dict[str, Any], message_id: str, check: str) -> None:
    if not check or import_string(check)(letter["context"]):
        send_letter(**letter, message_id=message_id)
