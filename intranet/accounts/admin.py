"""People in Wagtail's editor."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.users.views import users
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction

from intranet.accounts import personal_data, roles
from intranet.accounts.closing import AlreadyClosed, CannotClose, close_account
from intranet.accounts.forms import PersonCreationForm, PersonEditForm
from intranet.accounts.models import User
from intranet.accounts.operations import reset_second_factor
from intranet.accounts.queries import has_second_factor
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
        people = super().get_base_queryset().filter(closed_at=None)
        people = people.annotate(is_silent=Exists(silent))
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


class PersonEditView(users.EditView):
    delete_item_label = _("Close the account")

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.request.user.is_superuser and has_second_factor(self.object):
            address = reverse("wagtailusers_users:reset_second_factor", args=[self.object.pk])
            label = _("Reset the second proof")
            buttons.append(Button(label, url=address, icon_name="key", priority=30))
        return buttons


class PersonCloseView(users.DeleteView):
    """Nobody is deleted: what they wrote would go, or would be left pointing at nothing."""

    page_title = _("Close the account")
    success_message = _("The account is closed. What it wrote stays, without a name.")

    def get_usage_url(self) -> None:
        """Nothing is lost with the account: there is nothing to be warned of."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"reasons": personal_data.obstacles(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            close_account(user=self.object, at=timezone.now(), by=self.request.user)
        except CannotClose:
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except AlreadyClosed:
            messages.info(self.request, gettext("This account is closed already."))
        else:
            messages.success(self.request, str(self.success_message))
        return redirect(self.get_success_url())


@hooks.register("register_bulk_action", order=100)
class CloseAccounts(DeleteBulkAction):
    """Takes the place of Wagtail's deletion of several people, under the same name."""

    display_name = _("Close the account")
    aria_label = _("Close the accounts of those who are ticked")
    template_name = "wagtailusers/bulk_actions/close.html"

    @classmethod
    def execute_action(cls, objects: list[User], user: User | None = None, **kwargs: Any):
        closed = 0
        for one in objects:
            try:
                close_account(user=one, at=timezone.now(), by=user)
                closed += 1
            except (CannotClose, AlreadyClosed):
                continue
        return closed, len(objects) - closed

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {"user": self.request.user}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        told = ngettext(
            "%(count)s account is closed.", "%(count)s accounts are closed.", num_parent_objects
        ) % {"count": num_parent_objects}
        if not num_child_objects:
            return told
        kept = ngettext(
            "%(count)s could not be: close it by itself to read why.",
            "%(count)s could not be: close them one by one to read why.",
            num_child_objects,
        ) % {"count": num_child_objects}
        return f"{told} {kept}"


def reset_second_factor_view(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_superuser:
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk, is_active=True)
    if request.method != "POST":
        return render(request, "wagtailusers/users/reset_second_factor.html", {"person": person})
    reset_second_factor(user=person, by=request.user, at=timezone.now())
    told = gettext("The second proof of %(person)s is forgotten, and a letter tells them.")
    messages.success(request, told % {"person": person})
    return redirect("wagtailusers_users:edit", person.pk)


class PeopleViewSet(users.UserViewSet):
    menu_label = _("People")
    index_view_class = PeopleIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonCloseView

    def get_urlpatterns(self) -> list[URLPattern]:
        reset = path(
            "second-factor/<int:pk>/", reset_second_factor_view, name="reset_second_factor"
        )
        return [*super().get_urlpatterns(), reset]

    def get_form_class(self, for_update: bool = False):
        return PersonEditForm if for_update else PersonCreationForm


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
        "label": _("Two proofs to log in"),
        "help_text": _("A second step at login: a code from your telephone, or a passkey."),
    }


@hooks.register("register_account_menu_item")
def link_to_sessions(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("sessions"),
        "label": _("My sessions"),
        "help_text": _("The browsers in which you are logged in; log them out from here."),
    }


@hooks.register("register_log_actions")
def accounts_in_the_log(actions: LogActionRegistry) -> None:
    reset = _("Second proof reset")
    actions.register_action("intranet.second_factor_reset", reset, reset)
    closed = _("Account closed")
    actions.register_action("intranet.account_closed", closed, closed)


@hooks.register("register_account_menu_item")
def link_to_rights(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("rights"),
        "label": _("Who may do what?"),
        "help_text": _("What your roles let you do, and those of others."),
    }
