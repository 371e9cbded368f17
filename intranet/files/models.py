"""Pictures, as a table of our own, those that wait for a page, and where closed files lie."""

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Collection


class Picture(AbstractImage):
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the image, as they wish to be named."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # A file is asked for by its name (see `queries.image_file`).
        indexes = [models.Index(fields=["file"], name="picture_by_file")]


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("size of an image")
        verbose_name_plural = _("sizes of an image")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_size",
                violation_error_message=_("This image already has that size."),
            )
        ]
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]


class ClosedCollection(models.Model):
    """A collection of the house: files are put there, and taken out, by the circle of their pages.

    Neither its name nor its place makes it ours, so that an administrator may change both.
    """

    MEMBERS: Final = "members"
    WAITING: Final = "waiting"

    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+")
    readers = models.CharField(_("readers"), max_length=1000)

    class Meta:
        verbose_name = _("closed collection")
        verbose_name_plural = _("closed collections")
        constraints = [
            models.UniqueConstraint(
                fields=["readers"],
                name="one_collection_per_readers",
                violation_error_message=_("These readers already have their collection."),
            )
        ]

    def __str__(self) -> str:
        return str(self.collection)

    @staticmethod
    def of_groups(groups: Iterable[int]) -> str:
        """How `readers` names some of Django's groups."""
        return "groups:" + ",".join(str(pk) for pk in sorted(groups))


class HeldPicture(models.Model):
    """A photograph that somebody sent with a form that is not finished: theirs alone.

    It is checked and without what betrays who took it, and where.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(_("file"), upload_to="held", max_length=100)
    name = models.CharField(_("name"), max_length=200)
    type = models.CharField(_("type"), max_length=100)
    held_at = models.DateTimeField(_("sent at"), db_index=True)

    class Meta:
        verbose_name = _("photograph that waits")
        verbose_name_plural = _("photographs that wait")

    def __str__(self) -> str:
        return self.name


@receiver(post_delete, sender=HeldPicture)
def _delete_file(sender: type[HeldPicture], instance: HeldPicture, **kwargs: Any) -> None:
    """The file goes once the row is gone for good: a rollback must find it again."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
