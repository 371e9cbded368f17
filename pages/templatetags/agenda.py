"""What the templates of the agenda ask: when an event is, and where to subscribe."""

from typing import Any

from django import template
from django.urls import reverse

from intranet.network.models import Territory, Theme
from pages.agenda import wording
from pages.agenda.models import EventPage
from pages.agenda.permissions import may_make_calendar

register = template.Library()


@register.filter
def when(event: EventPage) -> str:
    """« lundi 2 mars 2026, de 18 h à 20 h 30 »."""
    return wording.when(event) if event.starts_on else ""


@register.simple_tag(takes_context=True)
def calendar_links(
    context: Any, theme: Theme | None = None, territory: Territory | None = None
) -> dict[str, Any]:
    """The addresses of the calendar and the feed of what a list shows.

    There is one for each theme and each territory: of both, the territory's is given.
    """
    request = context["request"]
    ics, rss = reverse("calendar"), reverse("agenda_feed")
    about: object = ""
    if territory:
        about = territory
        ics = reverse("territory_calendar", args=[territory.code])
        rss = reverse("territory_agenda_feed", args=[territory.code])
    elif theme:
        about = theme
        ics = reverse("theme_calendar", args=[theme.slug])
        rss = reverse("theme_agenda_feed", args=[theme.slug])
    address = request.build_absolute_uri(ics)
    return {
        "about": about,
        "ics": ics,
        "rss": rss,
        "webcal": f"webcal://{address.split('://', 1)[-1]}",
        "has_own": may_make_calendar(request.user) if hasattr(request, "user") else False,
    }
