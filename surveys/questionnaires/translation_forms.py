"""Which language to add: one of those that are spoken around, or any other by its code."""

from collections.abc import Iterable
from typing import Any, Final, cast

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from intranet.languages import OWN_NAMES, own_name, tidy

ANOTHER: Final = "another"

# Those of which Django does not know the French name.
NAMES: Final = {
    "bm": gettext_lazy("Bambara"),
    "ff": gettext_lazy("Fula"),
    "ht": gettext_lazy("Haitian Creole"),
    "kmr": gettext_lazy("Kurdish (Kurmanji)"),
    "ln": gettext_lazy("Lingala"),
    "lo": gettext_lazy("Lao"),
    "mg": gettext_lazy("Malagasy"),
    "prs": gettext_lazy("Dari"),
    "ps": gettext_lazy("Pashto"),
    "rom": gettext_lazy("Romani"),
    "snk": gettext_lazy("Soninke"),
    "so": gettext_lazy("Somali"),
    "ti": gettext_lazy("Tigrinya"),
    "wo": gettext_lazy("Wolof"),
    "zdj": gettext_lazy("Comorian"),
    "zgh": gettext_lazy("Tamazight"),
    "zh": gettext_lazy("Chinese"),
}


def name_in_french(language: str) -> str:
    """What editors call a language, or nothing if nobody told."""
    if language in NAMES:
        return str(NAMES[language])
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return ""


def choice_of(language: str) -> tuple[str, str]:
    french, own = name_in_french(language), own_name(language)
    same = french.casefold() == own.casefold()
    return language, own if same or not french else f"{french} – {own}"


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    tag = forms.CharField(
        label=gettext_lazy("Code of the other language"),
        required=False,
        max_length=35,
        help_text=gettext_lazy(
            "Its international code (BCP 47): “wo” for Wolof, “pt-BR” for the Portuguese of Brazil."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the other language"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("As those who speak it write it."),
    )

    def __init__(self, *args: Any, known: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = set(known)
        offered = [choice_of(one) for one in OWN_NAMES if one not in self.known]
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices = [*offered, (ANOTHER, _("Another language…"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("language") != ANOTHER:
            return {**cleaned, "name": ""}
        tag = tidy(cleaned.get("tag", ""))
        if not tag:
            self.add_error(
                "tag", _("This is not the code of a language: two or three letters, such as “wo”.")
            )
        elif tag in self.known:
            self.add_error("tag", _("The questionnaire has this language already."))
        elif own_name(tag) == tag and not cleaned.get("name", "").strip():
            self.add_error("name", _("Write the name of this language: it is not known here."))
        return {**cleaned, "language": tag, "name": cleaned.get("name", "").strip()}
