"""What to take away, and in which file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.exports.models import Export


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("File"),
        choices=Export.Format.choices,
        initial=Export.Format.XLSX,
        widget=forms.RadioSelect,
    )
    content = forms.ChoiceField(
        label=_("What it holds"),
        choices=Export.Content.choices,
        initial=Export.Content.FIGURES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, may_take_rows: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_take_rows:
            self.fields["content"].choices = [
                (Export.Content.FIGURES.value, Export.Content.FIGURES.label)
            ]
