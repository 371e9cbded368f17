"""What news needs from time to time, in the background."""

from types import SimpleNamespace
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from intranet.notifications.operations import send_letter
from pages.news import truth


def publish_scheduled() -> None:
    """Wagtail's: what is planned appears, what expires goes. Of all pages, not of news alone."""
    call_command("publish_scheduled", verbosity=0)


def ask_whether_still_true() -> None:
    truth.ask_due_questions(at=timezone.now())


def send_queued_letter(letter: dict[str, Any]) -> None:
    context = letter["context"]
    if letter["check"]:
        checked = import_string(letter["check"])(SimpleNamespace(**letter))
        if checked is False:
            return
        context = checked if isinstance(checked, dict) else context
    send_letter(
        to=letter["to"],
        subject=letter["subject"],
        template=letter["template"],
        context=context,
        language=letter["language"],
    )
