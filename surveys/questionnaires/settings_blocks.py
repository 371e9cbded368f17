"""What is set of a question besides what it asks: one field for all of it, as JSON."""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register

from surveys.questionnaires.definition import DATA_CLASSES
from surveys.questionnaires.scales import SCALES

Readers = Mapping[str, Callable[[Any], Any]]

TEXT_LENGTH = 4000
MOST_CARRIED = 500


def _text(raw: Any) -> str:
    return str(raw).replace("\0", "").strip()[:TEXT_LENGTH] if isinstance(raw, str | int) else ""


def _flag(raw: Any) -> bool:
    return raw is True


def _number(raw: Any) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        return None
    return raw if abs(raw) <= 10**15 else None


def _texts(raw: Any) -> list[str]:
    return [_text(one) for one in raw[:MOST_CARRIED] if one] if isinstance(raw, list) else []


def _carried(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        return {}
    return {_text(name): _text(said) for name, said in list(raw.items())[:MOST_CARRIED]}


def _one_of(*known: str) -> Callable[[Any], str]:
    return lambda raw: raw if raw in known else ""


OF_ALL: Final[Readers] = {
    "identity": _text,
    "code": _text,
    "condition": _text,
    "appearance": _text,
    "carried": _carried,
}
OF_SECTIONS: Final[Readers] = {**OF_ALL, "is_loose": _flag}
OF_QUESTIONS: Final[Readers] = {
    **OF_ALL,
    "hint": _text,
    "required": _flag,
    "required_message": _text,
    "has_other": _flag,
    "several": _flag,
    "minimum": _number,
    "maximum": _number,
    "unit": _text,
    "lowest_label": _text,
    "highest_label": _text,
    "accepts": _one_of("image", "document"),
    "commitments": _texts,
    "check": _text,
    "check_message": _text,
    "calculation": _text,
    "default": _text,
    "may_decline": _flag,
    "data_class": _one_of(*DATA_CLASSES),
    "scale": _one_of(*SCALES, "own"),
    "not_concerned": _flag,
}
OF_CHOICES: Final[Readers] = {"exclusive": _flag, "score": _number, "carried": _carried}
"""What may be set, and how what a browser sent for it is read."""


def as_settings(raw: Any, readers: Readers) -> dict[str, Any]:
    """What is set, out of anything: what is left empty is left out."""
    if not isinstance(raw, dict):
        return {}
    read = {name: readers[name](raw[name]) for name in readers if name in raw}
    return {
        name: value
        for name, value in read.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


class SettingsBlock(blocks.FieldBlock):
    """Everything that is set of a question, a group or a section, besides what it says.

    One field, whose controls are made when they are opened: a hundred questions have to open
    at once. `names` are what it may hold.
    """

    def __init__(self, *, readers: Readers = OF_ALL, **kwargs: Any) -> None:
        self.readers = readers
        self.field = forms.Field(widget=forms.HiddenInput(), required=False)
        super().__init__(default={}, search_index=False, **kwargs)

    def to_python(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def normalize(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def clean(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def get_form_state(self, value: Any) -> str:
        return json.dumps(value or {}, ensure_ascii=False)

    def value_from_datadict(self, data, files, prefix: str) -> dict[str, Any]:
        try:
            return as_settings(json.loads(data.get(prefix) or "{}"), self.readers)
        except (ValueError, RecursionError):
            return {}

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class SettingsBlockAdapter(Adapter):
    js_constructor = "surveys.IdentityBlock"

    def js_args(self, block: SettingsBlock) -> list[str]:
        return [block.name]

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("surveys/questionnaires/choices.js")])


register(SettingsBlockAdapter(), SettingsBlock)


class FlatBlock(blocks.StructBlock):
    """A block whose settings are stored beside its other parts, and gathered to be edited."""

    def gathered(self, stored: dict[str, Any]) -> dict[str, Any]:
        if isinstance(stored.get("settings"), dict):
            return stored
        apart = {name: given for name, given in stored.items() if name not in self.child_blocks}
        return {**stored, "settings": apart}

    def to_python(self, value: dict[str, Any]) -> Any:
        return super().to_python(self.gathered(value))

    def bulk_to_python(self, values: list[dict[str, Any]]) -> list[Any]:
        return super().bulk_to_python([self.gathered(value) for value in values])

    def normalize(self, value: Any) -> Any:
        if isinstance(value, self.meta.value_class):
            return value
        parts = self.gathered(value)
        return super().normalize(
            {name: given for name, given in parts.items() if name in self.child_blocks}
        )

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        stored = super().get_prep_value(value)
        return {**stored, **stored.pop("settings", {})}
