"""Calendars to subscribe to, feeds to follow, and the address of one's own calendar."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Site

from intranet.accounts.models import User
from intranet.network.models import Territory, Theme
from pages.agenda import operations, queries
from pages.agenda.calendars import calendar_of
from pages.agenda.models import AgendaPage, CalendarKey, EventPage
from pages.agenda.permissions import may_make_calendar
from pages.agenda.wording import when

EVENTS_IN_THE_FEED = 30


def _answer(content: bytes, file_name: str, *, private: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    response["Cache-Control"] = "private, no-store" if private else "public, max-age=900"
    if private:
        response["X-Robots-Tag"] = "noindex"
    return response


def _name(request: HttpRequest, about: object = "") -> str:
    site = Site.find_for_request(request)
    name = _("Agenda of the network %(name)s") % {"name": site.site_name if site else ""}
    return f"{name} · {about}" if about else name


@require_safe
def whole_calendar(request: HttpRequest) -> HttpResponse:
    """What is public, whoever asks: programs that subscribe have no session."""
    events = queries.public_events()
    content = calendar_of(events, name=_name(request), reader=AnonymousUser())
    return _answer(content, "agenda")


@require_safe
def theme_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    theme = get_object_or_404(Theme, slug=slug)
    events = queries.public_events(theme=theme)
    content = calendar_of(events, name=_name(request, theme), reader=AnonymousUser())
    return _answer(content, f"agenda-{slug}")


@require_safe
def territory_calendar(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_object_or_404(Territory, code=code)
    events = queries.public_events(territory=territory)
    content = calendar_of(events, name=_name(request, territory), reader=AnonymousUser())
    return _answer(content, f"agenda-{code}")


@require_safe
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One event, for who may read its page."""
    event = queries.event_for(uid, request)
    if event is None:
        raise Http404
    content = calendar_of([event], name=event.title, reader=request.user)
    return _answer(content, event.slug, private=True)


@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What a person may read, for whoever has the address that they were given."""
    person = queries.owner_of(token)
    if person is None:
        raise Http404
    content = calendar_of(queries.events_of(person), name=_name(request), reader=person)
    return _answer(content, "agenda", private=True)


# -- One's own address ---------------------------------------------------------------------


@login_required
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    if not may_make_calendar(request.user):
        raise PermissionDenied
    key = CalendarKey.objects.filter(person=cast(User, request.user)).first()
    address = ""
    if key is not None:
        path = reverse("personal_calendar", args=[queries.address_token(key)])
        address = request.build_absolute_uri(path)
    context = {"key": key, "address": address, "subscription": _webcal(address)}
    response = render(request, "pages/agenda/my_calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _webcal(address: str) -> str:
    return f"webcal://{address.split('://', 1)[-1]}" if address else ""


@login_required
@require_POST
def change_my_calendar(request: HttpRequest) -> HttpResponse:
    if not may_make_calendar(request.user):
        raise PermissionDenied
    person = cast(User, request.user)
    if request.POST.get("action") == "revoke":
        operations.revoke_calendar_address(person=person)
        messages.success(request, _("The address opens nothing any more."))
    else:
        operations.make_calendar_address(person=person, at=timezone.now())
        messages.success(
            request, _("Here is your address. If you had another one, it opens nothing any more.")
        )
    return redirect("my_calendar")


# -- Feeds ----------------------------------------------------------------------------------


class AgendaFeed(Feed):
    """The coming public events, whoever asks."""

    feed_type = Rss201rev2Feed
    language = "fr"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        about: dict[str, Theme | Territory] = {}
        if slug := kwargs.get("slug"):
            about = {"theme": get_object_or_404(Theme, slug=slug)}
        if code := kwargs.get("code"):
            about = {"territory": get_object_or_404(Territory, code=code)}
        return {"about": about, "name": _name(request, *about.values())}

    def title(self, found: dict[str, Any]) -> str:
        return found["name"]

    def description(self, found: dict[str, Any]) -> str:
        return _("The coming events of the network.")

    def link(self, found: dict[str, Any]) -> str:
        agenda = AgendaPage.objects.live().first()
        return (agenda.full_url if agenda else None) or "/"

    def items(self, found: dict[str, Any]) -> list[EventPage]:
        events = queries.public_events(**found["about"]).coming(timezone.localdate())
        return list(events[:EVENTS_IN_THE_FEED])

    def item_title(self, item: EventPage) -> str:
        return (
            _("Cancelled: %(title)s") % {"title": item.title} if item.is_cancelled else item.title
        )

    def item_description(self, item: EventPage) -> str:
        return "\n".join(line for line in (when(item), item.place, item.summary) if line)

    def item_link(self, item: EventPage) -> str:
        return item.full_url or "/"

    def item_guid(self, item: EventPage) -> str:
        return str(item.uid)

    item_guid_is_permalink = False

    def item_pubdate(self, item: EventPage) -> datetime | None:
        return item.first_published_at
