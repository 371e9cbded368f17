"""A page is published, or its circle changes: the documents that it carries follow."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published

from pages.audience.files import keep_in_circle


@receiver(page_published)
def documents_follow_their_page(instance: Page, **kwargs: Any) -> None:
    keep_in_circle(page=instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def documents_follow_the_circle(
    instance: PageViewRestriction,
    signal: Any,
    raw: bool = False,
    created: bool = False,
    **kwargs: Any,
) -> None:
    # The groups of a new restriction are written after it.
    if raw or (created and instance.restriction_type == PageViewRestriction.GROUPS):
        return
    # A page that is deleted takes its restrictions along.
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        keep_in_circle(page=page, opens=signal is post_delete)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def documents_follow_the_groups(
    instance: PageViewRestriction, action: str, reverse: bool, **kwargs: Any
) -> None:
    if action in {"post_add", "post_remove"} and not reverse:
        keep_in_circle(page=instance.page)
