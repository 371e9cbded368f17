"""People, as an administrator writes them down in Wagtail's editor."""

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from intranet.accounts import operations, roles
from intranet.accounts.models import User


def _given_here() -> QuerySet[Group]:
    """Roles: working groups and territories have their own screens, which know who is in them."""
    given = Group.objects.exclude(name__in=roles.FROM_MEMBERSHIP)
    return given.filter(working_group=None).order_by("name")


class PersonForm(UserForm):
    """No password is ever typed for somebody else: people choose theirs from a letter."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("The person logs in with it.")
        self.fields["first_name"].label = _("First name")
        self.fields["last_name"].label = _("Last name")
        self.fields["last_name"].required = False
        groups = self.fields["groups"]
        groups.label = _("Roles")
        groups.queryset = _given_here()
        groups.help_text = _(
            "Who represents an association or contributes for it is written down under "
            "Network, Memberships."
        )

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"]).lower()

    def clean_groups(self) -> QuerySet[Group]:
        chosen = self.cleaned_data["groups"]
        if self.instance.pk is None:
            return chosen
        # What the person holds through memberships is not this form's to take away.
        held = self.instance.groups.exclude(pk__in=_given_here())
        return Group.objects.filter(pk__in=[group.pk for group in (*chosen, *held)])


class PersonCreationForm(PersonForm, UserCreationForm):
    error_messages = {
        **UserCreationForm.error_messages,
        "duplicate_username": _("Somebody already has an account with this address."),
    }

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(PersonForm, UserEditForm):
    error_messages = PersonCreationForm.error_messages

    def save(self, commit: bool = True) -> User:
        user = super().save(commit)
        if commit and "email" in self.changed_data:
            operations.forget_other_addresses(user=user)
        return user
