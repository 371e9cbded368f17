"""How a value of a document is shown in a web form and read back: one widget a shape."""

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from surveys.questionnaires.definition import OTHER


class ChoiceShape(forms.widgets.ChoiceWidget):
    """Choices whose value is that of a document: `{"choice": id, "other": text}` and the like.

    "Other" is specified in a text beside the choices. A radio cannot be unticked: where an
    answer is not required, one more radio takes it away, as soon as there is one.
    """

    template_name = "surveys/responses/widgets/choices.html"
    key = "choice"

    def __init__(
        self, *, choices, has_other: bool = False, removable: bool = False, layout: str = ""
    ) -> None:
        super().__init__(choices=choices, attrs={"class": layout} if layout else None)
        self.has_other = has_other
        self.removable = removable

    def chosen(self, value: Any) -> list[str]:
        found = value.get(self.key) if isinstance(value, dict) else value
        if isinstance(found, bool):
            found = "true" if found else "false"
        found = found if isinstance(found, list) else [found]
        return [str(one) for one in found if one is not None and one != ""]

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        chosen = self.chosen(value)
        context = super().get_context(name, chosen, attrs)
        # Beside the choices, and numbered after them: errors lead to the first choice.
        context["is_removable"] = self.removable and bool(chosen)
        context["specify"] = self.has_other
        context["specified"] = (value.get("other") if isinstance(value, dict) else None) or ""
        return context

    def value_from_datadict(self, data, files, name: str) -> Any:
        given = [one for one in data.getlist(name) if one != ""]
        specified = data.get(f"{name}-other", "") if self.has_other else ""
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
    """Radios whose value is the answer itself: yes or no, a rating."""

    def in_shape(self, given: list[str], specified: str) -> Any:
        return given if len(given) > 1 else next(iter(given), None)


class Nothing(forms.Widget):
    """A text to read has no control."""

    def value_from_datadict(self, data, files, name: str) -> None:
        return None

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        return SafeString("")


def with_other(choices: list[tuple[str, str]], label: str) -> list[tuple[str, str]]:
    return [*choices, (OTHER, label)]
