"""Compile the interface's translations, without asking the machine for gettext.

The site speaks French; the pages on which people answer speak the other languages too.
Translators type ordinary spaces; the French that is compiled has those of French typography,
so that pages, letters and files all say `Merci !` with the space that keeps the mark on its line.
"""

from collections.abc import Iterable
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from intranet.templatetags.typography import space_out_html

PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);",
    "tr": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
}
"""How each language counts: which of its forms a number takes."""


def compiled(language: str, sources: Iterable[Path]) -> polib.POFile:
    """The messages of these files as one catalogue; the first to translate a message has it."""
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": PLURALS[language],
    }
    known = set()
    for source in sources:
        for entry in polib.pofile(str(source)):
            message = (entry.msgctxt, entry.msgid)
            if message not in known and entry.translated():
                known.add(message)
                catalogue.append(spaced_out(entry) if language == "fr" else entry)
    return catalogue


def spaced_out(entry: polib.POEntry) -> polib.POEntry:
    entry.msgstr = space_out_html(entry.msgstr)
    entry.msgstr_plural = {
        number: space_out_html(text) for number, text in entry.msgstr_plural.items()
    }
    return entry


class Command(BaseCommand):
    help = "Compile the interface's translations (.po) into what the product reads (.mo)."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        for directory in settings.LOCALE_PATHS:
            for messages in sorted(Path(directory).glob("*/LC_MESSAGES")):
                catalogue = compiled(messages.parent.name, sorted(messages.glob("*.po")))
                catalogue.save_as_mofile(str(messages / "django.mo"))
