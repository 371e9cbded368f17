"""Pictures, as a table of our own: Wagtail's could not be exchanged for it later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


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
