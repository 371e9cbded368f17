"""In the weekly letter: the campaigns that await the answer of the person's association."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.digest.contract import Item, Offer, Readers, Section, deadline_step
from surveys.campaigns.models import Campaign, Participation
from surveys.campaigns.queries import awaited_participations

PREFIX = "participation"


def awaited_answers(*, readers: Readers, since: datetime, until: datetime) -> Iterator[Offer]:
    on = timezone.localdate(until)
    awaited = (
        Participation.objects.unanswered()
        .filter(campaign__in=Campaign.objects.open(on), association__is_active=True)
        .select_related("campaign", "association")
    )
    for participation in awaited:
        campaign, association = participation.campaign, participation.association
        step = deadline_step(campaign.closes_date, on=on)
        yield Offer(
            Item(
                key=f"{PREFIX} {participation.pk} {step}",
                section=Section.AWAITING,
                title=campaign.title,
                text=_text(participation),
                path=reverse("fill", args=[campaign.slug, association.slug]),
                at=until,
                due=campaign.closes_date,
                check="surveys.campaigns.digest.still_awaited",
            ),
            readers.of_association(association.pk) & readers.members,
        )


def _text(participation: Participation) -> str:
    asked = _("The answer of %(association)s is awaited.") % {
        "association": participation.association
    }
    return "\n\n".join(part for part in (asked, participation.campaign.message.strip()) if part)


def still_awaited(keys: list[str], *, person: User) -> set[str]:
    """Those whose association has not answered meanwhile."""
    still = awaited_participations(person, timezone.localdate()).values_list("pk", flat=True)
    numbers = {str(number) for number in still}
    return {key for key in keys if key.split()[1] in numbers}
