"""When the letters are written: a morning a week, and each morning for deadlines."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from intranet.digest import operations
from intranet.jobs.models import Job
from intranet.jobs.operations import enqueue_at

# A machine that was off that morning still writes the letter, not a week late.
STILL_GOOD = timedelta(days=2)


def write_due_letters() -> None:
    """Every hour: ask for what this morning owes, once."""
    now = timezone.localtime()
    if now.hour >= settings.DIGEST_HOUR:
        _ask("write_deadline_letters", now.date(), now)
    last = now.date() - timedelta(days=(now.weekday() - settings.DIGEST_WEEKDAY) % 7)
    morning = timezone.make_aware(datetime.combine(last, time(settings.DIGEST_HOUR)))
    if morning <= now < morning + STILL_GOOD:
        _ask("write_weekly_letters", last, now)


def _ask(what: str, on: date, now: datetime) -> None:
    name = f"intranet.digest.tasks.{what}"
    occasion = f"{name} {on.isoformat()}"
    if not Job.objects.filter(occasion=occasion).exists():
        enqueue_at(now, name, on.isoformat(), occasion=occasion)


def write_weekly_letters(on: str) -> None:
    operations.write_weekly_letters(on=date.fromisoformat(on), at=timezone.now())


def write_deadline_letters(on: str) -> None:
    operations.write_deadline_letters(on=date.fromisoformat(on), at=timezone.now())


def purge_digests() -> None:
    operations.purge_digests(at=timezone.now())
