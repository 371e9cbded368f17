"""From what people choose or type about the charter to values."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.charter.queries import all_versions

LONGEST_REASON: Final = 2000


class CompareForm(forms.Form):
    """Two versions to put side by side."""

    de = forms.TypedChoiceField(label=_("From version"), coerce=int)
    a = forms.TypedChoiceField(label=_("to version"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = list(all_versions().values_list("number", flat=True))
        for field, first in (("de", numbers[1:2]), ("a", numbers[:1])):
            self.fields[field].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]
            self.fields[field].initial = first[0] if first else None


class VersionForm(forms.Form):
    reason = forms.CharField(
        label=_("What changes in this version, and why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One to three sentences. Everybody reads them beside the version, and the associations "
            "that signed another one receive them in the letter that asks them to confirm."
        ),
        error_messages={"required": _("Say what changes in this version, and why.")},
    )
    # What was on screen: a draft saved meanwhile is not published unseen.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class CharterFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A Word document (.docx) or a Markdown text (.md). You will see what would change "
            "before anything is written. The file itself is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.markdown,.txt"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty: choose another one."),
        },
    )
