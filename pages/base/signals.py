"""A page that is published, withdrawn, changed or deleted is read again for the search."""

from typing import Any, Final

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page

from intranet.search.signals import read_again

# What Wagtail writes on a page when its draft is kept: readers see nothing of it.
OF_DRAFTS: Final = frozenset(
    {"latest_revision", "draft_title", "has_unpublished_changes", "latest_revision_created_at"}
)


@receiver(post_save, dispatch_uid="search.page_saved")
def page_saved(
    instance: Any, raw: bool = False, update_fields: frozenset | None = None, **kwargs: Any
) -> None:
    if not isinstance(instance, Page) or raw:
        return
    if update_fields and update_fields <= OF_DRAFTS:
        return
    read_again("pages", instance.pk)


@receiver(post_delete, dispatch_uid="search.page_deleted")
def page_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    # Once for a page, not for each table that it is made of.
    if sender is Page:
        read_again("pages", instance.pk)
