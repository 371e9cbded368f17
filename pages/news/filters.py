"""The list of news by territory, theme, circle and year, with how many each would leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.network.models import Territory, Theme
from pages.audience.circles import Circle

COLUMNS: Final = {
    "territoire": "territories__code",
    "theme": "themes__slug",
    "cercle": "circle",
    "annee": "date__year",
}
"""What an address may ask for, and the column that it means."""

EVERYTHING: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "territoire": (_("Territory"), _("All the territories")),
    "theme": (_("Theme"), _("All the themes")),
    "cercle": (pgettext_lazy("circle of news", "Readers"), _("All readers")),
    "annee": (_("Year"), _("All the years")),
}
"""The name of each filter, and what is said when nothing is asked for."""

CIRCLES: Final[dict[str, str | Promise]] = {
    Circle.PUBLIC.value: pgettext_lazy("circle of news", "Everybody"),
    Circle.MEMBERS.value: pgettext_lazy("circle of news", "Members only"),
    Circle.GROUP.value: pgettext_lazy("circle of news", "My working groups"),
}
LONGEST: Final = 80


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    label: str | Promise
    everything: str | Promise
    options: list[Option]

    @property
    def is_useful(self) -> bool:
        """Whether it can leave something out: what has no territory is left out by any."""
        of_all = self.name in {"cercle", "annee"}
        return self.chosen is not None or len(self.options) > (1 if of_all else 0)

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


def chosen_in(asked: QueryDict) -> dict[str, str]:
    """What the address asks for; what nobody can ask for is not."""
    chosen = {name: asked.get(name, "").strip()[:LONGEST] for name in COLUMNS}
    year = chosen["annee"]
    if not (year.isascii() and year.isdigit() and len(year) == 4 and year > "1900"):
        chosen["annee"] = ""
    return {name: value for name, value in chosen.items() if value}


def filtered(news: Any, chosen: dict[str, str]) -> Any:
    for name, value in chosen.items():
        news = news.filter(**{COLUMNS[name]: value})
    return news


def filters_of(visible: Any, chosen: dict[str, str]) -> list[Filter]:
    """Each filter with what it would leave, the others being as they are. Six queries."""
    counts = {name: _counts(visible, chosen, name) for name in COLUMNS}
    labels: dict[str, Iterable[tuple[str, str | Promise]]] = {
        "territoire": [
            (one.code, f"{one.name} ({one.commune})")
            for one in Territory.objects.filter(code__in=_wanted("territoire", counts, chosen))
        ],
        "theme": Theme.objects.filter(slug__in=_wanted("theme", counts, chosen)).values_list(
            "slug", "name"
        ),
        "cercle": CIRCLES.items(),
        "annee": [(year, year) for year in sorted(counts["annee"], reverse=True)],
    }
    return [
        Filter(name, *EVERYTHING[name], _options(counts[name], labels[name], chosen.get(name)))
        for name in COLUMNS
    ]


def _wanted(name: str, counts: dict[str, dict[str, int]], chosen: dict[str, str]) -> list[str]:
    return [*counts[name], chosen.get(name, "")]


def _options(
    counts: dict[str, int], labels: Iterable[tuple[str, str | Promise]], chosen: str | None
) -> list[Option]:
    return [
        Option(value, label, counts.get(value, 0), value == chosen)
        for value, label in labels
        if value in counts or value == chosen
    ]


def _counts(visible: Any, chosen: dict[str, str], name: str) -> dict[str, int]:
    others = {other: value for other, value in chosen.items() if other != name}
    # Apart: the joins of the other filters would count a row once for each of theirs.
    kept = filtered(visible, others).order_by().values("pk")
    rows = visible.model.objects.filter(pk__in=kept).order_by().values(COLUMNS[name])
    found = rows.annotate(number=Count("pk", distinct=True))
    keys = ((row[COLUMNS[name]], row["number"]) for row in found)
    return {str(key): number for key, number in keys if key not in (None, "")}
