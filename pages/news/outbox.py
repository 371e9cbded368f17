"""The letters of news, each kept as a job of its own: one for each occasion and address."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from intranet.accounts.models import User
from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue_at


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
    language: str = settings.LANGUAGE_CODE,
) -> Job | None:
    """Have a letter leave once the transaction is committed; None if it was queued before."""
    name = f"letter {kind} {occasion} {to}"[:250]
    if Job.objects.filter(occasion=name).exists():
        return None
    letter = {
        "kind": kind,
        "occasion": occasion,
        "to": to,
        "subject": subject,
        "template": template,
        "context": context,
        "check": check,
        "language": language,
    }
    try:
        with transaction.atomic():
            return enqueue_at(at, "pages.news.tasks.send_queued_letter", letter, occasion=name)
    except IntegrityError:
        return None
