"""Is the installation well? Four parts, each tried for real, each with what to do if it is not."""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.jobs.queries import last_heartbeat
from intranet.notifications.queries import late_letters

# A heartbeat comes every few seconds, and every minute at worst while all workers are busy.
FRESH = timedelta(seconds=90)
MAIL_TIMEOUT = 5


@dataclass(frozen=True)
class Finding:
    """What is the matter with one part and what to do about it; empty if it is well."""

    part: str
    complaint: str = ""

    @property
    def is_well(self) -> bool:
        return not self.complaint


def check_health(*, at: datetime) -> list[Finding]:
    database = check_database()
    if database.is_well:
        jobs = check_jobs(at=at)
    else:
        jobs = Finding("jobs", _("Unknown as long as the database is not well."))
    return [database, jobs, check_storage(), check_mail(at=at if database.is_well else None)]


def check_database() -> Finding:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError) as error:
        complaint = _(
            "The database does not answer (%(reason)s): check that it is started and that "
            "DATABASE_URL is right."
        ) % {"reason": first_line(error)}
        return Finding("database", complaint)
    if late:
        return Finding(
            "database",
            _("The tables are older than the product: run “manage.py migrate”."),
        )
    return Finding("database")


def check_jobs(*, at: datetime) -> Finding:
    heartbeat = last_heartbeat()
    if heartbeat is None:
        complaint = _("No background job can run: start “manage.py run_jobs” and leave it running.")
    elif heartbeat < at - FRESH:
        complaint = _(
            "Background jobs have given no sign of life since %(moment)s: start "
            "“manage.py run_jobs” again."
        ) % {"moment": date_format(timezone.localtime(heartbeat), "SHORT_DATETIME_FORMAT")}
    else:
        complaint = ""
    return Finding("jobs", complaint)


def check_storage() -> Finding:
    """Write, read and delete a small file where images, documents and exports go."""
    content = uuid4().hex.encode()
    try:
        name = default_storage.save(f"health-{uuid4().hex}.txt", ContentFile(content))
        try:
            with default_storage.open(name) as file:
                same = file.read() == content
        finally:
            default_storage.delete(name)
    # A storage may be a folder or a service, with errors of its own.
    except Exception as error:
        complaint = _(
            "Files cannot be written (%(reason)s): check MEDIA_ROOT, its rights and the space "
            "left, or the S3 settings."
        ) % {"reason": first_line(error)}
        return Finding("storage", complaint)
    if not same:
        return Finding("storage", _("A file was not read back as it was written: check the disk."))
    return Finding("storage")


def check_mail(*, at: datetime | None = None) -> Finding:
    """Whether the mail server lets us in and, if the database can say so, whether letters leave."""
    try:
        mail = get_connection()
        if isinstance(mail, EmailBackend):
            mail.timeout = MAIL_TIMEOUT
            mail.open()
            mail.close()
    except (OSError, smtplib.SMTPException, ImportError) as error:
        complaint = _(
            "Letters cannot be sent: the mail server %(server)s does not let us in (%(reason)s). "
            "Check EMAIL_URL."
        ) % {"server": settings.EMAIL_HOST, "reason": first_line(error)}
        return Finding("mail", complaint)
    late = late_letters(at=at).count() if at else 0
    if late:
        complaint = ngettext(
            "%(count)d letter has been waiting for more than an hour: see why under Letters, in "
            "the editor.",
            "%(count)d letters have been waiting for more than an hour: see why under Letters, in "
            "the editor.",
            late,
        ) % {"count": late}
        return Finding("mail", complaint)
    return Finding("mail")


def first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0]
