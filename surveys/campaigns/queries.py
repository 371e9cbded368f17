"""What there is to know about campaigns: who is asked, who answered."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from intranet.accounts.models import User
from intranet.network import permissions as network
from intranet.network.models import Membership
from surveys.campaigns.models import Campaign, Participation, ParticipationQuerySet


def campaigns_of(user: User | AnonymousUser, *, on: date) -> QuerySet[Campaign]:
    """The campaigns a person may see: animators all, members those that have begun."""
    if not network.is_member(user):
        return Campaign.objects.none()
    if network.is_animator(user):
        return Campaign.objects.all()
    return Campaign.objects.begun(on)


def participations_of(user: User | AnonymousUser, on: date) -> ParticipationQuerySet:
    """The participations of the person's associations in campaigns that have begun."""
    if not network.is_member(user):
        return Participation.objects.none()
    return (
        Participation.objects.filter(
            association__memberships__user_id=user.pk,
            association__is_active=True,
            campaign__opens_date__lte=on,
        )
        .select_related("campaign", "association")
        .order_by("campaign__closes_date", "campaign__title", "association__name")
    )


def awaited_participations(user: User | AnonymousUser, on: date) -> ParticipationQuerySet:
    """What the person's associations have still to answer, the most urgent first."""
    return (
        participations_of(user, on)
        .filter(campaign__in=Campaign.objects.open(on))
        .exclude(state=Participation.State.SUBMITTED)
    )


def addresses_of(participation: Participation) -> list[str]:
    """Where to write: the representatives who have an account, else the association itself."""
    representatives = (
        Membership.objects.filter(
            association=participation.association_id,
            role=Membership.Role.REPRESENTATIVE,
            user__is_active=True,
        )
        .order_by("user__email")
        .values_list("user__email", flat=True)
    )
    return list(representatives) or [
        address for address in [participation.association.email] if address
    ]


@dataclass(frozen=True)
class Turnout:
    asked: int
    started: int
    submitted: int
    invited: int
    unreachable: int

    @property
    def waiting(self) -> int:
        """Those that have not even begun."""
        return self.asked - self.started - self.submitted

    @property
    def percent(self) -> int:
        return round(100 * self.submitted / self.asked) if self.asked else 0


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
