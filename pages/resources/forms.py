"""What a member types to propose a resource."""

from pathlib import PurePosixPath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.accounts.models import User
from intranet.network.models import Territory, Theme, WorkingGroup
from pages.audience.circles import Circle
from pages.resources.models import ResourcePage
from pages.resources.operations import Proposal

PACKAGES: Final = frozenset({"docx", "odt", "ods", "odp", "pptx", "xlsx"})
TEXTS: Final = frozenset({"csv", "txt"})


class ProposalForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (ResourcePage.Kind.DOCUMENT, _("A document: I have its file")),
            (ResourcePage.Kind.LINK, _("A link: it is on another site")),
        ],
        initial=ResourcePage.Kind.DOCUMENT,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=pgettext_lazy("field", "File"),
        required=False,
        help_text=_("For a document: PDF, text, table or slides, 20 MB at most."),
    )
    link = forms.URLField(
        label=_("Address of the link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For a link: it begins with https://"),
    )
    summary = forms.CharField(
        label=_("In one or two sentences"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is, whom it can help."),
    )
    author = forms.CharField(label=_("Who made it"), max_length=200, required=False)
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "row"}),
    )
    territories = forms.ModelMultipleChoiceField(
        label=_("Territories"),
        queryset=Territory.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing to tick when it concerns all of them."),
    )
    circle = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[
            (Circle.MEMBERS, _("The members of the network")),
            (Circle.GROUP, _("One of my working groups, or a territory where we act")),
            (Circle.PUBLIC, _("Everybody, on the internet")),
        ],
        initial=Circle.MEMBERS,
        widget=forms.RadioSelect,
    )
    group = forms.ModelChoiceField(
        label=_("Which group or territory"),
        queryset=WorkingGroup.objects.none(),
        required=False,
        help_text=_("For a working group or a territory only."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = by.working_groups.all()
        fields: dict[str, Any] = self.fields
        fields["group"].queryset = groups
        if not groups:
            del fields["group"]
            circle = fields["circle"]
            circle.choices = [one for one in circle.choices if one[0] != Circle.GROUP]
        fields["territories"].queryset = Territory.objects.filter(
            associations__is_active=True
        ).distinct()

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data.get("file")
        if not file:
            return None
        kind = PurePosixPath(file.name).suffix.lower().lstrip(".")
        if kind not in settings.WAGTAILDOCS_EXTENSIONS:
            raise forms.ValidationError(
                _("This kind of file is not taken here. Make a PDF of it and send that.")
            )
        if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
            raise forms.ValidationError(_("This file is too heavy: 20 MB at most."))
        if not _is_what_it_says(kind, file):
            raise forms.ValidationError(
                _("This file is not what its name says, or it is damaged. Save it again as PDF.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == ResourcePage.Kind.DOCUMENT and "file" not in self.errors:
            if not cleaned.get("file"):
                self.add_error("file", _("Choose the file of this document."))
            cleaned["link"] = ""
        if kind == ResourcePage.Kind.LINK:
            if not cleaned.get("link") and "link" not in self.errors:
                self.add_error("link", _("Give the address of this link."))
            cleaned["file"] = None
        if cleaned.get("circle") == Circle.GROUP and not cleaned.get("group"):
            self.add_error("group", _("Choose the working group that may read it."))
        if self.errors and self.files:
            # A browser does not give a file back.
            self.add_error("file", _("Choose your file again before sending."))
        return cleaned

    def proposal(self) -> Proposal:
        given = self.cleaned_data
        circle = Circle(given["circle"])
        return Proposal(
            title=given["title"],
            kind=given["kind"],
            circle=circle,
            group=given.get("group") if circle == Circle.GROUP else None,
            file=given["file"],
            link=given["link"],
            summary=given["summary"],
            author=given["author"],
            themes=list(given["themes"]),
            territories=list(given["territories"]),
        )


def _is_what_it_says(kind: str, file: UploadedFile) -> bool:
    """Whether the first bytes are those of its kind: a page of a site is no PDF."""
    first = file.read(2048)
    file.seek(0)
    if kind == "pdf":
        return first.lstrip().startswith(b"%PDF-")
    if kind in PACKAGES:
        return first.startswith(b"PK\x03\x04")
    return kind in TEXTS and b"\0" not in first
