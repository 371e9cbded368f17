"""A page is published, moved or withdrawn, or its circle changes: the files it carries follow."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from pages.audience.files import keep_in_circle, withdraw_files


@receiver(page_published)
def files_follow_their_page(instance: Page, **kwargs: Any) -> None:
    keep_in_circle(pages=Page.objects.filter(pk=instance.pk))


@receiver(page_unpublished)
def files_are_withdrawn_with_their_page(instance: Page, **kwargs: Any) -> None:
    withdraw_files(page=instance)


@receiver(post_page_move)
def files_follow_their_page_to_its_new_place(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    was_closed, is_closed = (
        parent.get_view_restrictions().exists()
        for parent in (parent_page_before, parent_page_after)
    )
    keep_in_circle(pages=_from(instance), opens=was_closed and not is_closed)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def files_follow_the_circle(
    instance: PageViewRestriction, signal: Any, raw: bool = False, **kwargs: Any
) -> None:
    is_removed = signal is post_delete
    if raw or (not is_removed and _is_half_written(instance)):
        return
    # A page that is deleted takes its restrictions along.
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        keep_in_circle(pages=_from(page), opens=is_removed)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def files_follow_the_groups(
    instance: PageViewRestriction, action: str, reverse: bool, **kwargs: Any
) -> None:
    is_done = action in {"post_add", "post_remove"} and not reverse
    if is_done and not _is_half_written(instance):
        keep_in_circle(pages=_from(instance.page))


def _from(page: Page) -> Any:
    """A page and those below it, which are closed with it."""
    return Page.objects.descendant_of(page, inclusive=True)


def _is_half_written(restriction: PageViewRestriction) -> bool:
    """The groups of a restriction are written after it, and taken out before others come."""
    is_to_groups = restriction.restriction_type == PageViewRestriction.GROUPS
    return is_to_groups and not restriction.groups.exists()
