"""On the first screens: what nobody took note of yet, and what awaits an author."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter, Wait
from intranet.network.models import Association, Membership
from intranet.templatetags.typography import day
from pages.audience.circles import Circle
from pages.news.models import Acknowledgement, NewsPage
from pages.news.queries import sent_back as written_and_sent_back
from pages.news.queries import unanswered_questions
from pages.news.truth import token_of


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


def sent_back(*, person: User, at: datetime) -> Sequence[Wait]:
    """What this person wrote and a reader asked to change, with the reader's words."""
    return [
        Wait(
            about=_("Your news to be changed"),
            title=one.page.draft_title or one.page.title,
            note=one.comment,
            act=Act(_("Change it"), reverse("news_change", args=[one.page.pk])),
        )
        for one in written_and_sent_back(person)
    ]


def still_true(*, person: User, at: datetime) -> Sequence[Wait]:
    """What this person wrote a year ago, and has not said whether it is still true."""
    return [
        Wait(
            about=_("Your news of a year ago"),
            title=question.page.title,
            note=_("Is it still true?"),
            act=Act(_("Answer"), reverse("news_truth", args=[token_of(question)])),
        )
        for question in unanswered_questions().filter(page__owner=person)
    ]
