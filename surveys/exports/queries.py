"""What there is to know about somebody's exports."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from intranet.accounts.models import User
from surveys.campaigns.models import Campaign
from surveys.exports.models import Export

TOO_LONG = timedelta(hours=1)


def exports_of(user: User, campaign: Campaign) -> QuerySet[Export]:
    """What this person asked for, the latest first."""
    return Export.objects.filter(campaign=campaign, requested_by=user).order_by("-requested_at")


def may_be_retried(export: Export, at: datetime) -> bool:
    """Whether it failed, or its job was killed too often to be started again."""
    waiting_for_long = at - export.requested_at > TOO_LONG
    return export.state == Export.State.FAILED or (
        export.state == Export.State.WAITING and waiting_for_long
    )
