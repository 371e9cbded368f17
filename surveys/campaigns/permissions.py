"""Who may see campaigns, and who runs them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.network import permissions as network
from surveys.campaigns.models import Campaign


def may_see_campaigns(user: User | AnonymousUser) -> bool:
    return network.is_member(user)


def may_manage_campaigns(user: User | AnonymousUser) -> bool:
    return network.is_member(user) and network.is_animator(user)


def may_see_campaign(user: User | AnonymousUser, campaign: Campaign, on: date) -> bool:
    """Members see a campaign from its first day; those who prepare it, before."""
    if may_manage_campaigns(user):
        return True
    return may_see_campaigns(user) and campaign.opens_date <= on
