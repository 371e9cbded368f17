"""Letters queued one by one: the job of each sends it, and has the same Message-ID each time."""

from datetime import datetime
from typing import Any

from intranet.accounts.models import User
from intranet.jobs.operations import enqueue


def queue_letter(
    *,
    kind: str,
    occasion: str,
    to: str,
    person: User | None,
    subject: str,
    template: str,
    context: dict[str, Any],
    check: str = "",
    at: datetime,
    language: str = "fr",
) -> None:
    message_id = f"{kind}-{occasion}-{person.pk if person else 0}"
    enqueue(
        "pages.signatures.tasks.send_queued_letter",
        {"to": to, "subject": subject, "template": template, "context": context},
        message_id,
        check,
    )
