"""Who may see what was answered."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may
from surveys.campaigns import permissions as campaigns
from surveys.campaigns.models import Campaign


def may_see_figures(user: User | AnonymousUser, campaign: Campaign, on: date) -> bool:
    """Every member, from the first day of the campaign: figures hide small groups."""
    return may(user, "read", "results") and campaigns.may_see_campaign(user, campaign, on)


def may_read_answers(user: User | AnonymousUser, campaign: Campaign) -> bool:
    """Answers one by one, and what people wrote: those who run campaigns. It is written down."""
    return may(user, "read", "rows")
