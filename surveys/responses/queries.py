"""Reads that the filling in of a questionnaire asks for."""

from uuid import UUID

from django.db.models import QuerySet

from intranet.accounts.models import User
from intranet.network.models import Territory
from intranet.network.queries import representatives_of
from surveys.campaigns.models import Campaign, Participation
from surveys.responses.models import Draft, Response, response_id


def participation_in(campaign_slug: str, association_slug: str) -> Participation | None:
    return (
        Participation.objects.filter(
            campaign__slug=campaign_slug,
            campaign__kind=Campaign.Kind.SELF_ASSESSMENT,
            association__slug=association_slug,
        )
        .select_related("campaign__questionnaire", "association")
        .first()
    )


def needs_survey(slug: str) -> Campaign | None:
    return (
        Campaign.objects.filter(slug=slug, kind=Campaign.Kind.NEEDS_SURVEY)
        .select_related("questionnaire")
        .first()
    )


def representatives_who_send(participation: Participation) -> list[User]:
    people = representatives_of(participation.association).select_related("user")
    return [one.user for one in people.order_by("user__last_name", "user__first_name", "pk")]


def draft_of(participation: Participation) -> Draft | None:
    return _drafts().filter(participation=participation).first()


def draft_with(campaign: Campaign, key: UUID) -> Draft | None:
    return _drafts().filter(campaign=campaign, pk=key).first()


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.select_related("version", "updated_by")


def response_of(participation: Participation) -> Response | None:
    return Response.objects.filter(participation=participation).select_related("version").first()


def response_with(campaign: Campaign, key: UUID) -> Response | None:
    """What was sent with this key, if it was."""
    return Response.objects.filter(campaign=campaign, pk=response_id(key)).first()


def territories_offered() -> QuerySet[Territory]:
    """Where the network's associations are: the official list has more than 1,500 names."""
    return Territory.objects.filter(associations__is_active=True).distinct()
