"""What people type to invite, to accept, to hand over."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.accounts.models import User
from intranet.invitations.models import Invitation
from intranet.network.forms import TEAM_ROLES
from intranet.network.models import Association, Membership
from intranet.network.queries import representatives_of

BETWEEN_ADDRESSES = re.compile(r"[\s,;]+")
MOST_AT_ONCE = 50
LONGEST_ADDRESS = 254


class AddressesField(forms.CharField):
    """Several addresses, separated by anything that people put between them."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: str) -> list[str]:  # type: ignore[override]
        text = super().clean(value)
        addresses = [one.strip("<>") for one in BETWEEN_ADDRESSES.split(text) if one.strip("<>")]
        if len(addresses) > MOST_AT_ONCE:
            raise ValidationError(
                _("At most %(number)s addresses at once."), params={"number": MOST_AT_ONCE}
            )
        refused = [one for one in addresses if not _is_address(one)]
        if refused:
            raise ValidationError(
                [
                    ValidationError(
                        _("“%(text)s” is not an e-mail address."), params={"text": one[:80]}
                    )
                    for one in refused
                ]
            )
        return addresses


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


class InviteForm(forms.Form):
    emails = AddressesField(
        label=_("E-mail addresses"),
        max_length=5_000,
        help_text=_("One or several, separated by a comma, a space or a new line."),
    )
    role = forms.ChoiceField(
        label=_("Their role"),
        choices=TEAM_ROLES,
        widget=forms.RadioSelect,
        initial=Invitation.Role.CONTRIBUTOR,
    )


class NetworkInviteForm(InviteForm):
    """An animator's: any association, or a role without one."""

    association = forms.ModelChoiceField(
        label=_("Association"),
        queryset=Association.objects.filter(is_active=True),
        required=False,
        empty_label=_("None: a role of the network"),
    )
    field_order = ("emails", "association", "role")

    def __init__(self, *args, network_roles: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Invitation.Role.choices)
        self.network_roles = network_roles
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            *TEAM_ROLES,
            *((role, str(labels[role]).capitalize()) for role in network_roles),
        ]

    def clean(self) -> None:
        super().clean()
        association = self.cleaned_data.get("association")
        is_network_role = self.cleaned_data.get("role") in self.network_roles
        if "role" not in self.cleaned_data or "association" not in self.cleaned_data:
            return
        if association is None and not is_network_role:
            self.add_error("association", _("Choose the association that this role belongs to."))
        if association is not None and is_network_role:
            self.add_error("association", _("This role belongs to no association: choose “None”."))


class OpenAccountForm(forms.Form):
    """Three fields, so that it takes a minute on a telephone."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Long rather than complicated: four words that only you put together."),
    )

    def __init__(self, *args, email: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> None:
        super().clean()
        if password := self.cleaned_data.get("password"):
            person = User(
                email=self.email,
                first_name=self.cleaned_data.get("first_name", ""),
                last_name=self.cleaned_data.get("last_name", ""),
            )
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)


class HandOverForm(forms.Form):
    """To a member, or to somebody who is invited to become one."""

    STAYS = "stays"
    LEAVES = "leaves"

    replaces = forms.ModelChoiceField(
        label=_("Whose place is taken"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Nobody's"),
    )
    to = forms.ModelChoiceField(
        label=_("To a member of the association"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Somebody else, whom I invite below"),
    )
    email = forms.EmailField(
        label=_("Or to somebody whom you invite: their e-mail address"),
        required=False,
        help_text=_(
            "The role passes on when the invitation is accepted. Until then nothing changes."
        ),
    )
    then = forms.ChoiceField(
        label=pgettext_lazy("hand over", "And then"),
        choices=[
            (STAYS, _("Stay in the association, as a contributor")),
            (LEAVES, _("Leave the association")),
        ],
        initial=STAYS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, association: Association, own: Membership | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = association.memberships.filter(user__is_active=True).select_related("user")
        to: forms.ModelChoiceField = self.fields["to"]  # type: ignore[assignment]
        to.queryset = people.filter(role=Membership.Role.CONTRIBUTOR).order_by(
            "user__last_name", "user__first_name"
        )
        to.label_from_instance = _name  # type: ignore[method-assign, assignment]
        if own is not None:
            del self.fields["replaces"]
            return
        replaces: forms.ModelChoiceField = self.fields["replaces"]  # type: ignore[assignment]
        replaces.queryset = representatives_of(association).select_related("user")
        replaces.label_from_instance = _name  # type: ignore[method-assign, assignment]
        if len(replaces.queryset) == 1:
            replaces.initial = replaces.queryset[0]

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        if bool(self.cleaned_data["to"]) == bool(self.cleaned_data["email"]):
            self.add_error("to", _("Choose a member, or write an address: one of the two."))


def _name(membership: Membership) -> str:
    return str(membership.user)
