"""Having members' news read before they are published, with Wagtail's workflow."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupApprovalTask,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from intranet.accounts import roles
from intranet.accounts.models import User
from pages.news.models import NewsIndexPage, NewsPage, NewsSettings
from pages.news.permissions import publishes_alone

READERS = (roles.ANIMATOR, roles.EDITOR)


def is_read_first(user: User) -> bool:
    """Whether what this person writes waits for somebody to read it."""
    return NewsSettings.load().members_news_are_read_first and not publishes_alone(user)


def hand_in(*, page: NewsPage, by: User) -> None:
    """Publish the text of a page, or give it to its readers if the network wants it so."""
    revision = page.save_revision(user=by)
    if not is_read_first(by):
        # The right to write was asked of the site; Wagtail knows of no right of members.
        revision.publish(user=by, skip_permission_checks=True)
        return
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    elif state is None and (workflow := page.get_workflow()):
        workflow.start(page, user=by)
    # Otherwise it waits already: whoever reads it finds the newest text.


def give_up(*, page: NewsPage, by: User | None) -> None:
    """Have nobody read a text that its author takes back."""
    if state := page.current_workflow_state:
        state.cancel(user=by)


@transaction.atomic
def follow_setting(*, settings: NewsSettings) -> None:
    """Give the list of news its workflow, or take it away, as the network wants it.

    What waits when it is taken away stays to be read: nothing is published unread.
    """
    index = NewsIndexPage.objects.first()
    if index is None:
        return
    if not settings.members_news_are_read_first:
        WorkflowPage.objects.filter(page=index, workflow=settings.workflow_id).delete()
        return
    workflow = settings.workflow or _new_workflow()
    if settings.workflow_id != workflow.pk:
        NewsSettings.objects.filter(pk=settings.pk).update(workflow=workflow)
        settings.workflow = workflow
    if not workflow.active:
        workflow.active = True
        workflow.save(update_fields=["active"])
    WorkflowPage.objects.update_or_create(page=index, defaults={"workflow": workflow})


def _new_workflow() -> Workflow:
    workflow = Workflow.objects.create(name=_("Reading of members' news"))
    task = GroupApprovalTask.objects.create(name=_("Read by the animators and the editors"))
    task.groups.set(Group.objects.filter(name__in=READERS))
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    return workflow
