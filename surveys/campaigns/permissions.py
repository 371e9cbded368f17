"""Who may see campaigns, and who runs them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may
from surveys.campaigns.models import Campaign


def may_see_campaigns(user: User | AnonymousUser) -> bool:
    return may(user, "read", "campaign")


def may_manage_campaigns(user: User | AnonymousUser) -> bool:
    return may(user, "manage", "campaign")


def may_follow_participations(user: User | AnonymousUser) -> bool:
    """Who was asked, who is late: whoever looks after the network."""
    return may(user, "follow", "participation")


def may_see_campaign(user: User | AnonymousUser, campaign: Campaign, on: date) -> bool:
    """Members see a campaign from its first day; those who prepare it, before."""
    if may_manage_campaigns(user):
        return True
    return may_see_campaigns(user) and campaign.opens_date <= on
