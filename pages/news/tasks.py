"""What news needs from time to time, in the background."""

from django.core.management import call_command
from django.utils import timezone

from pages.news import truth


def publish_scheduled() -> None:
    """Wagtail's: what is planned appears, what expires goes. Of all pages, not of news alone."""
    call_command("publish_scheduled", verbosity=0)


def ask_whether_still_true() -> None:
    truth.ask_due_questions(at=timezone.now())
