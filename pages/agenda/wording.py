"""When an event is, as French says it."""

from datetime import date, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intranet.templatetags.typography import NO_BREAK
from pages.agenda.models import EventPage


def when(event: EventPage) -> str:
    """« lundi 2 mars 2026, de 18 h à 20 h 30 », « du 2 au 4 mars 2026 »."""
    if event.lasts_several_days:
        return _several_days(event)
    day = _weekday(event.starts_on)
    if event.starts_at is None:
        return day
    if event.ends_at is None:
        return _("%(day)s, at %(time)s") % {"day": day, "time": hour(event.starts_at)}
    return _("%(day)s, from %(start)s to %(end)s") % {
        "day": day,
        "start": hour(event.starts_at),
        "end": hour(event.ends_at),
    }


def _several_days(event: EventPage) -> str:
    if event.starts_at is not None and event.ends_at is not None:
        return _("from %(first)s at %(start)s to %(last)s at %(end)s") % {
            "first": _weekday(event.starts_on),
            "start": hour(event.starts_at),
            "last": _weekday(event.last_day),
            "end": hour(event.ends_at),
        }
    return _("from %(first)s to %(last)s") % {
        "first": _weekday(event.starts_on),
        "last": _weekday(event.last_day),
    }


def hour(moment: time) -> str:
    """18 h, 18 h 30."""
    minutes = f"{NO_BREAK}{moment:%M}" if moment.minute else ""
    return f"{moment.hour}{NO_BREAK}h{minutes}"


def _weekday(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{date_format(day, 'l')} {number}{NO_BREAK}{date_format(day, 'F Y')}"
