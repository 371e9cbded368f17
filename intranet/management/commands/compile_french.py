"""Compile the interface's translations, without asking the machine for gettext.

Translators type ordinary spaces; what is compiled has those of French typography, so that
pages, letters and files all say `Merci !` with the space that keeps the mark on its line.
"""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from intranet.templatetags.typography import space_out_html


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
            for messages in Path(directory).glob("*/LC_MESSAGES"):
                catalogue = polib.POFile()
                catalogue.metadata = {
                    "Content-Type": "text/plain; charset=UTF-8",
                    "Plural-Forms": "nplurals=2; plural=(n > 1);",
                }
                for source in sorted(messages.glob("*.po")):
                    for entry in polib.pofile(str(source)):
                        if entry not in catalogue:
                            catalogue.append(spaced_out(entry))
                catalogue.save_as_mofile(str(messages / "django.mo"))
