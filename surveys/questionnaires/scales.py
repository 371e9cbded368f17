"""The scales that editors choose from; a version freezes their points as choices."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scale:
    label: str | Promise
    points: tuple[tuple[str, str | Promise], ...]


NOT_CONCERNED: Final = ("non_concerne", _("Not concerned"))

SCALES: Final = {
    "agreement": Scale(
        _("Agreement, in five points"),
        (
            ("pas_du_tout", _("Strongly disagree")),
            ("plutot_pas", _("Rather disagree")),
            ("ni_oui_ni_non", _("Neither agree nor disagree")),
            ("plutot", _("Rather agree")),
            ("tout_a_fait", _("Strongly agree")),
        ),
    ),
    "application": Scale(
        _("Degree of application, in four points"),
        (
            ("pas_encore", _("Not yet")),
            ("en_partie", _("In part")),
            ("en_grande_partie", _("For the most part")),
            ("pleinement", _("Fully")),
        ),
    ),
}
