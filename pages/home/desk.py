"""On the first screens: what is to be read before it is published, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import WorkflowState

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter
from pages.base.reviews import pages_to_read, reviews_of
from pages.news.queries import news_to_read
from pages.resources.models import ResourcePage

LATELY = timedelta(days=60)


def to_read(*, at: datetime) -> Matter:
    """What members wrote and somebody reads first: news, then resources, the oldest first."""
    lines = [
        Line(
            page.draft_title or page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            str(page.association or page.owner or ""),
        )
        for page in news_to_read()
    ]
    resources = ResourcePage.objects.filter(pk__in=pages_to_read()).select_related("owner")
    proposals = [
        Line(
            page.draft_title or page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("resource proposed by %(person)s") % {"person": page.owner}
            if page.owner
            else _("resource"),
        )
        for page in resources.order_by("latest_revision_created_at", "pk")
    ]
    lines += proposals
    return Matter(
        key="moderation",
        title=_("To read before it is published"),
        counted=ngettext("text of a member to read", "texts of members to read", len(lines)),
        lines=lines,
        empty=_("Nothing awaits your reading."),
        act=Act(_("Read the first one"), lines[0].path) if lines else None,
        # The editor's home names all that waits to be read.
        path=reverse("wagtailadmin_home") if proposals else reverse("news_follow_up"),
    )


@dataclass(frozen=True)
class Proposed:
    """A resource that somebody proposed, and what the reader wrote about it."""

    page: ResourcePage
    is_read: bool
    comment: str = ""

    @property
    def is_published(self) -> bool:
        return self.page.live


def proposed_by(person: User, *, at: datetime) -> Sequence[Proposed]:
    """The resources that a person proposed: those that wait, and those of these two months."""
    pages = ResourcePage.objects.filter(owner=person, latest_revision_created_at__gt=at - LATELY)
    found = list(pages.order_by("-latest_revision_created_at", "-pk"))
    reviews = reviews_of(found)
    return [_proposed(page, reviews.get(str(page.pk))) for page in found]


def _proposed(page: ResourcePage, review: WorkflowState | None) -> Proposed:
    is_read = review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS
    task = review.current_task_state if review and not is_read else None
    return Proposed(page, is_read=is_read, comment=task.comment if task else "")
