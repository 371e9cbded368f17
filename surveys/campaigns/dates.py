"""Days of a campaign, said as people say them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.templatetags.typography import day
from surveys.campaigns.models import Campaign


def period(campaign: Campaign) -> str:
    """ "from 3 March to 15 April 2026", without saying twice the year or the month."""
    first, last = campaign.opens_date, campaign.closes_date
    if last is None:
        return _("from %(first)s on") % {"first": day(first)}
    if first == last:
        return _("on %(day)s") % {"day": day(first)}
    return _("from %(first)s to %(last)s") % {"first": _beginning(first, last), "last": day(last)}


def _beginning(first: date, last: date) -> str:
    if first.year != last.year:
        return day(first)
    # The month and the year end the sentence: what is the same there is not said here.
    ending = date_format(first, "F Y" if first.month == last.month else "Y")
    return day(first).removesuffix(ending).rstrip()


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
