"""On the animator's first screen: what members propose, and somebody has to read."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, WorkflowState

from intranet.desk.contract import Act, Line, Matter
from pages.base.models import ClassifiedPage


def to_read(*, at: datetime) -> Matter:
    """News and resources alike, the oldest first."""
    lines = [
        Line(
            page.draft_title or page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            " · ".join([_kind(page), *([str(page.owner)] if page.owner else [])]),
        )
        for page in _handed_in()
    ]
    return Matter(
        key="moderation",
        title=_("Proposals to read before they are published"),
        counted=ngettext("proposal to read", "proposals to read", len(lines)),
        lines=lines,
        empty=_("No proposal awaits your reading."),
        act=Act(_("Read the first one"), lines[0].path) if lines else None,
        path=reverse("wagtailadmin_home"),
    )


def _handed_in() -> list[Page]:
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    keys = [int(key) for key in waiting.values_list("object_id", flat=True)]
    pages = Page.objects.filter(pk__in=keys).select_related("owner", "content_type")
    return [
        page
        for page in pages.order_by("latest_revision_created_at", "pk")
        if issubclass(page.specific_class or Page, ClassifiedPage)
    ]


def _kind(page: Page) -> str:
    return str(capfirst(page.specific_class._meta.verbose_name))
