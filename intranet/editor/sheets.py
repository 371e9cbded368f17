"""Help in the editor: one short sheet a task, written by the room that knows the task.

A room gives its sheets through the hook `register_help_sheets`: a function that returns a list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.rights.permissions import may

Text = str | Promise
Way = Callable[[HttpRequest], MenuItem | None]


@dataclass(frozen=True)
class Sheet:
    """How something is done, for whoever has one of its rights.

    `ways` lead to the screens where it is done, like the tasks of the first screen. `hints` are
    sentences shown at the top of screens: by the name of their address, or for the pages of
    the site by the name of their model (`newspage`, and `in newsindexpage` for the list of what
    is below such a page).
    """

    name: str
    title: Text
    rights: tuple[str, ...]
    lead: Text
    steps: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    ways: tuple[Way, ...] = ()
    hints: Mapping[str, Text] = field(default_factory=dict)
    order: int = 100

    def is_for(self, request: HttpRequest) -> bool:
        return any(
            may(request.user, action, thing)
            for thing, action in (right.split(".") for right in self.rights)
        )

    def shown_ways(self, request: HttpRequest) -> list[MenuItem]:
        found = (way(request) for way in self.ways)
        return [item for item in found if item and item.is_shown(request)]


@dataclass(frozen=True)
class Hint:
    text: Text
    sheet: Sheet


def sheets_for(request: HttpRequest) -> list[Sheet]:
    given = (sheet for give in hooks.get_hooks("register_help_sheets") for sheet in give())
    return sorted((one for one in given if one.is_for(request)), key=lambda one: one.order)


def hint_for(request: HttpRequest, *screens: str) -> Hint | None:
    """What is said on a screen, which may go by several names: the first that is known."""
    known = {
        screen: Hint(text, sheet)
        for sheet in reversed(sheets_for(request))
        for screen, text in sheet.hints.items()
    }
    return next((known[screen] for screen in screens if screen in known), None)


def way_to(label: Text, url_name: str, icon: str = "link", *args: str) -> Way:
    """A way that is open to whoever reads the sheet."""
    return lambda request: MenuItem(label, reverse(url_name, args=args), icon_name=icon)
