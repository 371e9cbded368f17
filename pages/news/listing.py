"""What the pages of news show: the list and its filters, an item and what it asks of its reader.

The types of page call this; it knows their rows, not their classes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from intranet.accounts.models import User
from intranet.network.models import Association
from intranet.rights.permissions import may
from pages.audience.circles import Circle
from pages.audience.queries import visible_to
from pages.news.filters import chosen_in, filtered, filters_of

NEWS_A_PAGE: Final = 12


@dataclass(frozen=True)
class Asked:
    """One of the reader's associations, and when it took note, if it did."""

    association: Association
    at: datetime | None


def listed(news: Any, request: HttpRequest) -> dict[str, Any]:
    """The news that this person may read, by the filters of the address."""
    chosen = chosen_in(request.GET)
    visible = visible_to(news, request)
    found = filtered(visible, chosen)
    today = timezone.localdate()
    ordered = found.newest_first() if chosen else found.featured_first(today)
    return {
        "page_obj": Paginator(ordered.for_cards(), NEWS_A_PAGE).get_page(request.GET.get("page")),
        "filters": filters_of(visible, chosen),
        "is_filtered": bool(chosen),
        "today": today,
        "may_write": may(request.user, "write", "news"),
        "feed": _feed(chosen),
    }


def _feed(chosen: dict[str, str]) -> str:
    """The feed of what is shown, if it has one: of a territory, of a theme, of everything."""
    if "theme" in chosen:
        return reverse("theme_feed", args=[chosen["theme"]]) if _is_slug(chosen["theme"]) else ""
    if "territoire" in chosen:
        code = chosen["territoire"]
        return reverse("territory_feed", args=[code]) if _is_slug(code) else ""
    return reverse("news_feed")


def _is_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def read(page: Any, request: HttpRequest) -> dict[str, Any]:
    """What an item says of itself, and what it asks of the person who reads it."""
    user = request.user
    return {
        "today": timezone.localdate(),
        "classified_territories": page.territories.all(),
        "classified_themes": page.themes.all(),
        "served": page.commitments.all(),
        "asked": asked_of(page, user) if page.acknowledge_by and user.is_authenticated else [],
        "is_in_doubt": is_in_doubt(page),
        "may_follow": may(user, "follow", "news"),
        "is_mine": user.is_authenticated and page.owner_id == user.pk,
    }


def is_in_doubt(page: Any) -> bool:
    """Whether its author was asked if it is still true, and has not said that it is."""
    question = page.questions.first() if page.pk else None
    return question is not None and question.answer != "true"


def asked_of(page: Any, user: User) -> list[Asked]:
    """The reader's associations that the item asks to take note."""
    at = dict(page.acknowledgements.values_list("association_id", "at"))
    mine = associations_asked(page).filter(memberships__user=user)
    return [Asked(association, at.get(association.pk)) for association in mine]


def associations_asked(page: Any) -> QuerySet[Association]:
    """Those that may read an item, and are asked to take note if it asks anybody."""
    active = Association.objects.filter(is_active=True)
    if page.circle != Circle.GROUP:
        return active
    people = User.objects.filter(working_groups=page.working_group_id)
    return active.filter(Q(memberships__user__in=people)).distinct()
