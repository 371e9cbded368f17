"""What to take away, and in which file."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from surveys.exports.models import Export


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("File"),
        initial=Export.Format.XLSX,
        widget=forms.RadioSelect,
    )
    content = forms.ChoiceField(
        label=_("What it holds"),
        initial=Export.Content.FIGURES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, may_take_rows: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        contents = Export.Content if may_take_rows else [Export.Content.FIGURES]
        self._offer("content", contents)
        self._offer("format", Export.Format)

    def _offer(self, name: str, choices: Iterable[Any]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [(choice.value, capfirst(choice.label)) for choice in choices]
