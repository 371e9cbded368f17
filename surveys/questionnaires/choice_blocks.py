"""The parts of the builder that have their own place in Wagtail's editor."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from surveys.questionnaires.identities import Block
from surveys.questionnaires.settings_blocks import OF_CHOICES, as_settings

LABEL_LENGTH = 4000
MOST_CHOICES = 10_000


def as_choices(raw: Any) -> list[Block]:
    """Choices as they are stored, out of anything: lines left blank are nobody's choice."""
    if not isinstance(raw, list):
        return []
    choices = [_as_choice(item) for item in raw[:MOST_CHOICES] if isinstance(item, dict)]
    return [choice for choice in choices if any(choice["value"].values())]


def _as_choice(raw: dict[str, Any]) -> Block:
    found = raw.get("value")
    written: dict[str, Any] = found if isinstance(found, dict) else {}
    value: dict[str, Any] = {
        name: str(written.get(name) or "").replace("\0", "").strip()
        for name in ("label", "code", "identity")
    }
    value |= as_settings(written, OF_CHOICES)
    return {"type": "item", "id": str(raw.get("id") or "")[:40], "value": value}


class ChoicesInput(forms.HiddenInput):
    """All the choices of a question in one field, as JSON."""

    def __init__(self, *, may_exclude: bool, are_rows: bool) -> None:
        self.may_exclude = may_exclude
        self.are_rows = are_rows
        super().__init__()

    def value_from_datadict(self, data, files, name: str) -> list[Block]:
        try:
            return as_choices(json.loads(data.get(name) or "[]"))
        except (ValueError, RecursionError):
            return []

    def format_value(self, value: Any) -> list[Block]:
        return as_choices(value)

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("surveys/questionnaires/choices.js")])


class ChoicesInputAdapter(WidgetAdapter):
    js_constructor = "surveys.Choices"

    def js_args(self, widget: ChoicesInput) -> list[dict[str, str]]:
        return [
            {
                "choice": _("Row") if widget.are_rows else _("Choice"),
                "add": _("Add a row") if widget.are_rows else _("Add a choice"),
                "details": _("Codes and options") if widget.may_exclude else _("Codes"),
                "code": _("Code"),
                "score": "" if widget.are_rows else _("Score"),
                "exclusive": _("Excludes the other choices") if widget.may_exclude else "",
                "up": _("Move up"),
                "down": _("Move down"),
                "remove": _("Remove"),
            }
        ]


register(ChoicesInputAdapter(), ChoicesInput)


class ChoicesBlock(blocks.FieldBlock):
    """The choices of a question, each with its identity and its code.

    One field and not a list of blocks: a choice is a line to type, and a hundred questions
    have to open at once.
    """

    def __init__(
        self,
        *,
        may_exclude: bool = False,
        are_rows: bool = False,
        **kwargs: Any,
    ) -> None:
        self.field = forms.Field(
            widget=ChoicesInput(may_exclude=may_exclude, are_rows=are_rows),
            required=False,
            help_text=gettext_lazy("Enter begins the next choice; a pasted list makes several."),
        )
        super().__init__(default=[], **kwargs)

    def to_python(self, value: Any) -> list[Block]:
        return as_choices(value)

    def normalize(self, value: Any) -> list[Block]:
        return as_choices(value)

    def clean(self, value: Any) -> list[Block]:
        choices = as_choices(value)
        if any(len(choice["value"]["label"]) > LABEL_LENGTH for choice in choices):
            raise ValidationError(
                _("A choice has at most %(count)d characters: shorten it.")
                % {"count": LABEL_LENGTH}
            )
        return choices

    def get_searchable_content(self, value: list[Block]) -> list[str]:
        return [choice["value"]["label"] for choice in value]

    class Meta:
        icon = "list-ul"
