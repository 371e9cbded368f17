"""What is read by somebody before it is published, whatever the kind of page."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState


def reviews_of(pages: Iterable[Page]) -> dict[str, WorkflowState]:
    """The reading under way of each page, or that asked for changes, by its number in a string."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return {state.object_id: state for state in states.select_related("current_task_state")}


def pages_to_read() -> list[int]:
    """The numbers of the pages that wait to be read."""
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return [int(key) for key in waiting.values_list("object_id", flat=True)]
