"""What became of the pages that a member handed in to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, WorkflowState

from intranet.accounts.models import User


@dataclass(frozen=True)
class Review:
    """The last reading of a page: under way, ended well, or asking its author for changes."""

    page: Page
    status: str
    comment: str = ""

    @property
    def title(self) -> str:
        return self.page.draft_title or self.page.title

    @property
    def needs_changes(self) -> bool:
        return self.status == WorkflowState.STATUS_NEEDS_CHANGES

    @property
    def is_accepted(self) -> bool:
        return self.status == WorkflowState.STATUS_APPROVED


def reviews_of_author(model: type[Page], author: User, *, since: datetime) -> list[Review]:
    """What a person handed in that is not settled, or was accepted since; two queries.

    What asks for something comes first, then the newest.
    """
    pages = {str(page.pk): page for page in model.objects.filter(owner=author)}
    states = (
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id__in=pages
        )
        .select_related("current_task_state")
        .order_by("created_at", "pk")
    )
    shown = Q(status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES])
    accepted = Q(status=WorkflowState.STATUS_APPROVED, current_task_state__finished_at__gte=since)
    # The last one of each page is what became of it.
    last = {state.object_id: state for state in states.filter(shown | accepted)}
    found = [_review(pages[key], state) for key, state in reversed(last.items())]
    kept = [one for one in found if one.page.live or not one.is_accepted]
    return sorted(kept, key=lambda one: not one.needs_changes)


def _review(page: Page, state: WorkflowState) -> Review:
    task = state.current_task_state
    asks = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return Review(page, state.status, task.comment if asks and task else "")
