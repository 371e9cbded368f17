"""Compile the interface's translations, without asking the machine for gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


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
                for source in sorted(messages.glob("**/*.po")):
                    for entry in polib.pofile(str(source)):
                        if entry not in catalogue:
                            catalogue.append(entry)
                catalogue.save_as_mofile(str(messages / "django.mo"))
