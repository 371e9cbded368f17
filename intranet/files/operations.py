"""Photographs that people send: held while they write, then filed until their page is read."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from intranet.accounts.models import User
from intranet.files.closing import waiting_collection
from intranet.files.inspection import LARGEST_FILE, RefusedFile, inspected
from intranet.files.models import HeldPicture

KEPT_UNUSED_FOR: Final = timedelta(days=2)
MOST_HELD: Final = 20
"""By one person: whoever sends one photograph after the other loses the oldest."""


@transaction.atomic
def hold_picture(*, file: UploadedFile, by: User, at: datetime) -> HeldPicture:
    """Keep a photograph until its page is finished. Raises `RefusedFile`."""
    if (file.size or 0) > LARGEST_FILE:
        raise RefusedFile("file_too_large", maximum=LARGEST_FILE // 1024 // 1024)
    found = inspected(file.name or "", file.read(), accepts="image")
    held = HeldPicture(person=by, name=found.name, type=found.type, held_at=at)
    held.file.save(held.id.hex, ContentFile(found.content), save=False)
    held.save()
    older = HeldPicture.objects.filter(person=by).order_by("-held_at", "pk")[MOST_HELD:]
    HeldPicture.objects.filter(pk__in=[one.pk for one in older]).delete()
    return held


@transaction.atomic
def file_picture(*, held: HeldPicture, title: str, by: User) -> AbstractImage:
    """Make an image of a photograph, which waits for its page to be published.

    Its address cannot be guessed from its name.
    """
    suffix = PurePosixPath(held.name).suffix
    with held.file.open("rb") as file:
        picture = get_image_model().objects.create(
            title=title[:255],
            collection=waiting_collection(),
            uploaded_by_user=by,
            file=ImageFile(file, name=f"{uuid4().hex}{suffix}"),
        )
    held.delete()
    return picture


def held_picture(identity: UUID | str, by: User) -> HeldPicture | None:
    """The photograph that this person sent before; nobody else's."""
    try:
        return HeldPicture.objects.filter(pk=UUID(str(identity)), person=by).first()
    except ValueError:
        return None


def purge_held_pictures(*, at: datetime) -> int:
    """Remove the photographs of forms that nobody finished; how many there were."""
    old = HeldPicture.objects.filter(held_at__lt=at - KEPT_UNUSED_FOR)
    return old.delete()[1].get(HeldPicture._meta.label, 0)
