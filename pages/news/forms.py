"""What a member types to tell a piece of news, from a telephone more often than not."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.accounts.models import User
from intranet.files.inspection import RefusedFile
from intranet.files.models import HeldPicture
from intranet.files.operations import held_picture, hold_picture
from intranet.files.wording import refusal
from intranet.network.models import Association, Theme, WorkingGroup
from intranet.network.pickers import TerritoriesField, TerritoryPicker, is_searching
from pages.audience.circles import Circle
from pages.news.models import NewsPage
from pages.news.operations import Told
from pages.news.texts import text_of

LONGEST_TEXT: Final = 20_000
GROUP: Final = "group-"
COMMITMENTS: Final = NewsPage.commitments.field.related_model


class NewsForm(forms.Form):
    """Everything that was typed comes back with an error, the photograph included.

    `photograph` is what is sent now, `photograph_id` what was sent before.
    """

    title = forms.CharField(
        label=pgettext_lazy("news", "Title"),
        max_length=150,
        help_text=_("What happens, in a few words."),
    )
    text = forms.CharField(
        label=pgettext_lazy("news", "Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Leave a blank line between two paragraphs. Web addresses become links."),
    )
    photograph = forms.FileField(
        label=_("Photograph"),
        required=False,
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_(
            "From your telephone or your computer, 10 MB at most. Where it was taken is removed "
            "from it."
        ),
    )
    photograph_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    without_image = forms.BooleanField(label=_("Without this photograph"), required=False)
    image_alt = forms.CharField(
        label=_("What the photograph shows"),
        max_length=250,
        required=False,
        help_text=_("One sentence, read aloud to those who do not see it."),
    )
    image_is_decorative = forms.BooleanField(
        label=_("It only decorates: nothing to describe"), required=False
    )
    association = forms.ModelChoiceField(
        Association.objects.none(),
        label=_("In the name of"),
        required=False,
        empty_label=_("Myself only"),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"), widget=forms.RadioSelect, initial=Circle.MEMBERS.value
    )
    territories = TerritoriesField(
        label=_("Territories"), required=False, help_text=_("Where it happens.")
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    commitments = forms.ModelMultipleChoiceField(
        COMMITMENTS._default_manager.none(),
        label=_("Commitments of the charter that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=pgettext_lazy("news", "To be read until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After that day it leaves the list by itself. Leave empty if it stays true."),
    )

    def __init__(self, *args: Any, by: User, page: NewsPage | None = None, **kwargs: Any) -> None:
        self.by, self.page = by, page
        self.held: HeldPicture | None = None
        self.refused = ""
        super().__init__(*args, **kwargs)
        self._offer_associations()
        self._offer_audiences()
        self._offer_commitments()
        if page is not None and text_of(page.body) is None:
            # An editor laid it out: a plain text would undo that.
            del self.fields["text"]

    def _offer_associations(self) -> None:
        mine = Association.objects.filter(memberships__user=self.by, is_active=True)
        field, picker = self._choice("association"), self.fields["territories"].widget
        field.queryset = mine
        if not mine:
            del self.fields["association"]
        elif "association" not in self.initial:
            self.initial["association"] = mine[0].pk
        assert isinstance(picker, TerritoryPicker)
        near = mine.exclude(territories=None).order_by("territories__commune", "territories__name")
        picker.near = list(dict.fromkeys(near.values_list("territories", flat=True)))

    def _offer_audiences(self) -> None:
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)
        audience.choices = [
            (Circle.PUBLIC.value, _("Everybody, on the public site")),
            (Circle.MEMBERS.value, _("The members of the network")),
            *((f"{GROUP}{group.pk}", _told(group)) for group in self._groups()),
        ]

    def _offer_commitments(self) -> None:
        # The charter is another room: the page's own field knows its commitments.
        field = self._choice("commitments")
        field.queryset = COMMITMENTS._default_manager.filter(is_current=True)
        field.label_from_instance = lambda commitment: commitment.alone  # type: ignore[assignment]

    def _choice(self, name: str) -> forms.ModelChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def _groups(self) -> list[WorkingGroup]:
        kept = [self.page.working_group_id] if self.page and self.page.working_group_id else []
        mine = Q(members=self.by)
        groups = WorkingGroup.objects.filter(mine | Q(pk__in=kept)).select_related("territory")
        # Working groups first, then the territories where one's associations act.
        return sorted(groups.distinct(), key=lambda one: one.territory_id is not None)

    @property
    def is_unfinished(self) -> bool:
        """Whether the form was sent to find a territory, or comes back from the preview."""
        return self.is_bound and (is_searching(self.data, "territories") or "change" in self.data)

    @property
    def keeps_image(self) -> bool:
        """Whether the image that the page has stays."""
        has_image = self.page is not None and self.page.image_id is not None
        return has_image and not self.held and not self.cleaned_data.get("without_image")

    def hold(self) -> None:
        """Keep the photograph beside the form, whatever else is to correct."""
        sent = self.files.get("photograph")
        if isinstance(sent, UploadedFile):
            try:
                self.held = hold_picture(file=sent, by=self.by, at=timezone.now())
            except RefusedFile as error:
                self.refused = refusal(error)
        elif known := self.data.get("photograph_id"):
            self.held = held_picture(known, self.by)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_unfinished:
            # Nothing was sent yet: what is missing is not an error. A photograph was.
            self._errors = ErrorDict(
                {name: said for name, said in self.errors.items() if name == "photograph"}
            )

    def clean_photograph(self) -> None:
        if self.refused:
            raise forms.ValidationError(self.refused)

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("This day is past: choose another one, or none."))
        return until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.cleaned_data.get("without_image"):
            self.held = None
        has_image = self.held is not None or self.keeps_image
        described = cleaned.get("image_alt", "").strip() or cleaned.get("image_is_decorative")
        if has_image and not described and "image_alt" not in self.errors:
            message = _("Say what the photograph shows, or tick that it only decorates.")
            self.add_error("image_alt", message)
        return cleaned

    def told(self) -> Told:
        """What is told, of a form without error."""
        given = self.cleaned_data
        audience = given["audience"]
        group = next((one for one in self._groups() if f"{GROUP}{one.pk}" == audience), None)
        return Told(
            title=given["title"],
            text=given.get("text"),
            circle=Circle.GROUP if group else Circle(audience),
            group=group,
            photograph=self.held,
            keeps_image=self.keeps_image,
            image_alt=given["image_alt"],
            image_is_decorative=given["image_is_decorative"],
            association=given.get("association"),
            territories=list(given["territories"]),
            themes=list(given["themes"]),
            commitments=list(given["commitments"]),
            until=given["until"],
        )


def _told(group: WorkingGroup) -> str:
    if group.territory is not None:
        return _("The associations that act in %(territory)s") % {"territory": group.territory}
    return _("The group “%(name)s”") % {"name": group}


def typed_before(page: NewsPage) -> dict[str, Any]:
    """What the form of an item begins with."""
    is_of_group = page.circle == Circle.GROUP
    return {
        "title": page.draft_title or page.title,
        "text": text_of(page.body) or "",
        "image_alt": page.image_alt,
        "image_is_decorative": page.image_is_decorative,
        "association": page.association_id,
        "audience": f"{GROUP}{page.working_group_id}" if is_of_group else page.circle,
        "territories": [one.pk for one in page.territories.all()],
        "themes": [one.pk for one in page.themes.all()],
        "commitments": [one.pk for one in page.commitments.all()],
        "until": timezone.localdate(page.expire_at) if page.expire_at else None,
    }
