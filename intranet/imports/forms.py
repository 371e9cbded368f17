from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.imports.tables import LIMITS


class FileForm(forms.Form):
    """The file to read. What cannot be read is said beside it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table saved as .xlsx, .ods or .csv, with a title above each column. You will see "
            "what would change before anything is written."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty: choose another one."),
        },
    )

    def content(self) -> bytes:
        """What the file holds; one byte too many when it is too large to be read."""
        return self.cleaned_data["file"].read(LIMITS.size + 1)
