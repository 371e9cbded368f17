"""Picking territories in a form, of the site or of Wagtail's editor.

The official list has 1,584 of them. Those that are near (of one's own associations) and those
that are ticked are shown as boxes; the others are found by a part of their name, their commune or
their code, without JavaScript by sending the form, with it while one types.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

from intranet.network.models import Territory
from intranet.network.queries import territories_matching

SHOWN: Final = 12
LONGEST_SEARCH: Final = 100


@dataclass(frozen=True)
class Box:
    territory: Territory
    is_ticked: bool


@dataclass(frozen=True)
class Boxes:
    """What the picker shows: the boxes, and what the words found."""

    boxes: list[Box]
    found: int = 0
    hidden: int = 0
    is_searched: bool = False


def boxes_for(*, near: Iterable[int], ticked: Iterable[int], search: str) -> Boxes:
    """Those that are near, then those that are ticked, then those that the words find."""
    near, ticked = list(near), list(ticked)
    known = Territory.objects.in_bulk([*near, *ticked])
    shown = [known[pk] for pk in dict.fromkeys([*near, *ticked]) if pk in known]
    found = territories_matching(search)
    others = [territory for territory in found if territory.pk not in known]
    return Boxes(
        [Box(territory, territory.pk in set(ticked)) for territory in [*shown, *others[:SHOWN]]],
        found=len(found),
        hidden=len(others[SHOWN:]),
        is_searched=bool(search.strip()),
    )


def numbers(values: Iterable[Any]) -> list[int]:
    """The keys among what a form sent."""
    # Nine digits: no database has more, and some refuse more.
    texts = (str(value) for value in values)
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]


class TerritoryPicker(forms.Widget):
    """Tick boxes and words to look for. `near` are the keys of those to propose first."""

    template_name = "intranet/network/territory_picker.html"
    button_type = "submit"
    use_fieldset = True

    def __init__(self, attrs: dict | None = None, *, near: Sequence[int] = ()) -> None:
        super().__init__(attrs)
        self.near = near
        self.search = ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = boxes_for(near=self.near, ticked=numbers(value or []), search=self.search)
        return context | {
            "found": found,
            "near": self.near,
            "search": self.search,
            "name": name,
            "button_type": self.button_type,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[int]:
        """What was ticked; with the only territory that words not searched for can mean."""
        sent = data.getlist(name) if isinstance(data, QueryDict) else data.get(name) or []
        ticked = numbers(sent)
        self.search = str(data.get(f"{name}-search", ""))[:LONGEST_SEARCH].strip()
        if self.search and not is_searching(data, name):
            matching = territories_matching(self.search)
            if len(matching) == 1 and matching[0].pk not in ticked:
                ticked.append(matching[0].pk)
                self.search = ""
        return ticked

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        # No box ticked is an answer.
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_search"


class EditorTerritoryPicker(TerritoryPicker):
    """In Wagtail's editor, which works with JavaScript only and does not load htmx by itself."""

    button_type = "button"

    class Media:
        js = ("intranet/js/htmx.min.js",)
        css = {"all": ("intranet/css/picker.css",)}


def is_searching(data: Any, name: str) -> bool:
    """Whether the form was sent to look for territories, and for nothing else."""
    return f"{name}-find" in data


class TerritoriesField(forms.ModelMultipleChoiceField):
    """Territories, picked with the picker."""

    widget = TerritoryPicker

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Territory.objects.all(), **kwargs)
