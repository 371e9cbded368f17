"""What is set of a question besides what it asks: one field for all of it, as JSON."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import Adapter, register

from pages.charter.queries import current_commitments
from surveys.questionnaires.definition import DATA_CLASSES
from surveys.questionnaires.scales import NOT_CONCERNED, SCALES

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


# -- What editors are shown --------------------------------------------------------------


def words() -> dict[str, str]:
    return {
        "settings": _("Settings"),
        "not_a_number": _("Write a number, like 12 or 12.5."),
        "pick": _("Choose the conditions in lists"),
        "all": _("All of these conditions"),
        "any": _("One of these conditions at least"),
        "match": _("Needed"),
        "question": _("Question"),
        "operator": _("Comparison"),
        "value": _("Value"),
        "own": _("This answer"),
        "add": _("Add a condition"),
        "remove": _("Remove this condition"),
        "as_text": _("Written by hand: lists cannot show this expression, and leave it as it is."),
        "answered": _("is answered"),
        "not_answered": _("is not answered"),
        "is": _("is"),
        "is_not": _("is not"),
        "has": _("includes"),
        "has_not": _("does not include"),
        "less": _("is less than"),
        "at_most": _("is at most"),
        "more": _("is more than"),
        "at_least": _("is at least"),
        "yes": _("Yes"),
        "no": _("No"),
        "other": _("Other"),
        "choose": _("Choose…"),
    }


def _control(type_: str, label: str, help_text: str = "", **more: Any) -> dict[str, Any]:
    return {"type": type_, "label": label, "help": help_text, **more}


def controls() -> dict[str, dict[str, Any]]:
    """How each setting is edited."""
    return {
        "hint": _control("text", _("Hint"), _("Shown under the question, in small.")),
        "required": _control("flag", _("An answer is required")),
        "has_other": _control("flag", _("Add “Other, specify”")),
        "not_concerned": _control("flag", _("Add “Not concerned”")),
        "several": _control("flag", _("Several choices may be ticked in a row")),
        "drop_down": _control(
            "flag", _("Show as a drop-down list"), field="appearance", value="minimal"
        ),
        "table": _control(
            "flag",
            _("Show as one table"),
            _("When all its questions have the same choices."),
            field="appearance",
            value="table-list",
        ),
        "code": _control(
            "code",
            _("Code"),
            _(
                "The name of the column in files: letters without accent, figures and "
                "underscores. Left empty, it is proposed from the question."
            ),
        ),
        "commitments": _control(
            "commitments",
            _("Commitments of the charter"),
            _("Those that the answers inform: results are also read by commitment."),
        ),
        "condition": _control(
            "expression",
            _("Asked only if"),
            _("An expression, like ${age} > 17. Left empty, it is always asked."),
            picked=True,
        ),
        "check": _control(
            "expression",
            _("Accepted only if"),
            _("The point stands for the answer: . > 0"),
            picked=True,
            own=True,
        ),
        "calculation": _control(
            "expression", _("Calculation"), _("An expression, like ${total} * 2.")
        ),
        "check_message": _control("line", _("Message when it is not accepted")),
        "required_message": _control("line", _("Message when the answer is missing")),
        "default": _control("line", _("Answer written in advance"), _("As files write it.")),
        "may_decline": _control("flag", _("Offer “I prefer not to say”")),
        "data_class": _control(
            "choice",
            _("What the answers say of people"),
            options=[
                ["ordinary", _("Nothing about a person")],
                ["personal", _("Personal data")],
                ["sensitive", _("Sensitive data: health, opinions, origins…")],
            ],
        ),
        "minimum": _control("number", _("Smallest number accepted")),
        "maximum": _control("number", _("Largest number accepted")),
        "fewest": _control("number", _("Fewest choices"), field="minimum"),
        "most": _control("number", _("Most choices"), field="maximum"),
        "unit": _control("line", _("Unit"), _("Shown beside the number: €, hours, km…")),
        "lowest_label": _control("line", _("Words at the lowest end")),
        "highest_label": _control("line", _("Words at the highest end")),
        "accepts": _control(
            "choice",
            _("Files accepted"),
            options=[
                ["", _("Images and documents")],
                ["image", _("Images only")],
                ["document", _("Documents only")],
            ],
        ),
        "scale": _control(
            "choice",
            _("Scale"),
            options=[
                *([name, str(scale.label)] for name, scale in SCALES.items()),
                ["own", _("Points of your own")],
            ],
        ),
    }


def as_settings(raw: Any, readers: Readers) -> dict[str, Any]:
    """What is set, out of anything: what is left empty is left out."""
    if not isinstance(raw, dict):
        return {}
    read = {name: readers[name](raw[name]) for name in readers if name in raw}
    return {
        name: value
        for name, value in read.items()
        if not (value is None or value is False or value in ("", [], {}))
    }


# -- The field ---------------------------------------------------------------------------


class Catalogue:
    """The words, controls and commitments that every field of settings draws from.

    Packed once for a page, whatever the number of fields that name it.
    """


def commitment_choices() -> list[tuple[str, str]]:
    return [(commitment.anchor, commitment.alone) for commitment in current_commitments()]


class CatalogueAdapter(Adapter):
    js_constructor = "surveys.Catalogue"

    def js_args(self, catalogue: Catalogue) -> list[Any]:
        return [words(), controls(), commitment_choices(), points_of_scales()]


def points_of_scales() -> dict[str, list[list[str]]]:
    """The points of our scales, by which one's own begin; "not concerned" is called ""."""
    scales = {
        name: [[code, str(label)] for code, label in one.points] for name, one in SCALES.items()
    }
    return {**scales, "": [[NOT_CONCERNED[0], str(NOT_CONCERNED[1])]]}


register(CatalogueAdapter(), Catalogue)
CATALOGUE: Final = Catalogue()


class SettingsBlock(blocks.FieldBlock):
    """Everything that is set of a question, a group or a section, besides what it says.

    One field, as JSON. `shown` names the controls that are drawn at once, `more` those that are
    drawn when somebody opens them: a hundred questions have to open at once.
    """

    def __init__(
        self,
        *,
        readers: Readers = OF_ALL,
        shown: Iterable[str] = (),
        more: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self.readers = readers
        self.shown = list(shown)
        self.more = list(more)
        self.field = forms.Field(widget=forms.HiddenInput(), required=False)
        super().__init__(label=gettext_lazy("Settings"), default={}, search_index=False, **kwargs)

    def to_python(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def normalize(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def clean(self, value: Any) -> dict[str, Any]:
        return as_settings(value, self.readers)

    def get_form_state(self, value: Any) -> dict[str, Any]:
        return dict(value or {})

    def value_from_datadict(self, data, files, prefix: str) -> dict[str, Any]:
        return as_settings(read_json(data.get(prefix)), self.readers)

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class SettingsBlockAdapter(Adapter):
    js_constructor = "surveys.Settings"

    def js_args(self, block: SettingsBlock) -> list[Any]:
        return [block.name, block.label, block.shown, block.more, CATALOGUE]

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[
                versioned_static("wagtailadmin/js/telepath/blocks.js"),
                versioned_static("surveys/questionnaires/conditions.js"),
                versioned_static("surveys/questionnaires/settings.js"),
            ]
        )


register(SettingsBlockAdapter(), SettingsBlock)


class FlatBlock(blocks.StructBlock):
    """A block whose settings are stored beside its other parts, and gathered to be edited.

    A panel that was not opened sends all that it holds as JSON, in one field.
    """

    def gathered(self, stored: dict[str, Any]) -> dict[str, Any]:
        apart = {
            name: given
            for name, given in stored.items()
            if name not in self.child_blocks and name != "settings"
        }
        return {**stored, "settings": {**apart, **(stored.get("settings") or {})}}

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

    def value_from_datadict(self, data, files, prefix: str) -> Any:
        if prefix not in data:
            return super().value_from_datadict(data, files, prefix)
        sent = read_json(data[prefix])
        return self.to_python(sent if isinstance(sent, dict) else {})

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


def read_json(sent: str | None) -> Any:
    try:
        return json.loads(sent or "null")
    except (ValueError, RecursionError):
        return None
