"""The kinds of question of a form, and what a browser and a server make of each."""

from typing import Any, Final

from django import forms
from django.db import models
from django.utils.translation import pgettext_lazy
from wagtail.contrib.forms.forms import FormBuilder

LONGEST_LINE: Final = 255
LONGEST_TEXT: Final = 5_000


class FieldKind(models.TextChoices):
    """No file: what strangers send would have to be kept from everybody, and cleaned."""

    LINE = "singleline", pgettext_lazy("question", "a line of text")
    TEXT = "multiline", pgettext_lazy("question", "several lines of text")
    EMAIL = "email", pgettext_lazy("question", "an e-mail address")
    NUMBER = "number", pgettext_lazy("question", "a number")
    DATE = "date", pgettext_lazy("question", "a date")
    BOX = "checkbox", pgettext_lazy("question", "a box to tick")
    BOXES = "checkboxes", pgettext_lazy("question", "several choices (boxes)")
    RADIO = "radio", pgettext_lazy("question", "one choice (buttons)")
    LIST = "dropdown", pgettext_lazy("question", "one choice (list)")


class QuestionBuilder(FormBuilder):
    def get_field_options(self, field: Any) -> dict[str, Any]:
        options = super().get_field_options(field)
        # Ours say in the page what is required; nothing is answered for the person.
        del options["initial"]
        return options

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(max_length=LONGEST_LINE, **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 6})
        return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **options)

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        return forms.EmailField(max_length=254, widget=widget, **options)

    def create_number_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.DecimalField(max_digits=15, decimal_places=4, localize=True, **options)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return forms.DateField(widget=widget, **options)

    def create_checkboxes_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.get_formatted_field_choices(field),
            widget=forms.CheckboxSelectMultiple,
            **options,
        )

    def create_radio_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.ChoiceField(
            choices=self.get_formatted_field_choices(field), widget=forms.RadioSelect, **options
        )

    def create_dropdown_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        choices = [("", "—"), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(choices=choices, **options)

    def get_formatted_field_choices(self, field: Any) -> list[tuple[str, str]]:
        """One a line, whole: a choice may hold a comma."""
        lines = dict.fromkeys(line.strip() for line in field.choices.splitlines())
        return [(line, line) for line in lines if line]
