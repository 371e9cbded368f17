"""From what a representative or an animator types to values."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Territory
from pages.charter.models import CharterVersion
from pages.signatures.models import Signature, State
from pages.signatures.operations import Decision
from pages.signatures.queries import UNSIGNED, territories_of_signatories

EARLIEST: Final = date(2000, 1, 1)
LONGEST_NAME: Final = 150
LONGEST_COMMENT: Final = 2000
OF_THE_DECISION: Final = ("board_date", "signatory_name", "signatory_function", "shows_name")


class DecisionForm(forms.Form):
    """What the board decided. `version` is the one that was on screen: the page writes it."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    board_date = forms.DateField(
        label=_("Date of the board's decision"),
        help_text=_("The day on which the board, or the collective, decided to sign."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day the decision was taken."),
            "invalid": _("Write the day as 15/04/2026."),
        },
    )
    signatory_name = forms.CharField(
        label=_("First name and name of who signs"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say who signs for the association.")},
    )
    signatory_function = forms.CharField(
        label=_("Function in the association"),
        max_length=LONGEST_NAME,
        help_text=_("For example: co-president, treasurer, spokesperson of the collective."),
        error_messages={"required": _("Say what this person does in the association.")},
    )
    shows_name = forms.BooleanField(
        label=_("Show this name and this function to everybody, in the list of signatories"),
        help_text=_("Left unticked, only the members of the network read them."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        latest: CharterVersion,
        today: date,
        signature: Signature | None = None,
        **kwargs: Any,
    ) -> None:
        if signature:
            kwargs["initial"] = {name: getattr(signature, name) for name in OF_THE_DECISION}
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.today = today
        self.fields["board_date"].widget.attrs["max"] = today.isoformat()

    def clean_board_date(self) -> date:
        day = self.cleaned_data["board_date"]
        if day > self.today:
            raise ValidationError(
                _("This day has not come: give the day on which the decision was taken."),
                code="to_come",
            )
        if day < EARLIEST:
            raise ValidationError(_("Choose a day after 1 January 2000."), code="far_away")
        return day

    @property
    def read_another(self) -> bool:
        """Whether the text changed between the page and the button."""
        return self.cleaned_data["version"] != self.latest.number

    @property
    def decision(self) -> Decision:
        return Decision(
            board_date=self.cleaned_data["board_date"],
            signatory_name=self.cleaned_data["signatory_name"],
            signatory_function=self.cleaned_data["signatory_function"],
            shows_name=self.cleaned_data["shows_name"],
        )


class SignatureForm(DecisionForm):
    commits = forms.BooleanField(
        label=_(
            "The association has read this version of the charter, shares its values, and commits "
            "itself to putting its commitments into practice and to looking, once a year, at how "
            "it does."
        ),
        error_messages={"required": _("Tick this box to sign: it is what signing means.")},
    )


class WithdrawalForm(forms.Form):
    comment = forms.CharField(
        label=_("Why, if you wish to say it"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by your association and by the network's animator."),
    )


class CorrectionForm(forms.Form):
    comment = forms.CharField(
        label=_("What is to be corrected"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The representatives receive it by letter, word for word."),
        error_messages={"required": _("Say what is to be corrected.")},
    )


class FollowUpForm(forms.Form):
    search = forms.CharField(label=_("Name of the association"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("signatures", "all")),
            *State.choices,
            (UNSIGNED, pgettext_lazy("signatures", "not signed")),
        ],
    )

    def filters(self) -> dict[str, str]:
        """What was understood of the address: nothing of it is refused."""
        self.is_valid()
        return {
            name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)
        }


class TerritoryForm(forms.Form):
    territoire = forms.ModelChoiceField(
        label=_("Territory"),
        queryset=Territory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("all territories"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territoire"].queryset = territories_of_signatories()  # type: ignore[attr-defined]
