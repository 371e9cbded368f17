"""What the front page shows of the rest of the house."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from intranet.network.models import Association, Territory
from pages.agenda.models import AgendaPage, EventPage
from pages.audience.queries import visible_to
from pages.charter.models import CharterPage
from pages.charter.queries import current_commitments, current_values
from pages.news.models import NewsIndexPage, NewsPage

LATEST_NEWS = 3
NEXT_EVENTS = 3


def on_the_front_page(home: Page, request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    news = visible_to(NewsPage.objects.descendant_of(home), request)
    events = visible_to(EventPage.objects.descendant_of(home), request)
    return {
        "charter": visible_to(CharterPage.objects.child_of(home), request).first(),
        "news_index": visible_to(NewsIndexPage.objects.child_of(home), request).first(),
        "latest_news": news.featured_first(today).for_cards()[:LATEST_NEWS],
        "agenda": visible_to(AgendaPage.objects.child_of(home), request).first(),
        "next_events": events.coming(today)[:NEXT_EVENTS],
        "today": today,
        "figures": network_figures(),
    }


def network_figures() -> dict[str, int]:
    """How large the network is: associations, territories where one acts, what they promise."""
    active = Association.objects.filter(is_active=True)
    return {
        "associations": active.count(),
        "territories": Territory.objects.filter(associations__in=active).distinct().count(),
        "values": current_values().count(),
        "commitments": current_commitments().count(),
    }
