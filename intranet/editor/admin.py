"""The editor's menus, its first screen and its help."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, URLPattern, path, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from intranet.editor.sheets import sheets_for
from intranet.rights.doors import doors_of
from intranet.rights.permissions import has_some

# Wagtail's own, which nobody here needs: its help leads to other hosts, the site's address
# follows the installation's, and the reading of news is switched on where news are set.
UNUSED = frozenset({"help", "sites", "workflows", "workflow-tasks", "page-types-usage"})
# The report of what waits to be read goes by the name of the setting.
USED_REPORTS = frozenset({"workflows"})


def leads_somewhere(request: HttpRequest, item: MenuItem) -> bool:
    """Whether the table of rights opens the address of a menu entry to this person."""
    if item.url == "#":
        return True
    try:
        name = resolve(urlsplit(str(item.url)).path).view_name
    except Resolver404:
        return False
    return any(has_some(request.user, right) for door in doors_of(name) for right in door.rights)


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
def keep_what_is_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [
        item for item in menu_items if item.name not in UNUSED and leads_somewhere(request, item)
    ]


@hooks.register("construct_reports_menu")
def keep_reports_that_are_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    unused = UNUSED - USED_REPORTS
    menu_items[:] = [
        item for item in menu_items if item.name not in unused and leads_somewhere(request, item)
    ]


class HelpView(WagtailAdminTemplateMixin, TemplateView):
    """Short sheets by task, those of the reader's roles."""

    template_name = "intranet/editor/help.html"
    page_title: Any = _("Help")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = [(sheet, sheet.shown_ways(self.request)) for sheet in sheets_for(self.request)]
        return super().get_context_data(sheets=sheets, **kwargs)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("aide/", HelpView.as_view(), name="editor_help")]


@hooks.register("register_admin_menu_item")
def help_menu_item() -> MenuItem:
    return MenuItem(_("Help"), reverse("editor_help"), name="aide", icon_name="help", order=11000)


class HomeTasksPanel(Component):
    """What people come here to do, gathered from the rooms by `register_home_task`.

    A room registers a function that takes the request and gives a `MenuItem`, or nothing
    when there is nothing for this person to do.
    """

    name = "home_tasks"
    template_name = "wagtailadmin/home/tasks.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        found = (task(request) for task in hooks.get_hooks("register_home_task"))
        shown = [item for item in found if item and item.is_shown(request)]
        self.tasks = sorted(shown, key=lambda item: item.order)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"tasks": self.tasks}


@hooks.register("construct_homepage_panels")
def begin_with_tasks(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(HomeTasksPanel(request))
