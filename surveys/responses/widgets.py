"""How a value of a document is shown in a web form and read back: one widget a shape."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, pgettext_lazy

from intranet.files.inspection import LARGEST_FILE, SUFFIXES_ACCEPTED
from surveys.questionnaires.definition import OTHER
from surveys.questionnaires.question_types import is_declined, is_number
from surveys.responses.wording import number_as_typed, phone_in_words

DECLINING = "!declined"
"""What the radio "I prefer not to say" sends: no choice has this id."""

Choices = Sequence[tuple[str, str]]


class ChoiceShape(forms.widgets.ChoiceWidget):
    """Choices whose value is that of a document: `{"choice": id, "other": text}` and the like.

    "Other" is specified in a text beside the choices. A radio cannot be unticked: where an
    answer is not required, one more radio takes it away, as soon as there is one.
    """

    template_name = "surveys/responses/widgets/choices.html"
    key = "choice"

    def __init__(
        self,
        *,
        choices,
        has_other: bool = False,
        removable: bool = False,
        may_decline: bool = False,
        layout: str = "",
    ) -> None:
        super().__init__(choices=choices, attrs={"class": layout} if layout else None)
        self.has_other = has_other
        self.removable = removable
        self.may_decline = may_decline

    def chosen(self, value: Any) -> list[str]:
        found = value.get(self.key) if isinstance(value, dict) else value
        if isinstance(found, bool):
            found = "true" if found else "false"
        found = found if isinstance(found, list) else [found]
        return [str(one) for one in found if one is not None and one != ""]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        chosen = self.chosen(value)
        context = super().get_context(name, chosen, attrs)
        declined = self.may_decline and is_declined(value)
        # Beside the choices, and numbered after them: errors lead to the first choice.
        context["is_removable"] = self.removable and (bool(chosen) or declined)
        context["may_decline"] = self.may_decline
        context["is_declined"] = declined
        context["declining"] = DECLINING
        context["specify"] = self.has_other
        context["specified"] = (value.get("other") if isinstance(value, dict) else None) or ""
        return context

    def value_from_datadict(self, data, files, name: str) -> Any:
        given = [one for one in data.getlist(name) if one != ""]
        specified = data.get(f"{name}-other", "") if self.has_other else ""
        if self.may_decline and DECLINING in given:
            others = [one for one in given if one != DECLINING]
            return {"declined": True, self.key: others, "other": specified}
        return self.in_shape(list(dict.fromkeys(given)), specified)

    def in_shape(self, given: list[str], specified: str) -> Any:
        return {self.key: given if len(given) != 1 else given[0], "other": specified}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{index or 0}" if id_ else id_


class OneChoice(ChoiceShape, forms.RadioSelect):
    pass


class SeveralChoices(ChoiceShape, forms.CheckboxSelectMultiple):
    key = "choices"

    def in_shape(self, given: list[str], specified: str) -> Any:
        return {self.key: given, "other": specified}


class OneWord(ChoiceShape, forms.RadioSelect):
    """Radios whose value is the answer itself: yes or no, a rating.

    `ends` says in words what the first and the last of them mean.
    """

    def __init__(self, *, ends: Choices = (), **options) -> None:
        super().__init__(**options)
        self.ends = ends

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"ends": self.ends}

    def in_shape(self, given: list[str], specified: str) -> Any:
        return given if len(given) > 1 else next(iter(given), None)


class DropDown(ChoiceShape, forms.Select):
    """One choice, in a list that unfolds."""

    template_name = "surveys/responses/widgets/drop_down.html"
    use_fieldset = False

    def __init__(self, *, choices, **options) -> None:
        nothing = ("", pgettext_lazy("a choice", "Choose…"))
        super().__init__(choices=[nothing, *choices], **options)

    def chosen(self, value: Any) -> list[str]:
        return super().chosen(value) or [""]

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_


class PhoneInput(forms.TextInput):
    input_type = "tel"

    def format_value(self, value: Any) -> str | None:
        # In figures that can be read over: "06 12 34 56 78".
        return phone_in_words(value) if value else None


class WithUnit(forms.TextInput):
    """A number and, after it, what it counts."""

    template_name = "surveys/responses/widgets/with_unit.html"

    def __init__(self, *, unit: str, attrs: dict[str, str]) -> None:
        super().__init__(attrs={**attrs, "autocomplete": "off", "dir": "ltr"})
        self.unit = unit

    def format_value(self, value: Any) -> str | None:
        # With the comma of the reader's language.
        return number_as_typed(value) if is_number(value) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


# -- Days and hours ----------------------------------------------------------------------


class InParts(forms.MultiWidget):
    """A value typed in several short boxes, each with its name, and sent as one text."""

    template_name = "surveys/responses/widgets/parts.html"
    frame = "parts"
    labels: tuple[tuple[str, Any, int], ...] = ()
    separator = ""

    def __init__(self) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {part: forms.TextInput(attrs=attrs) for part, _label, _size in self.labels}
        )

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, (_name, label, size) in zip(
            context["widget"]["subwidgets"], self.labels, strict=True
        ):
            part["label"], part["size"] = label, size
        return context

    def value_from_datadict(self, data, files, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        first, *others = ((text or "").strip() for text in typed)
        # Somebody may have put the whole of it in the first box.
        return self.separator.join([first, *others]) if any(others) else first

    def decompress(self, value: Any) -> list[str]:
        """The parts of a document's value, or of what was typed."""
        typed = re.split(self.separator, value or "")
        missing = len(self.labels) - len(typed)
        return (
            [*typed, *[""] * missing] if missing >= 0 else [value, *[""] * (len(self.labels) - 1)]
        )

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class DayInParts(InParts):
    labels = (
        ("day", gettext_lazy("Day"), 2),
        ("month", gettext_lazy("Month"), 2),
        ("year", gettext_lazy("Year"), 4),
    )
    separator = "/"

    def decompress(self, value: Any) -> list[str]:
        if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value or ""):
            return [found[3], found[2], found[1]]
        return super().decompress(value)


class HourInParts(InParts):
    labels = (
        ("hour", pgettext_lazy("of a day", "Hour"), 2),
        ("minute", gettext_lazy("Minutes"), 2),
    )
    separator = ":"

    def value_from_datadict(self, data, files, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return f"{typed}:00" if typed.isdecimal() else typed


# -- Rankings and matrices ---------------------------------------------------------------


class Ranking(forms.Widget):
    """A rank to choose beside each answer; buttons move them where JavaScript runs."""

    template_name = "surveys/responses/widgets/ranking.html"
    use_fieldset = True
    frame = "ranks"

    def __init__(self, *, choices: Choices, most: int) -> None:
        super().__init__()
        self.choices = choices
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ranks = self._ranks(value)
        items = [
            {"name": f"{name}-{choice}", "label": label, "rank": str(ranks.get(choice, ""))}
            for choice, label in self.choices
        ]
        ranked = sorted((one for one in items if one["rank"]), key=lambda one: one["rank"].zfill(9))
        context["items"] = ranked + [one for one in items if not one["rank"]]
        context["ranks"] = [str(rank) for rank in range(1, self.most + 1)]
        return context

    def _ranks(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            return {}
        if "ranks" in value:
            return value["ranks"]
        return {choice: rank for rank, choice in enumerate(value.get("ranking", []), start=1)}

    def value_from_datadict(self, data, files, name: str) -> dict[str, dict[str, str]]:
        typed = {
            choice: data.get(f"{name}-{choice}", "").strip() for choice, _label in self.choices
        }
        return {"ranks": {choice: rank for choice, rank in typed.items() if rank}}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_0"


MOST_COLUMNS = 7


def table_class(columns: int) -> str:
    """Rows are aligned as in a table on wide screens, unless columns would be too narrow."""
    return "matrix--table" if columns <= MOST_COLUMNS else ""


class Matrix(forms.Widget):
    """A row of radios, or of boxes, for each thing that is asked about."""

    template_name = "surveys/responses/widgets/matrix.html"
    use_fieldset = True

    def __init__(self, *, choices: Choices, rows: Choices, several: bool, removable: bool) -> None:
        super().__init__()
        self.choices = choices
        self.rows = rows
        self.several = several
        self.removable = removable
        self.frame = f"matrix {table_class(len(choices))}"
        self.missing: frozenset[str] = frozenset()

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = value.get("rows", {}) if isinstance(value, dict) else {}
        id_ = context["widget"]["attrs"].get("id", name)
        context["rows"] = [
            self._row(number, row, rows.get(row), f"{name}-{row}", f"{id_}_{number}")
            for number, row in enumerate(dict(self.rows))
        ]
        context["columns"] = [label for _choice, label in self.choices]
        context["several"] = self.several
        return context

    def _row(self, number: int, row: str, value: Any, name: str, id_: str) -> dict[str, Any]:
        control = forms.CheckboxSelectMultiple if self.several else forms.RadioSelect
        chosen = value if isinstance(value, list) else [value] if value else []
        options = control(choices=self.choices).get_context(name, chosen, {"id": id_})
        return {
            "id": id_,
            "name": name,
            "label": dict(self.rows)[row],
            "options": [group[0] for _name, group, _index in options["widget"]["optgroups"]],
            "is_missing": row in self.missing,
            "is_removable": self.removable and not self.several and bool(chosen),
        }

    def value_from_datadict(self, data, files, name: str) -> dict[str, dict[str, Any]]:
        rows = {
            row: [one for one in data.getlist(f"{name}-{row}") if one != ""]
            for row, _label in self.rows
        }
        return {"rows": {row: chosen for row, chosen in rows.items() if chosen}}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first control of the first row that has no answer yet."""
        found = (at for at, (row, _label) in enumerate(self.rows) if row in self.missing)
        return f"{id_}_{next(found, 0)}_0"


# -- Where -------------------------------------------------------------------------------


class TerritorySearch(forms.Widget):
    """Words to look for in the directory, and the territories that they find, to pick from.

    The field puts `found` there: what matches the words, or the whole of a small directory.
    """

    template_name = "surveys/responses/widgets/territory.html"
    use_fieldset = True
    frame = "choices territory"

    def __init__(self, *, removable: bool) -> None:
        super().__init__()
        self.removable = removable
        self.find: Any = None

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {"code": value or "", "search": ""}
        found = self.find(given["search"], given["code"])
        return context | {"found": found, "search": given["search"], "removable": self.removable}

    def value_from_datadict(self, data, files, name: str) -> dict[str, str]:
        return {
            "code": data.get(name, "").strip(),
            "search": data.get(f"{name}-search", "").strip(),
        }

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_search"


class PlaceInWords(forms.Widget):
    """A place in one's own words; its coordinates for those who have them."""

    template_name = "surveys/responses/widgets/place.html"
    use_fieldset = True
    frame = "place"
    parts = ("label", "latitude", "longitude")

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {"label": value}
        return context | {"place": {part: given.get(part) for part in self.parts}}

    def value_from_datadict(self, data, files, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}-{part}", "").strip() for part in self.parts}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_label"


# -- Not to say, and nothing to say ------------------------------------------------------


class MayDecline(forms.Widget):
    """Another widget and, set apart below it, a box to tick by whoever prefers not to say."""

    template_name = "surveys/responses/widgets/may_decline.html"

    def __init__(self, widget: forms.Widget) -> None:
        super().__init__()
        self.widget = widget
        self.use_fieldset = widget.use_fieldset
        self.needs_multipart_form = widget.needs_multipart_form
        self.frame = getattr(widget, "frame", "choices")

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        declined = is_declined(value)
        answer = value.get("answer") if declined else value
        context = self.get_context(name, None, attrs) | {
            "inner": self.widget.render(name, answer, attrs, renderer),
            "is_declined": declined,
        }
        return mark_safe((renderer or get_default_renderer()).render(self.template_name, context))  # noqa: S308 a template's

    def value_from_datadict(self, data, files, name: str) -> Any:
        answer = self.widget.value_from_datadict(data, files, name)
        if not data.get(f"{name}-declined"):
            return answer
        return {"declined": True, "answer": "" if _is_blank(answer) else answer}

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return self.widget.id_for_label(id_)


def _is_blank(value: Any) -> bool:
    """Whether nothing was typed in a widget, however many boxes it has."""
    if isinstance(value, dict | list):
        return all(map(_is_blank, value.values() if isinstance(value, dict) else value))
    return value in (None, "")


class ChosenFile(forms.Widget):
    """A file to choose; the one that was sent already stays until it is replaced or removed.

    Its value is that of a document, what it sends `{"new": file, "kept": id, "remove": "1"}`.
    """

    template_name = "surveys/responses/widgets/file.html"
    frame = "field"
    needs_multipart_form = True

    def __init__(self, *, accepts: str = "") -> None:
        super().__init__(attrs={"accept": ",".join(SUFFIXES_ACCEPTED[accepts])})
        self.accepts = accepts
        self.address: Callable[[str], str] | None = None

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        sent = value if isinstance(value, dict) and "file" in value else None
        context = super().get_context(name, None, attrs)
        shown = context["widget"]["attrs"]
        told = [shown.get("aria-describedby"), f"{shown.get('id')}_what"]
        told += [f"{shown.get('id')}_replace"] if sent else []
        shown["aria-describedby"] = " ".join(filter(None, told))
        address = self.address(sent["file"]) if sent and self.address else ""
        return context | {
            "sent": sent,
            "address": address,
            "accepts": self.accepts,
            "maximum": LARGEST_FILE,
        }

    def value_from_datadict(self, data, files, name: str) -> dict[str, Any]:
        return {
            "new": (files or {}).get(name),
            "kept": data.get(f"{name}-kept", ""),
            "remove": data.get(f"{name}-remove", ""),
        }

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return False


class Nothing(forms.Widget):
    """A text to read has no control."""

    def value_from_datadict(self, data, files, name: str) -> None:
        return None

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        return SafeString("")


def with_other(choices: list[tuple[str, str]], label: str) -> list[tuple[str, str]]:
    return [*choices, (OTHER, label)]
