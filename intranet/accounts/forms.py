"""People, as an administrator writes them down in Wagtail's editor."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
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


class ClosingForm(forms.Form):
    confirmed = forms.BooleanField(
        label=_("I close my account, and I know that there is no way back"),
        error_messages={"required": _("Tick this box to close your account.")},
    )


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        self.fields["name"].help_text = _("To tell it from the others: “my telephone”.")
        alone = self.fields["passwordless"]
        alone.label = _("It opens my account by itself, without my password")
        alone.help_text = _("The key then asks for your finger, your face or a short code.")


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")


class ProfileForm(forms.ModelForm):
    """Who somebody is, and what they agree to show to the other members."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["first_name"].label = _("First name")
        fields["last_name"].label = _("Last name")
        fields["function"].label = _("What you do")
        fields["function"].help_text = _("For example: coordinator, volunteer, treasurer.")
        fields["phone"].label = _("Telephone")
        fields["in_directory"].label = _("Show me in the directory")
        fields["in_directory"].help_text = _(
            "The members of the network will see your name, what you do and your associations. "
            "Neither the public nor public partners will. Colleagues of your association and "
            "the network's animators see your name in any case."
        )
        fields["shows_email"].label = _("Show my e-mail address with it")
        fields["shows_phone"].label = _("Show my telephone with it")

    class Meta:
        model = User
        fields = (
            "first_name",
            "last_name",
            "function",
            "phone",
            "in_directory",
            "shows_email",
            "shows_phone",
        )
