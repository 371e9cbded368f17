"""From what an animator types to a campaign's values."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Territory
from surveys.campaigns import queries
from surveys.campaigns.models import RESERVED_SLUGS, Campaign, Participation

LARGEST_THRESHOLD: Final = 1000
MESSAGE_LENGTH: Final = 3000
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or typed as in French or as in ISO 8601."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the day as 15/04/2026.")}

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a day between 2000 and 2100."), code="far_away")
        return day


def ends_in_time(closes_date: date | None, *, opens_date: date | None) -> None:
    if closes_date and opens_date and closes_date < opens_date:
        raise ValidationError(
            _("The last day comes before the first: change one of them."), code="too_early"
        )


class AssociationsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one association to invite."),
        "invalid_choice": _("One of these associations is no longer in the network."),
        "invalid_list": _("One of these associations is no longer in the network."),
    }

    def clean(self, value: Any):
        # The databases refuse with an error numbers that their columns cannot hold.
        if not all(_is_id(str(one)) for one in value or []):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


class CampaignForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of campaign is it?"),
        choices=[
            (
                Campaign.Kind.SELF_ASSESSMENT,
                _("A self-assessment: each association invited answers once, in its name"),
            ),
            (
                Campaign.Kind.NEEDS_SURVEY,
                _("A needs survey: residents answer without an account"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of campaign it is.")},
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("As people will read it, for example: Our cooperation in 2026."),
        error_messages={"required": _("Give the campaign a title.")},
    )
    questionnaire = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=queries.published_questionnaires(),
        empty_label=_("Choose a questionnaire"),
        help_text=_("Only questionnaires that are published are listed."),
        error_messages={
            "required": _("Choose a questionnaire."),
            "invalid_choice": _("This questionnaire is not published: choose one of the list."),
        },
    )
    opens_date = DayField(
        label=_("First day"),
        help_text=_("Invitations leave that day."),
        error_messages={"required": _("Say on which day the campaign opens.")},
    )
    closes_date = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Included. Leave it blank if the campaign stays open until you close it."),
    )
    associations = AssociationsField(
        label=_("Associations to invite"),
        queryset=queries.active_associations(),
        required=False,
    )
    message = forms.CharField(
        label=_("Message of the invitation"),
        required=False,
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few words of yours. The letter already says who asks, why and until when."),
    )
    threshold = forms.IntegerField(
        label=_("Smallest group shown in the results"),
        required=False,
        min_value=1,
        max_value=LARGEST_THRESHOLD,
        help_text=_(
            "A figure about fewer answers than this is hidden, so that nobody can be recognised. "
            "Left blank: 3 for a self-assessment, 5 for a needs survey."
        ),
    )
    slug = forms.SlugField(
        label=_("Address of the campaign"),
        required=False,
        max_length=80,
        help_text=_("The end of its web address. Left blank, it is made from the title."),
        error_messages={
            "invalid": _("Use letters without accents, digits and hyphens only, as in bilan-2026.")
        },
    )

    def __init__(self, *args, today: date | None = None, **kwargs) -> None:
        """With `today`, a campaign that would already be over is refused."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS or Campaign.objects.filter(slug=slug).exists():
            raise ValidationError(
                _("Another campaign has this address: choose another one."), code="taken"
            )
        return slug

    def clean_closes_date(self) -> date | None:
        closes_date = self.cleaned_data["closes_date"]
        ends_in_time(closes_date, opens_date=self.cleaned_data.get("opens_date"))
        if self.today and closes_date and closes_date < self.today:
            raise ValidationError(_("This day is over: choose a later one."), code="over")
        return closes_date

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") == Campaign.Kind.NEEDS_SURVEY:
            values["associations"] = queries.active_associations().none()
        elif "associations" in values and not values["associations"]:
            self.add_error("associations", _("Choose at least one association to invite."))
        if values.get("title") and not values.get("slug") and "slug" not in self.errors:
            values["slug"] = queries.free_slug(values["title"])
        return values

    def typed_again(self) -> list[tuple[str, str]]:
        """Every value as names and texts, for a page that only asks to confirm."""
        values = {**self.cleaned_data, "questionnaire": self.cleaned_data["questionnaire"].pk}
        associations = values.pop("associations")
        return [
            *((name, str(value)) for name, value in values.items() if value not in (None, "")),
            *(("associations", str(association.pk)) for association in associations),
        ]


class TerritoryForm(forms.Form):
    """Shows the associations of one territory only, in a long list to choose from."""

    territory = forms.ModelChoiceField(
        label=_("Show the associations of"),
        queryset=Territory.objects.all(),
        required=False,
        empty_label=_("all territories"),
    )


class AssociationsForm(forms.Form):
    associations = AssociationsField(
        label=_("Associations to invite"), queryset=queries.active_associations()
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = cast(AssociationsField, self.fields["associations"])
        field.queryset = queries.never_asked(campaign)


class LastDayForm(forms.Form):
    closes_date = DayField(
        label=_("New last day"),
        required=False,
        help_text=_("Included. Leave it blank if the campaign stays open until you close it."),
    )

    def __init__(self, *args, campaign: Campaign, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.today = today

    def clean_closes_date(self) -> date | None:
        closes_date = self.cleaned_data["closes_date"]
        ends_in_time(closes_date, opens_date=self.campaign.opens_date)
        if closes_date and closes_date < self.today:
            raise ValidationError(
                _("This day is over: choose a later one, or close the campaign now."), code="over"
            )
        return closes_date


class FollowUpForm(forms.Form):
    """What the follow-up shows; anything unexpected shows everything."""

    search = forms.CharField(label=_("Association"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("column", "Answer"),
        required=False,
        choices=[
            ("", pgettext_lazy("answers", "all")),
            ("unanswered", _("not sent yet")),
            (Participation.State.ASKED, _("not started")),
            (Participation.State.STARTED, _("under way")),
            (Participation.State.SUBMITTED, _("sent")),
            ("unreachable", _("without an address")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("name", _("by name")),
            ("submitted", _("last sent first")),
            ("started", _("last started first")),
            ("invited", _("not invited first")),
        ],
    )

    def filters(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def identifier(text: str | None) -> int | None:
    return int(text) if text and _is_id(text) else None


def ticked(values: Iterable[Any] | None) -> set[int]:
    return {int(str(value)) for value in values or [] if _is_id(str(value))}


def after_choosing(button: str, ticked: set[int], shown: set[int]) -> set[int]:
    """The boxes that stay ticked: "all" and "none" speak of those that are shown."""
    match button:
        case "all":
            return ticked | shown
        case "none":
            return ticked - shown
    return ticked
