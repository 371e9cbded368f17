"""What the first screens say: an animator's matters, what is new to read, the installation."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q, Sum
from django.utils.module_loading import import_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from intranet.accounts.models import User
from intranet.desk.contract import Matter, Notice
from intranet.digest.contract import Item
from intranet.digest.queries import readers_among
from intranet.health.operations import Finding
from intranet.health.views import remembered_health
from intranet.jobs.models import Job
from intranet.jobs.queries import last_heartbeat
from intranet.notifications.models import Letter
from intranet.notifications.queries import letters_by_state

LATELY = timedelta(days=14)
NEW_SHOWN = 6


def matters(*, at: datetime) -> list[Matter]:
    """What an animator follows, in the order of the settings."""
    return [import_string(name)(at=at) for name in settings.DESK_SOURCES]


def notices(person: User, *, at: datetime) -> list[Notice]:
    """What is said to a member of what is theirs, in the order of the settings."""
    return [
        notice
        for name in settings.DESK_MEMBER_SOURCES
        for notice in import_string(name)(person, at=at)
    ]


def whats_new(person: User, *, at: datetime) -> Sequence[Item]:
    """What was published lately that this person may read: as the weekly letter would say it."""
    readers = readers_among(User.objects.filter(pk=person.pk))
    found = [
        offer.item
        for name in settings.DESK_NEW_SOURCES
        for offer in import_string(name)(readers=readers, since=at - LATELY, until=at)
        if person.pk in offer.readers
    ]
    return sorted(found, key=lambda item: item.at, reverse=True)[:NEW_SHOWN]


# -- The installation ----------------------------------------------------------------------


@dataclass(frozen=True)
class Installation:
    findings: tuple[Finding, ...]
    heartbeat: datetime | None
    jobs_waiting: int
    jobs_failed: int
    oldest_job: datetime | None
    letters_waiting: int
    letters_refused: int
    files_size: int
    database_size: int | None
    free_space: int | None
    versions: dict[str, str]

    @property
    def is_well(self) -> bool:
        return all(finding.is_well for finding in self.findings)


def installation() -> Installation:
    waiting = Q(state=Job.State.QUEUED)
    jobs = Job.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        failed=Count("pk", filter=Q(state=Job.State.FAILED)),
        oldest=Min("created_at", filter=waiting),
    )
    letters = letters_by_state()
    return Installation(
        findings=remembered_health(),
        heartbeat=last_heartbeat(),
        jobs_waiting=jobs["waiting"],
        jobs_failed=jobs["failed"],
        oldest_job=jobs["oldest"],
        letters_waiting=letters[Letter.State.WAITING] + letters[Letter.State.SENDING],
        letters_refused=letters[Letter.State.REFUSED],
        files_size=_size_of(get_image_model()) + _size_of(get_document_model()),
        database_size=database_size(),
        free_space=free_space(),
        versions={
            "Python": sys.version.split()[0],
            "Django": django.get_version(),
            "Wagtail": wagtail.__version__,
        },
    )


def _size_of(files: Any) -> int:
    return files.objects.aggregate(size=Sum("file_size"))["size"] or 0


def database_size() -> int | None:
    """In bytes; None where the database cannot say."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
    try:
        return os.path.getsize(connection.settings_dict["NAME"])
    except OSError:
        return None


def free_space() -> int | None:
    """Where files are kept; None if they are kept elsewhere than in a folder."""
    try:
        return shutil.disk_usage(settings.MEDIA_ROOT).free
    except OSError:
        return None
