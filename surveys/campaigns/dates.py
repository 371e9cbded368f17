"""Days of a campaign, said as people say them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from surveys.campaigns.models import Campaign


def _written(value: date, pattern: str) -> str:
    """French writes "1er mars" but "2 mars"."""
    number = pgettext("first day of a month", "1") if value.day == 1 else str(value.day)
    return " ".join([number, date_format(value, pattern)]) if pattern else number


def day(value: date | None) -> str:
    return _written(value, "F Y") if value else ""


def local_day(moment: datetime | None) -> str:
    """The day of a moment, where the network lives."""
    return day(timezone.localdate(moment)) if moment else ""


def period(campaign: Campaign) -> str:
    """ "from 3 March to 15 April 2026", without saying twice the year or the month."""
    first, last = campaign.opens_date, campaign.closes_date
    if last is None:
        return _("from %(first)s on") % {"first": day(first)}
    if first == last:
        return _("on %(day)s") % {"day": day(first)}
    pattern = "F Y"
    if first.year == last.year:
        pattern = "" if first.month == last.month else "F"
    return _("from %(first)s to %(last)s") % {"first": _written(first, pattern), "last": day(last)}


def time_left(campaign: Campaign, on: date) -> str:
    """What the dates mean today: "12 days left", "closed on 15 April 2026"."""
    if campaign.is_closed(on):
        return _("closed on %(day)s") % {"day": day(campaign.end_date)}
    if campaign.is_planned(on):
        wait = (campaign.opens_date - on).days
        return ngettext("opens tomorrow", "opens in %(count)s days", wait) % {"count": wait}
    left = campaign.days_left(on)
    if left is None:
        return _("open, without a last day")
    if left == 0:
        return _("last day today")
    return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
