"""Who may take figures and answers away."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from intranet.accounts.models import User
from intranet.rights.permissions import may
from surveys.campaigns.models import Campaign
from surveys.exports.models import Export
from surveys.results import permissions as results


def may_export(user: User | AnonymousUser, campaign: Campaign, content: str, on: date) -> bool:
    """Figures: whoever sees them on screen. Answers: whoever may read them one by one."""
    if not results.may_see_figures(user, campaign, on) or not may(user, "figures", "export"):
        return False
    return content == Export.Content.FIGURES or may(user, "rows", "export")


def may_download(user: User | AnonymousUser, export: Export, on: date) -> bool:
    """The person who asked, who must still have the right."""
    return may(user, "download", "export", owner=export.requested_by_id) and may_export(
        user, export.campaign, export.content, on
    )


def may_read_files(user: User | AnonymousUser, campaign: Campaign) -> bool:
    """Files are answers: whoever may read them one by one."""
    return results.may_read_answers(user, campaign)
