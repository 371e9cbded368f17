"""On the first screens: what nobody took note of yet, and what a member's own news asks for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.accounts.models import User
from intranet.desk.contract import Act, Line, Matter, Notice
from intranet.desk.queries import LATELY
from intranet.network.models import Association, Membership
from intranet.templatetags.typography import day
from pages.audience.circles import Circle
from pages.audience.queries import request_of
from pages.base.reviews import Review, reviews_of_author
from pages.news.models import Acknowledgement, NewsPage, TruthQuestion
from pages.news.queries import awaited_acknowledgements, unanswered_questions
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


# -- For a member --------------------------------------------------------------------------


def to_take_note(person: User, *, at: datetime) -> Iterator[Notice]:
    """What the person's associations are asked to take note of."""
    for one in awaited_acknowledgements(request_of(person)):
        until = _("before %(day)s") % {"day": day(one.page.acknowledge_by)}
        yield Notice(
            title=one.page.title,
            note=f"{one.association} · {until}",
            act=Act(_("Read it and take note"), one.page.get_url() or reverse("my_news")),
            awaits=True,
        )


def still_true(person: User, *, at: datetime) -> Iterator[Notice]:
    """The old items of which the person was asked whether they are still true."""
    for question in unanswered_questions().filter(page__owner=person):
        page = question.page
        published = _("published on %(day)s") % {"day": day(page.date)}
        if question.answer == TruthQuestion.Answer.MEND:
            act = Act(_("Change it"), reverse("news_change", args=[page.pk]))
            note = _("You said that it needs changes · %(published)s")
        else:
            act = Act(
                _("Say whether it is still true"), reverse("news_truth", args=[token_of(question)])
            )
            note = _("Is it still true? · %(published)s")
        yield Notice(title=page.title, note=note % {"published": published}, act=act, awaits=True)


def own_news(person: User, *, at: datetime) -> Iterator[Notice]:
    """The news that the person sent to be read: what became of it."""
    for review in reviews_of_author(NewsPage, person, since=at - LATELY):
        yield Notice(
            title=review.title,
            note=_of_news(review),
            quote=review.comment,
            act=_act_on(review),
            awaits=review.needs_changes,
        )


def _of_news(review: Review) -> str:
    if review.needs_changes:
        return _("Your news: its reader asks for changes")
    if review.is_accepted:
        return _("Your news is published")
    return _("Your news waits to be read by the network")


def _act_on(review: Review) -> Act:
    if review.is_accepted:
        return Act(_("Read it"), review.page.get_url() or reverse("my_news"))
    label = _("Change it") if review.needs_changes else _("See it again")
    return Act(label, reverse("news_change", args=[review.page.pk]))
