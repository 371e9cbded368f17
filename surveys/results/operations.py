"""What looking at answers leaves behind: a line in the log that administrators read."""

from wagtail.log_actions import log

from intranet.accounts.models import User
from surveys.campaigns.models import Campaign

ANSWERS_READ = "surveys.answers_read"


def note_reading(*, campaign: Campaign, what: str, by: User | None) -> None:
    """Write down that somebody read unprotected answers; `by` is None for the machine's
    administrator, who uses commands."""
    log(instance=campaign, action=ANSWERS_READ, user=by, data={"what": what})
