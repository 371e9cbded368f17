"""What there is to know about campaigns: who is asked, who answered."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from intranet.accounts.models import User
from intranet.network.models import Association, Membership
from intranet.network.permissions import may_change_association
from intranet.rights.permissions import may
from pages.signatures.queries import Standing, standings_of
from surveys.campaigns.models import (
    RESERVED_SLUGS,
    Campaign,
    Participation,
    ParticipationQuerySet,
    representatives_with_account,
)
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion

OPEN, PLANNED, CLOSED = range(3)
"""The order of the list of campaigns."""

FOLLOW_UP_SORTS: Final[dict[str, list[str | OrderBy]]] = {
    "name": ["association__name", "pk"],
    "submitted": [F("submitted_at").desc(nulls_last=True), "association__name", "pk"],
    "started": [F("started_at").desc(nulls_last=True), "association__name", "pk"],
    "invited": [F("invited_at").asc(nulls_first=True), "association__name", "pk"],
}


def campaigns_of(user: User | AnonymousUser, *, on: date) -> QuerySet[Campaign]:
    """The campaigns a person may see: animators all, members those that have begun."""
    if not may(user, "read", "campaign"):
        return Campaign.objects.none()
    if may(user, "manage", "campaign"):
        return Campaign.objects.all()
    return Campaign.objects.begun(on)


def participations_of(user: User | AnonymousUser, on: date) -> ParticipationQuerySet:
    """The participations of the person's associations in campaigns that have begun."""
    if user.pk is None or not may(user, "read", "campaign"):
        return Participation.objects.none()
    return (
        Participation.objects.filter(
            association__memberships__user_id=user.pk,
            association__is_active=True,
            campaign__opens_date__lte=on,
        )
        # The draft's row serves the tag that says how far it is.
        .select_related("campaign", "association", "draft__version")
        .order_by("campaign__closes_date", "campaign__title", "association__name")
    )


def open_needs_surveys(*, on: date) -> QuerySet[Campaign]:
    """The surveys that residents can answer today."""
    return Campaign.objects.open(on).filter(kind=Campaign.Kind.NEEDS_SURVEY)


def awaited_participations(user: User | AnonymousUser, on: date) -> ParticipationQuerySet:
    """What the person's associations have still to answer, the most urgent first."""
    return (
        participations_of(user, on)
        .filter(campaign__in=Campaign.objects.open(on))
        .exclude(state=Participation.State.SUBMITTED)
    )


def addresses_of(
    associations: Collection[Association],
) -> dict[int, list[tuple[str, User | None]]]:
    """Where to write, by association: its representatives who have an account, else itself."""
    found: dict[int, list[tuple[str, User | None]]] = {one.pk: [] for one in associations}
    representatives = representatives_with_account().filter(association__in=found)
    for membership in representatives.select_related("user").order_by("user__email"):
        found[membership.association_id].append((membership.user.email, membership.user))
    for association in associations:
        if not found[association.pk] and association.email:
            found[association.pk] = [(association.email, None)]
    return found


def active_associations() -> QuerySet[Association]:
    """Whom a campaign may ask."""
    return Association.objects.filter(is_active=True).order_by("name")


def never_asked(campaign: Campaign) -> QuerySet[Association]:
    return active_associations().exclude(participations__campaign=campaign)


def without_address(associations: QuerySet[Association]) -> QuerySet[Association]:
    """Those of them that no letter can reach (see `addresses_of`)."""
    represented = representatives_with_account().filter(association=OuterRef("pk"))
    return associations.filter(~Exists(represented), email="")


def published_questionnaires() -> QuerySet[Questionnaire]:
    """The questionnaires that have a version people could answer."""
    versions = QuestionnaireVersion.objects.filter(questionnaire=OuterRef("pk"))
    return Questionnaire.objects.filter(Exists(versions)).order_by("title")


def free_slug(title: str) -> str:
    """An address made from the title that no campaign has."""
    base = slugify(title)[:70].strip("-") or "campagne"
    taken = {
        *RESERVED_SLUGS,
        *Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True),
    }
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base
    for number in count(2):
        yield f"{base}-{number}"


def listed_campaigns(user: User | AnonymousUser, *, on: date) -> QuerySet[Campaign]:
    """The campaigns a person may see, with their figures: open, then planned, then closed."""
    participations = Participation.objects.filter(campaign=OuterRef("pk")).order_by()
    return (
        campaigns_of(user, on=on)
        .annotate(
            asked=_number_of(participations),
            started=_number_of(participations.filter(state=Participation.State.STARTED)),
            submitted=_number_of(participations.filter(state=Participation.State.SUBMITTED)),
            received=Count("responses"),
            late=F("asked") - F("submitted"),
            rank=Case(
                When(pk__in=Campaign.objects.open(on).values("pk"), then=OPEN),
                When(pk__in=Campaign.objects.planned(on).values("pk"), then=PLANNED),
                default=CLOSED,
            ),
        )
        .prefetch_related(
            Prefetch(
                "participations",
                queryset=participations_of(user, on).order_by("association__name"),
                to_attr="mine",
            )
        )
        .order_by("rank", "-opens_date", "title")
    )


def _number_of(participations: QuerySet[Participation]) -> Coalesce:
    counted = participations.values("campaign").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def followed_participations(
    campaign: Campaign, *, search: str = "", state: str = "", sort: str = "name"
) -> ParticipationQuerySet:
    """The participations of a campaign, as the follow-up shows them.

    `state` is a state, or "unanswered", or "unreachable" (no letter can arrive).
    """
    rows = campaign.participations.with_reach().select_related("association")
    if search:
        rows = rows.filter(association__name__icontains=search)
    if state == "unreachable":
        rows = rows.unreachable()
    elif state == "unanswered":
        rows = rows.unanswered()
    elif state:
        rows = rows.filter(state=state)
    return rows.order_by(*FOLLOW_UP_SORTS[sort])


@dataclass(frozen=True)
class Turnout:
    asked: int
    started: int
    submitted: int
    invited: int
    unreachable: int

    @property
    def reachable(self) -> int:
        return self.asked - self.unreachable

    @property
    def late(self) -> int:
        return self.asked - self.submitted

    @property
    def waiting(self) -> int:
        """Those that have not even begun."""
        return self.asked - self.started - self.submitted

    @property
    def share(self) -> float:
        return self.submitted / self.asked if self.asked else 0.0


def turnout(campaign: Campaign) -> Turnout:
    return Turnout(
        **campaign.participations.with_reach().aggregate(
            asked=Count("pk"),
            started=Count("pk", filter=Q(state=Participation.State.STARTED)),
            submitted=Count("pk", filter=Q(state=Participation.State.SUBMITTED)),
            invited=Count("pk", filter=Q(invited_at__isnull=False)),
            unreachable=Count("pk", filter=Q(is_reachable=False)),
        )
    )


def late_participations(campaign: Campaign) -> ParticipationQuerySet:
    """The associations that were asked and have not answered."""
    return campaign.participations.unanswered().select_related("association")


def all_late_participations(*, on: date) -> ParticipationQuerySet:
    """Those of every campaign under way, the most urgent first."""
    return (
        Participation.objects.filter(
            campaign__in=Campaign.objects.open(on).filter(kind=Campaign.Kind.SELF_ASSESSMENT)
        )
        .unanswered()
        .with_reach()
        .select_related("campaign", "association")
        .order_by(F("campaign__closes_date").asc(nulls_last=True), "association__name", "pk")
    )


def reachable_late_participations(campaign: Campaign) -> ParticipationQuerySet:
    """Those of them that a letter can reach."""
    return late_participations(campaign).reachable()


def sent_participations(user: User | AnonymousUser, on: date) -> ParticipationQuerySet:
    """What the person's associations have sent, the latest first."""
    return (
        participations_of(user, on)
        .filter(state=Participation.State.SUBMITTED)
        .order_by("-submitted_at", "association__name")
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    return (
        user.memberships.filter(association__is_active=True)
        .select_related("association")
        .prefetch_related("association__territories")
        .order_by("association__name")
    )


@dataclass(frozen=True)
class OwnAssociation:
    """Where an association of somebody's stands: its campaigns, and the charter."""

    membership: Membership
    awaited: Sequence[Participation]
    last_sent: Participation | None
    standing: Standing | None
    may_be_changed: bool


def own_associations(
    user: User, *, awaited: Sequence[Participation], sent: Sequence[Participation]
) -> list[OwnAssociation]:
    """One for each association of the person, whatever has already been read of them."""
    standings = {one.association.pk: one for one in standings_of(user)}
    return [
        OwnAssociation(
            membership,
            [one for one in awaited if one.association_id == membership.association_id],
            next((one for one in sent if one.association_id == membership.association_id), None),
            standings.get(membership.association_id),
            may_change_association(user, membership.association),
        )
        for membership in memberships_of(user)
    ]


def open_campaigns_followed_by(user: User, *, on: date) -> QuerySet[Campaign]:
    """For an animator, the campaigns under way with their figures; for others, none."""
    if not may(user, "manage", "campaign"):
        return Campaign.objects.none()
    return listed_campaigns(user, on=on).filter(pk__in=Campaign.objects.open(on).values("pk"))


def same_campaign(*, slug: str, title: str | None, by: User) -> Campaign | None:
    """The campaign that this person has already opened with these words."""
    return Campaign.objects.filter(slug=slug, title=title, created_by=by).first()
