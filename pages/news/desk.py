"""On the animator's first screen: news to read, and what nobody took note of yet."""

from collections import defaultdict
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter
from intranet.network.models import Association, Membership
from intranet.templatetags.typography import day
from pages.audience.circles import Circle
from pages.news.models import Acknowledgement, NewsPage
from pages.news.queries import news_to_read


def to_read(*, at: datetime) -> Matter:
    lines = [
        Line(
            page.draft_title or page.title,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            str(page.association or page.owner or ""),
        )
        for page in news_to_read()
    ]
    return Matter(
        key="moderation",
        title=_("News to read before they are published"),
        counted=ngettext("piece of news to read", "pieces of news to read", len(lines)),
        lines=lines,
        empty=_("No news awaits your reading."),
        act=Act(_("Read the first one"), lines[0].path) if lines else None,
        path=reverse("news_follow_up"),
    )


def to_acknowledge(*, at: datetime) -> Matter:
    """A line for each published item that an association has not taken note of, in its time."""
    asking = list(
        NewsPage.objects.live()
        .filter(acknowledge_by__gte=timezone.localdate(at))
        .order_by("acknowledge_by", "pk")
    )
    missing = _missing(asking)
    lines = [
        Line(page.title, reverse("news_acknowledgements", args=[page.pk]), _note(page, missing))
        for page in asking
        if missing[page.pk]
    ]
    return Matter(
        key="acknowledgements",
        title=_("News to be taken note of"),
        counted=ngettext(
            "piece of news that associations have not taken note of",
            "pieces of news that associations have not taken note of",
            len(lines),
        ),
        lines=lines,
        empty=_("All have taken note of what they were asked to."),
        act=Act(_("See who has not taken note"), lines[0].path) if lines else None,
        path=reverse("news_follow_up"),
    )


def _note(page: NewsPage, missing: dict[int, int]) -> str:
    number = missing[page.pk]
    words = ngettext("%(number)s association left", "%(number)s associations left", number)
    until = _("before %(day)s") % {"day": day(page.acknowledge_by)}
    return f"{words % {'number': number}} · {until}"


def _missing(pages: list[NewsPage]) -> dict[int, int]:
    """How many of those asked have not answered, by page, in as many queries for one as for ten.

    As `associations_asked`: all the active ones, or those of the people of the group.
    """
    active = set(Association.objects.filter(is_active=True).values_list("pk", flat=True))
    groups = _associations_by_group()
    done: defaultdict[int, set[int]] = defaultdict(set)
    rows = Acknowledgement.objects.filter(page__in=pages).values_list("page_id", "association_id")
    for page, association in rows:
        done[page].add(association)
    return {
        page.pk: len(
            (active & groups[page.working_group_id] if page.circle == Circle.GROUP else active)
            - done[page.pk]
        )
        for page in pages
    }


def _associations_by_group() -> defaultdict[int | None, set[int]]:
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    people = User.objects.exclude(working_groups=None)
    rows = Membership.objects.filter(user__in=people).values_list(
        "user__working_groups", "association_id"
    )
    for group, association in rows:
        found[group].add(association)
    return found
