"""Memberships and working groups, as an animator writes them down in Wagtail's editor; the roles
of a team in words.
"""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from intranet.accounts.models import User
from intranet.network.legal_numbers import is_rna, is_siret, without_spaces
from intranet.network.models import Association, Membership, WorkingGroup
from intranet.network.pickers import TerritoriesField

TEAM_ROLES = [
    (Membership.Role.CONTRIBUTOR, _("Contributor: answers and writes for the association")),
    (Membership.Role.REPRESENTATIVE, _("Representative: also signs, validates and invites")),
]


def name_and_address(user: User) -> str:
    """Two people may have the same name."""
    return f"{user} · {user.email}" if user.get_full_name() else user.email


class MembershipForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self.fields["user"].queryset = User.objects.filter(is_active=True).order_by(
                "last_name", "first_name", "email"
            )
            self.fields["user"].label_from_instance = name_and_address
            self.fields["user"].help_text = format_html(
                '{} <a href="{}">{}</a>',
                _("Somebody who has an account already."),
                # Hangs by its name: the room of invitations stands above this one.
                reverse("invitations"),
                _("Invite somebody else by letter"),
            )
            self.fields["association"].queryset = Association.objects.filter(is_active=True)

    class Meta:
        model = Membership
        fields = ("user", "association", "role")


class RoleForm(MembershipForm):
    """Another person or another association is another membership."""

    class Meta:
        model = Membership
        fields = ("role",)


class WorkingGroupForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = self.fields["members"]
        members.queryset = User.objects.filter(is_active=True).order_by(
            "last_name", "first_name", "email"
        )
        members.label_from_instance = name_and_address

    class Meta:
        model = WorkingGroup
        fields = ("name", "members")
        widgets = {"members": forms.CheckboxSelectMultiple}


class OwnAssociationForm(forms.ModelForm):
    """What those who represent an association say of it in the directory."""

    territories = TerritoriesField(label=_("Where you act"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    # Longer than the numbers: people type them with spaces.
    rna = forms.CharField(max_length=20, required=False)
    siret = forms.CharField(max_length=30, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["territories"]
        field.widget.near = list(self.instance.territories.values_list("pk", flat=True))
        federation: forms.ModelChoiceField = self.fields["federation"]  # type: ignore[assignment]
        federation.queryset = Association.objects.filter(
            kind=Association.Kind.FEDERATION, is_active=True
        ).exclude(pk=self.instance.pk)
        federation.empty_label = _("None")
        self.fields["rna"].label = capfirst(_("RNA number"))
        self.fields["siret"].label = capfirst(_("SIRET number"))
        self.fields["rna"].help_text = _("Optional. W and nine characters.")
        self.fields["siret"].help_text = _("Optional. Fourteen digits.")
        self.fields["phone"].help_text = _("Seen by the members of the network only.")
        self.fields["address"].help_text = _("Seen by the members of the network only.")
        self.fields["is_public"].label = _("Show this page to everybody")
        self.fields["is_public"].help_text = _(
            "Everybody on the web will be able to read the name, the presentation, the website, "
            "the e-mail address, the territories and the federation. Otherwise only the members "
            "of the network see this page. People, telephone, postal address and numbers stay "
            "among members in any case."
        )

    def clean_rna(self) -> str:
        number = without_spaces(self.cleaned_data["rna"])
        if number and not is_rna(number):
            raise forms.ValidationError(
                _("An RNA number is W and nine characters. Leave it empty if you have none.")
            )
        return number

    def clean_siret(self) -> str:
        number = without_spaces(self.cleaned_data["siret"])
        if number and not is_siret(number):
            raise forms.ValidationError(
                _("This is not a SIRET number: check its fourteen digits, or leave it empty.")
            )
        return number

    class Meta:
        model = Association
        fields = (
            "presentation",
            "website",
            "email",
            "phone",
            "address",
            "territories",
            "federation",
            "rna",
            "siret",
            "is_public",
        )
        widgets = {
            "presentation": forms.Textarea({"rows": 6}),
            "address": forms.Textarea({"rows": 3}),
        }
