"""Opening, following and closing a campaign."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.notifications.models import Letter
from surveys.campaigns import notifications, queries
from surveys.campaigns.models import RESERVED_SLUGS, Campaign, Participation
from surveys.questionnaires.models import Questionnaire

DEFAULT_THRESHOLDS: Final = {Campaign.Kind.SELF_ASSESSMENT: 3, Campaign.Kind.NEEDS_SURVEY: 5}

# The outbox tries for two days: a letter older than that was refused, and waits for another one.
GIVEN_UP_AFTER: Final = timedelta(days=3)


class NothingPublished(Exception):
    """The questionnaire has no published version: there is nothing to ask."""


class AddressTaken(Exception):
    """Another campaign has this slug."""


class ClosesTooEarly(Exception):
    """The last day comes before the first, or before today."""


def threshold_of(kind: str, chosen: int | None) -> int:
    return DEFAULT_THRESHOLDS[Campaign.Kind(kind)] if chosen is None else chosen


@transaction.atomic
def open_campaign(
    *,
    slug: str,
    title: str,
    kind: str,
    questionnaire: Questionnaire,
    opens_date: date,
    closes_date: date | None,
    threshold: int | None = None,
    associations: Iterable[Association] = (),
    message: str = "",
    by: User | None,
    at: datetime,
) -> Campaign:
    """Record the campaign and whom it asks; invite them if it is already open.

    The invitations of a later first day leave that day (see `open_due_campaigns`).
    """
    if not questionnaire.versions.exists():
        raise NothingPublished
    if slug in RESERVED_SLUGS:
        raise AddressTaken
    if closes_date is not None and closes_date < opens_date:
        raise ClosesTooEarly
    campaign = Campaign(
        slug=slug,
        title=title,
        kind=kind,
        questionnaire=questionnaire,
        opens_date=opens_date,
        closes_date=closes_date,
        threshold=threshold_of(kind, threshold),
        message=message,
        created_by=by,
    )
    try:
        with transaction.atomic():
            campaign.save(force_insert=True)
    except IntegrityError as error:
        raise AddressTaken from error
    ask(campaign=campaign, associations=associations, at=at)
    return campaign


@transaction.atomic
def ask(*, campaign: Campaign, associations: Iterable[Association], at: datetime) -> int:
    """Ask these associations too; answer how many were not asked before."""
    before = campaign.participations.count()
    Participation.objects.bulk_create(
        [Participation(campaign=campaign, association=one) for one in associations],
        ignore_conflicts=True,
    )
    if campaign.is_open(timezone.localdate(at)):
        invite(participations=campaign.participations.never_invited(), at=at)
    return campaign.participations.count() - before


def open_due_campaigns(*, at: datetime) -> int:
    """Queue the letters that open campaigns still owe; answer how many are on their way.

    Called every so often: it finds campaigns whose first day came, associations that had no
    address when they were asked and have one now, and letters that nobody received.
    """
    campaigns = Campaign.objects.open(timezone.localdate(at))
    owed = Participation.objects.filter(campaign__in=campaigns)
    given_up = owed.due().filter(invitation_due_at__lt=at - GIVEN_UP_AFTER)
    return invite(participations=[*owed.never_invited(), *given_up], at=at)


@transaction.atomic
def invite(*, participations: Iterable[Participation], at: datetime) -> int:
    """Queue a letter, the first or another, to each that can be reached and has not answered."""
    ids = [participation.pk for participation in participations]
    reached = list(
        Participation.objects.filter(pk__in=ids)
        .unanswered()
        .reachable()
        .select_related("campaign", "association")
    )
    Participation.objects.filter(pk__in=[one.pk for one in reached]).update(invitation_due_at=at)
    addresses = queries.addresses_of([one.association for one in reached])
    notifications.queue_invitations(reached, addresses, at=at)
    return len(reached)


def invitation_is_due(letter: Letter) -> dict[str, Any] | bool:
    """The words of an invitation that is about to leave; False if it is not to leave any more.

    The association has answered, the campaign is closed, another letter was asked for since, or
    the address is no longer theirs.
    """
    participation = (
        Participation.objects.unanswered()
        .filter(
            pk=letter.context["participation"],
            invitation_due_at=datetime.fromisoformat(letter.context["due_at"]),
            campaign__in=Campaign.objects.open(timezone.localdate()),
        )
        .select_related("campaign__created_by", "association")
        .first()
    )
    if participation is None:
        return False
    association = participation.association
    addresses = queries.addresses_of([association])[association.pk]
    if letter.to not in [address for address, _person in addresses]:
        return False
    return notifications.invitation_words(participation.campaign, association)


def invitation_has_left(letter: Letter, *, at: datetime) -> None:
    """It is enough that one address took the letter."""
    Participation.objects.filter(pk=letter.context["participation"]).update(invited_at=at)


def mark_started(*, participation: Participation, at: datetime) -> None:
    Participation.objects.filter(pk=participation.pk, state=Participation.State.ASKED).update(
        state=Participation.State.STARTED, started_at=at
    )
    _reread(participation)


def mark_submitted(*, participation: Participation, at: datetime) -> None:
    """Count the association as having answered. Said twice, the first moment stays."""
    Participation.objects.filter(pk=participation.pk).unanswered().update(
        state=Participation.State.SUBMITTED, submitted_at=at
    )
    _reread(participation)


def _reread(participation: Participation) -> None:
    participation.refresh_from_db(fields=["state", "started_at", "submitted_at"])


def close_campaign(*, campaign: Campaign, on: date) -> None:
    """From `on`, that day included, the campaign takes no response."""
    campaign.closed_date = on
    campaign.save(update_fields=["closed_date"])


def prolong_campaign(*, campaign: Campaign, closes_date: date | None, on: date) -> None:
    """Give the campaign another last day, which reopens it if it was closed."""
    if closes_date is not None and closes_date < max(on, campaign.opens_date):
        raise ClosesTooEarly
    campaign.closes_date = closes_date
    campaign.closed_date = None
    campaign.save(update_fields=["closes_date", "closed_date"])
