"""People in Wagtail's editor, and an editor that shows each role what it can use."""

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from intranet.accounts import roles
from intranet.accounts.forms import PersonCreationForm, PersonEditForm
from intranet.accounts.models import User
from intranet.notifications.models import SilentAddress


class AddressColumn(Column):
    """The address, and whether letters came back from it."""

    cell_template_name = "wagtailusers/address_cell.html"


def _roles_of(user: User) -> str:
    # Working groups and the circles of territories are groups as well.
    names = (group.name for group in user.groups.all())
    return ", ".join(name for name in names if name in roles.ROLES)


class PeopleIndexView(users.IndexView):
    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self) -> list[Column]:
        columns = [
            AddressColumn(column.name, label=_("E-mail address"), sort_key=column.sort_key)
            if column.name == self.model.USERNAME_FIELD
            else column
            for column in super().columns
        ]
        held = Column("roles", label=_("Roles"), accessor=_roles_of)
        return [*columns[:3], held, *columns[3:]]

    def get_base_queryset(self):
        silent = SilentAddress.objects.filter(address=Lower(OuterRef("email")))
        people = super().get_base_queryset().annotate(is_silent=Exists(silent))
        return people.prefetch_related("groups")


class PersonCreateView(users.CreateView):
    page_title = _("Add a person")
    success_message = _("%(object)s has an account. A letter says how to choose a password.")

    def save_instance(self) -> User:
        user = super().save_instance()
        letter = ResetPasswordForm({"email": user.email})
        if letter.is_valid():
            letter.save(self.request)
        return user


class PeopleViewSet(users.UserViewSet):
    menu_label = _("People")
    index_view_class = PeopleIndexView
    add_view_class = PersonCreateView

    def get_form_class(self, for_update: bool = False):
        return PersonEditForm if for_update else PersonCreationForm


@hooks.register("construct_main_menu")
def hide_what_a_role_cannot_use(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    # Wagtail's help leads to other hosts; its reports are an administrator's.
    hidden = {"help"} if request.user.is_superuser else {"help", "reports"}
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("construct_settings_menu")
def hide_groups(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    # What a role may do is written once, in `roles`: nothing here is to be changed by hand.
    menu_items[:] = [item for item in menu_items if item.name != "groups"]


@hooks.register("register_account_menu_item")
def link_to_password(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("account_change_password"),
        "label": _("Change my password"),
        "help_text": _("The same password opens the site and this editor."),
    }


@hooks.register("register_account_menu_item")
def link_to_second_factor(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Protect my account with a code"),
        "help_text": _("A second step at login, with a code from your telephone."),
    }


@hooks.register("register_account_menu_item")
def link_to_rights(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("rights"),
        "label": _("Who may do what?"),
        "help_text": _("What your roles let you do, and those of others."),
    }


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
