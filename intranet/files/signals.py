"""A file that somebody uploads in the editor waits for a page, unless it was put elsewhere."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from intranet.files.closing import waiting_collection


@receiver(pre_save, sender=get_document_model())
@receiver(pre_save, sender=get_image_model())
def wait_for_a_page(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    # What a command brings has no sender, and lies where the command says.
    is_sent = instance._state.adding and instance.uploaded_by_user_id is not None
    if not raw and is_sent and instance.collection.is_root():
        instance.collection = waiting_collection()
