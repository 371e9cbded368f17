"""The agenda as a page shows it: months, filters, what is past."""

from datetime import date
from itertools import groupby
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from wagtail.query import PageQuerySet

from intranet.network.models import Territory, Theme
from pages.audience.queries import visible_to

EVENTS_A_PAGE: Final = 30
PAST: Final = "passees"


def agenda(events: Any, request: HttpRequest) -> dict[str, Any]:
    """The coming events by month, or those that are over, with the filters of the list."""
    today = timezone.localdate()
    shows_past = request.GET.get("quand") == PAST
    seen = visible_to(events, request)
    theme = Theme.objects.filter(slug=request.GET.get("theme", "")[:80]).first()
    territory = Territory.objects.filter(code=request.GET.get("territoire", "")[:8]).first()
    found = of_territory_and_theme(seen, territory=territory, theme=theme)
    found = found.past(today) if shows_past else found.coming(today)
    page_obj = Paginator(found, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page_obj": page_obj,
        "months": _by_month(page_obj.object_list, today, shows_past),
        "shows_past": shows_past,
        "theme": theme,
        "territory": territory,
        "themes": list(Theme.objects.filter(pk__in=seen.values("themes")).distinct()),
        "territories": list(Territory.objects.filter(pk__in=seen.values("territories")).distinct()),
    }


def of_territory_and_theme(events: Any, *, territory: Territory | None, theme: Theme | None) -> Any:
    if theme is not None:
        events = events.filter(themes=theme)
    if territory is not None:
        events = events.filter(territories=territory)
    return events


def _by_month(events: PageQuerySet, today: date, shows_past: bool) -> list[tuple[date, list[Any]]]:
    def month(event: Any) -> date:
        # What began before this month and is still on is read under this month.
        day = event.starts_on if shows_past else max(event.starts_on, today)
        return day.replace(day=1)

    return [(first, list(group)) for first, group in groupby(events, key=month)]
