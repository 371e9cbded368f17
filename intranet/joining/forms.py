"""What people write to ask, and to answer."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.joining.models import JoinRequest
from intranet.network.forms import TEAM_ROLES
from intranet.network.models import Membership


class AskForm(forms.ModelForm):
    class Meta:
        model = JoinRequest
        fields = ("word",)
        widgets = {"word": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "word": _("Who you are, what you do with the association: it helps to know you.")
        }


class AcceptForm(forms.Form):
    role = forms.ChoiceField(
        label=pgettext_lazy("one person", "Their role"), widget=forms.RadioSelect
    )

    def __init__(self, *args, roles: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        role: forms.ChoiceField = self.fields["role"]  # type: ignore[assignment]
        role.choices = [(one, label) for one, label in TEAM_ROLES if one in roles]
        role.initial = Membership.Role.CONTRIBUTOR


def accept_form(
    request: JoinRequest, roles: list[str], data: QueryDict | None = None
) -> AcceptForm:
    """One of several on a page: each has fields of its own."""
    return AcceptForm(data, prefix=f"request-{request.pk}", roles=roles)


class RefuseForm(forms.ModelForm):
    class Meta:
        model = JoinRequest
        fields = ("answer",)
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"answer": _("It is in the letter that the person receives.")}
