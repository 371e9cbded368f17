"""Memberships and working groups, as an animator writes them down in Wagtail's editor."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from intranet.accounts.models import User
from intranet.network.models import Association, Membership, WorkingGroup


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
