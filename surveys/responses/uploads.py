"""Files sent as answers: kept beside the draft, then with the response, then gone with it."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from intranet.files.inspection import LARGEST_FILE, Inspected, RefusedFile, inspected
from surveys.campaigns.models import Campaign
from surveys.questionnaires.definition import Question
from surveys.questionnaires.question_types import InvalidAnswer
from surveys.responses.models import Draft, Response, Trial, Upload

MOST_BESIDE_A_DRAFT = 40
KEPT_UNUSED_FOR = timedelta(days=2)

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Cabinet:
    """The files of one draft, or of one trial, which has no campaign."""

    key: UUID
    on: date
    campaign: Campaign | None = None

    def keep(self, question: Question, file: UploadedFile) -> dict[str, Any]:
        """The value of an answer that is this file. Raises `InvalidAnswer`, as any other."""
        if (file.size or 0) > LARGEST_FILE:
            raise InvalidAnswer("file_too_large", maximum=LARGEST_FILE // 1024 // 1024)
        if Upload.objects.filter(key=self.key).count() >= MOST_BESIDE_A_DRAFT:
            raise InvalidAnswer("too_many_files")
        try:
            found = inspected(file.name or "", file.read(), accepts=question.accepts)
        except RefusedFile as refusal:
            raise InvalidAnswer(refusal.reason, **refusal.params) from None
        upload = Upload(
            campaign=self.campaign,
            key=self.key,
            name=self._name(found),
            type=found.type,
            size=len(found.content),
            kept_since=self.on,
        )
        upload.file.save(upload.id.hex, ContentFile(found.content), save=False)
        upload.save()
        _blur_time(upload)
        return value_of(upload)

    def _name(self, found: Inspected) -> str:
        """People sign the names of their files: an anonymous response keeps none."""
        if self.campaign is None or not self.campaign.is_anonymous:
            return found.name
        word = _("image") if found.type.startswith("image/") else _("document")
        return f"{word}{PurePosixPath(found.name).suffix}"

    def value(self, identity: str) -> dict[str, Any] | None:
        """The value of an answer that this draft was given before."""
        upload = self.upload(identity)
        return value_of(upload) if upload else None

    def upload(self, identity: str) -> Upload | None:
        try:
            return Upload.objects.filter(key=self.key, pk=UUID(identity)).first()
        except (ValueError, AttributeError):
            return None


def value_of(upload: Upload) -> dict[str, Any]:
    return {
        "file": str(upload.pk),
        "name": upload.name,
        "type": upload.type,
        "size": upload.size,
    }


def _blur_time(upload: Upload) -> None:
    """The system notes when a file was written, and backups copy it: say the day only."""
    with suppress(NotImplementedError):
        noon = datetime.combine(upload.kept_since, time(12)).timestamp()
        os.utime(upload.file.path, (noon, noon))


def files_named(document: Document) -> set[str]:
    """The ids of the uploads that a document holds."""
    return {
        value["file"] for value in document.values() if isinstance(value, dict) and "file" in value
    }


@transaction.atomic
def hand_over(*, key: UUID, response: Response) -> None:
    """Give the files of a draft to the response it became; throw away those it does not name.

    Nothing is left of the draft's key, nor of the day: of a response, the week is known.
    """
    uploads = Upload.objects.filter(key=key)
    named = uploads.filter(pk__in=files_named(response.document))
    named.update(key=None, response=response, kept_since=response.week)
    for upload in Upload.objects.filter(response=response):
        _blur_time(upload)
    uploads.delete()


def purge_unused_uploads(*, on: date) -> int:
    """Remove the files of drafts that are gone, and those that an answer names no more.

    A file is left two days: the page that named it last may still be open.
    """
    waiting = Upload.objects.filter(response=None, kept_since__lt=on - KEPT_UNUSED_FOR)
    by_key: dict[UUID | None, list[UUID]] = defaultdict(list)
    for upload_id, key in waiting.values_list("pk", "key"):
        by_key[key].append(upload_id)
    used = _used(key for key in by_key if key is not None)
    unused = [one for ids in by_key.values() for one in ids if str(one) not in used]
    for start in range(0, len(unused), 500):
        Upload.objects.filter(pk__in=unused[start : start + 500], response=None).delete()
    return len(unused)


def _used(keys: Iterable[UUID]) -> set[str]:
    wanted = list(keys)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for model in (Draft, Trial):
            documents = model.objects.filter(pk__in=some).values_list("document", flat=True)
            for document in documents:
                found |= files_named(document)
    return found


@receiver(post_delete, sender=Upload)
def _delete_file(sender: type[Upload], instance: Upload, **kwargs: Any) -> None:
    """The file goes once the row is gone for good: a rollback must find it again."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
