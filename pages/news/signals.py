"""What follows the publication of news, whoever publishes, from the site or from the editor."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from intranet.accounts.models import User
from pages.news import notifications
from pages.news.models import NewsIndexPage, NewsPage, NewsSettings
from pages.news.moderation import READERS, follow_setting
from pages.news.operations import settle_questions

WAGTAILS_LETTERS: Final = (
    (task_submitted, TaskState, "group_approval_task_submitted", "task_submission"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted", "workflow_submission"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected", "workflow_rejection"),
    (workflow_approved, WorkflowState, "workflow_state_approved", "workflow_approval"),
)
"""The signal, its sender, under what Wagtail connects it, and what it connects."""


def take_the_place_of_wagtails_letters() -> None:
    """News has letters of its own: Wagtail's leave for the other pages only.

    Connected under the names that Wagtail uses, and before it, ours take the place of its own.
    """
    for signal, sender, name, notifier in WAGTAILS_LETTERS:
        signal.connect(
            _unless_it_is_news(getattr(wagtails, f"{notifier}_email_notifier")),
            sender=sender,
            weak=False,
            dispatch_uid=f"{name}_email_notification",
        )


def _unless_it_is_news(notifier: Callable[..., Any]) -> Callable[..., None]:
    def notify(sender: Any, instance: TaskState | WorkflowState, **kwargs: Any) -> None:
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        if _news_of(state) is None:
            notifier(sender=sender, instance=instance, **kwargs)

    return notify


@receiver(page_published, sender=NewsPage)
def follow_text(sender: type[NewsPage], instance: NewsPage, **kwargs: Any) -> None:
    settle_questions(page=instance, at=timezone.now())


@receiver(post_save, sender=NewsSettings)
@receiver(post_save, sender=NewsIndexPage)
def follow_the_setting(instance: Any, created: bool, **kwargs: Any) -> None:
    if isinstance(instance, NewsSettings):
        follow_setting(settings=instance)
    elif created:
        follow_setting(settings=NewsSettings.load())


def _news_of(state: WorkflowState) -> NewsPage | None:
    page = getattr(state.content_object, "specific", None)
    return page if isinstance(page, NewsPage) else None


def _title(page: NewsPage) -> str:
    return page.draft_title or page.title


@receiver(task_submitted)
def tell_readers(sender: Any, instance: TaskState, user: User | None, **kwargs: Any) -> None:
    page = _news_of(instance.workflow_state)
    if page is None:
        return
    people = User.objects.filter(groups__name__in=READERS, is_active=True).distinct()
    others = [person for person in people if user is None or person.pk != user.pk]
    notifications.tell_readers_it_waits(
        page, f"task {instance.pk}", title=_title(page), people=others, at=timezone.now()
    )


@receiver(workflow_rejected)
def tell_author_to_change(
    sender: Any, instance: WorkflowState, user: User | None, **kwargs: Any
) -> None:
    page = _news_of(instance)
    task = instance.current_task_state
    if page is None or task is None:
        return
    notifications.tell_author_what_to_change(
        page,
        f"task {task.pk}",
        title=_title(page),
        comment=task.comment,
        reader=str(user or ""),
        at=timezone.now(),
    )


@receiver(workflow_approved)
@receiver(workflow_cancelled)
def tell_author_of_publication(
    sender: Any, instance: WorkflowState, user: User | None, **kwargs: Any
) -> None:
    """A reader who publishes in the editor ends the reading as well as one who approves."""
    page = _news_of(instance)
    if page is None or (user is not None and user.pk == page.owner_id):
        return
    if page.live and not page.has_unpublished_changes:
        notifications.tell_author_it_is_published(page, f"workflow {instance.pk}", timezone.now())
