"""Finding what a file belongs to."""

from typing import NamedTuple

from django.core.files.storage import Storage
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionViewRestriction
from wagtail.users.models import UserProfile

from intranet.network.permissions import closed_to

RENDITIONS = "images/"
"""Where Wagtail puts the sizes it makes of an image; the originals are elsewhere."""


class ImageFile(NamedTuple):
    image: AbstractImage
    storage: Storage


def image_file(name: str) -> ImageFile | None:
    """The image that the file of this name is, or is a rendition of, with its collection."""
    image_model = get_image_model()
    if name.startswith(RENDITIONS):
        renditions = image_model.get_rendition_model().objects
        found = renditions.filter(file=name).select_related("image__collection").first()
        return ImageFile(found.image, found.file.storage) if found else None
    image = image_model.objects.filter(file=name).select_related("collection").first()
    return ImageFile(image, image.file.storage) if image else None


def avatar_storage(name: str) -> Storage | None:
    profile = UserProfile.objects.filter(avatar=name).exclude(avatar="").first()
    return profile.avatar.storage if profile else None


def restrictions_on(thing) -> list[CollectionViewRestriction]:
    """The restrictions on reading an image or a document; none means that it is public."""
    return list(thing.collection.get_view_restrictions())


def document(pk: int):
    return get_document_model().objects.filter(pk=pk).select_related("collection").first()


def open_to(files: QuerySet, request: HttpRequest) -> QuerySet:
    """Of these images or documents, those whose collection lets this person in."""
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    for closed in closed_to(restrictions.prefetch_related("groups"), request):
        files = files.exclude(collection__path__startswith=closed.collection.path)
    return files
