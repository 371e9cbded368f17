"""Which news anybody may read, what a member wrote, what awaits an association."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.query import PageQuerySet

from intranet.accounts.models import User
from intranet.network.models import Association
from pages.audience.circles import Circle
from pages.audience.queries import visible_to, visible_to_all
from pages.news.listing import associations_asked
from pages.news.models import A_YEAR, Acknowledgement, NewsPage, TruthQuestion

QUESTIONS_A_DAY: Final = 3
"""For one author: nobody is sent fifty letters in a night."""


def public_news() -> PageQuerySet:
    """The published news of the public circle, the newest first."""
    return visible_to_all(NewsPage.objects.all()).newest_first()


# -- What a member wrote -----------------------------------------------------------------


class State(StrEnum):
    """What became of an item, for who wrote it."""

    PUBLISHED = "published"
    READ = "read"
    CHANGES = "changes"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Written:
    """An item of one's own: its state, and what its reader asked for."""

    page: NewsPage
    state: State
    comment: str = ""

    @property
    def is_online(self) -> bool:
        """Whether it is read today, even while its next text waits."""
        return self.page.live


def written_by(user: User) -> list[Written]:
    """What a person wrote, the newest first, in a constant number of queries."""
    pages = NewsPage.objects.filter(owner=user).order_by("-date", "-pk")
    found = list(pages.select_related("association", "working_group"))
    reviews = reviews_of(found)
    return [_written(page, reviews.get(str(page.pk))) for page in found]


def written(page: NewsPage) -> Written:
    return _written(page, reviews_of([page]).get(str(page.pk)))


def reviews_of(pages: Iterable[Page]) -> dict[str, WorkflowState]:
    """The reading under way of each page, or that asked for changes."""
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    return {state.object_id: state for state in states.select_related("current_task_state")}


def _written(page: NewsPage, review: WorkflowState | None) -> Written:
    if review is not None:
        if review.status == WorkflowState.STATUS_IN_PROGRESS:
            return Written(page, State.READ)
        task: TaskState | None = review.current_task_state
        return Written(page, State.CHANGES, task.comment if task else "")
    if page.live:
        return Written(page, State.PUBLISHED)
    return Written(page, State.EXPIRED if page.expired else State.WITHDRAWN)


def same_news(*, title: str, by: User, since: datetime) -> NewsPage | None:
    """An item that the person sent with this title a moment ago: a button pressed twice."""
    mine = NewsPage.objects.filter(
        owner=by, draft_title=title, latest_revision_created_at__gte=since
    )
    return mine.order_by("-pk").first()


def news_to_read() -> list[NewsPage]:
    """What members wrote and somebody has to read, the oldest first."""
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    keys = [int(key) for key in waiting.values_list("object_id", flat=True)]
    pages = NewsPage.objects.filter(pk__in=keys).select_related("owner", "association")
    return list(pages.order_by("latest_revision_created_at", "pk"))


# -- Acknowledgements --------------------------------------------------------------------


@dataclass(frozen=True)
class Awaited:
    """An item that one of the person's associations is asked to take note of."""

    page: NewsPage
    association: Association


def awaited_acknowledgements(request: HttpRequest) -> list[Awaited]:
    """What the person's associations have not taken note of, the most urgent first.

    As many queries for one as for many.
    """
    user = request.user
    if not user.is_authenticated:
        return []
    asking = NewsPage.objects.exclude(acknowledge_by=None)
    pages = list(visible_to(asking, request).order_by("acknowledge_by", "pk"))
    if not pages:
        return []
    mine = list(Association.objects.filter(memberships__user=user, is_active=True))
    done = set(
        Acknowledgement.objects.filter(page__in=pages, association__in=mine).values_list(
            "page_id", "association_id"
        )
    )
    return [
        Awaited(page, association)
        for page in pages
        for association in mine
        if (page.pk, association.pk) not in done
    ]


@dataclass(frozen=True)
class Followed:
    """An association asked to take note: when it did, and who said so."""

    association: Association
    acknowledgement: Acknowledgement | None


def followed_acknowledgements(page: NewsPage) -> list[Followed]:
    """Every association that is asked, those that have not answered first."""
    done = {
        one.association_id: one for one in page.acknowledgements.select_related("by", "association")
    }
    asked = {one.pk: one for one in associations_asked(page)}
    # One that left the network, or the group, took note all the same.
    asked |= {pk: one.association for pk, one in done.items()}
    rows = [Followed(association, done.get(association.pk)) for association in asked.values()]
    return sorted(rows, key=lambda row: (row.acknowledgement is not None, row.association.name))


def late_associations(page: NewsPage) -> QuerySet[Association]:
    """Those that have not taken note."""
    done = Acknowledgement.objects.filter(page=page, association=OuterRef("pk"))
    return associations_asked(page).filter(~Exists(done))


def people_asked(page: NewsPage) -> QuerySet[User]:
    """Who may be written to about an item: of an association, not everybody is in the group."""
    people = User.objects.filter(is_active=True)
    if page.circle == Circle.GROUP:
        return people.filter(working_groups=page.working_group_id)
    return people


def addresses_of(
    associations: Iterable[Association], *, about: NewsPage
) -> dict[int, list[tuple[str, User | None]]]:
    """Where to write to each: its members who can log in and may read the item, else itself."""
    associations = list(associations)
    found: dict[int, list[tuple[str, User | None]]] = defaultdict(list)
    people = (
        people_asked(about)
        .filter(memberships__association__in=associations)
        .annotate(association=F("memberships__association"))
    )
    for person in people.order_by("email"):
        found[person.association].append((person.email, person))  # type: ignore[attr-defined]
    if about.circle == Circle.GROUP:
        # What is told to a group is not told to whoever reads an association's letters.
        return found
    for association in associations:
        if association.pk not in found and association.email:
            found[association.pk].append((association.email, None))
    return found


def news_to_acknowledge() -> QuerySet[NewsPage]:
    """The published items that ask to be acknowledged, with how many have."""
    asking = NewsPage.objects.live().exclude(acknowledge_by=None)
    return asking.annotate(answers=Count("acknowledgements")).order_by("-acknowledge_by", "-pk")


# -- Still true? -------------------------------------------------------------------------


def due_questions(*, on: date) -> list[NewsPage]:
    """The items to ask about today: nobody touched them, nor was asked, for a year."""
    asked = TruthQuestion.objects.filter(page=OuterRef("pk"), asked_date__gt=on - A_YEAR)
    old = NewsPage.objects.live().filter(last_published_at__date__lte=on - A_YEAR)
    ask_about: list[NewsPage] = []
    by_author: dict[int | None, int] = defaultdict(int)
    for page in old.filter(~Exists(asked)).select_related("owner").order_by("date", "pk"):
        if by_author[page.owner_id] < QUESTIONS_A_DAY:
            by_author[page.owner_id] += 1
            ask_about.append(page)
    return ask_about


def unanswered_questions() -> QuerySet[TruthQuestion]:
    """The published items whose author was asked, and has not said that they are still true."""
    newest = TruthQuestion.objects.filter(page=OuterRef("page")).order_by("-asked_date")
    return (
        TruthQuestion.objects.filter(page__live=True, pk=Subquery(newest.values("pk")[:1]))
        .exclude(Q(answer=TruthQuestion.Answer.TRUE) | Q(answer=TruthQuestion.Answer.WITHDRAW))
        .select_related("page__owner")
        .order_by("asked_date", "pk")
    )
