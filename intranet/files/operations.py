"""Photographs that people send: held while they write, then filed where their circle may look."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction

from intranet.accounts.models import User
from intranet.files.inspection import LARGEST_FILE, RefusedFile, inspected
from intranet.files.models import CircleCollection, HeldPicture
from intranet.network.models import WorkingGroup

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
def file_picture(
    *, held: HeldPicture, title: str, collection: Collection, by: User
) -> AbstractImage:
    """Make an image of a photograph that waited. Its address cannot be guessed from its name."""
    suffix = PurePosixPath(held.name).suffix
    with held.file.open("rb") as file:
        picture = get_image_model().objects.create(
            title=title[:255],
            collection=collection,
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


@transaction.atomic
def circle_collection(*, group: WorkingGroup | None = None) -> Collection:
    """The collection that only the members may look into, or only a group."""
    found = CircleCollection.objects.filter(working_group=group).select_related("collection")
    if known := found.first():
        return known.collection
    root = Collection.get_first_root_node()
    name = _("Photographs for %(group)s") % {"group": group} if group else _("Members' photographs")
    collection = root.add_child(instance=Collection(name=name[:255]))
    restriction = CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type=CollectionViewRestriction.GROUPS
        if group
        else CollectionViewRestriction.LOGIN,
    )
    if group:
        restriction.groups.set([group.group])
    CircleCollection.objects.create(collection=collection, working_group=group)
    return collection


@transaction.atomic
def move_to_circle(*, image: AbstractImage, group: WorkingGroup | None, is_public: bool) -> None:
    """Put an image where a circle may see it, and nobody else.

    An image that somebody closed in another collection stays there: it is not for us to open.
    """
    ours = CircleCollection.objects.filter(collection=image.collection_id).exists()
    if is_public:
        wanted = Collection.get_first_root_node() if ours else image.collection
    elif ours or not image.collection.get_view_restrictions().exists():
        wanted = circle_collection(group=group)
    else:
        wanted = image.collection
    if wanted.pk != image.collection_id:
        type(image).objects.filter(pk=image.pk).update(collection=wanted)
        image.collection = wanted


def purge_held_pictures(*, at: datetime) -> int:
    """Remove the photographs of forms that nobody finished; how many there were."""
    old = HeldPicture.objects.filter(held_at__lt=at - KEPT_UNUSED_FOR)
    return old.delete()[1].get(HeldPicture._meta.label, 0)
