"""On the animator's first screen: the associations that were asked and have not answered."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.desk.contract import Act, Line, Matter
from intranet.templatetags.typography import day
from surveys.campaigns import queries
from surveys.campaigns.models import Participation


def late_answers(*, at: datetime) -> Matter:
    late = queries.all_late_participations(on=timezone.localdate(at))
    lines = [_line(one) for one in late]
    return Matter(
        key="participations",
        title=_("Answers awaited"),
        counted=ngettext(
            "association has not answered", "associations have not answered", len(lines)
        )
        if len({one.association_id for one in late}) == len(lines)
        else ngettext("answer is awaited", "answers are awaited", len(lines)),
        lines=lines,
        empty=_("Every association that was asked has answered."),
        act=Act(_("Remind those who are late"), reverse("remind_late")),
        path=reverse("remind_late"),
    )


def _line(participation: Participation) -> Line:
    campaign = participation.campaign
    words = [campaign.title]
    if campaign.closes_date:
        words.append(_("before %(day)s") % {"day": day(campaign.closes_date)})
    return Line(
        title=str(participation.association),
        path=f"{campaign.get_absolute_url()}?state=unanswered#suivi",
        note=" · ".join(words),
    )
