from datetime import date
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.digest.operations import write_weekly_letters
from intranet.management.reporting import ReportingCommand


class Command(ReportingCommand):
    help = _("Write and queue the weekly letters; a second run of the same week queues nothing.")
    # For `--check`: what would be written is counted, and nothing is.
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help=_("A day of the week to write for, as 2026-11-27; today if not said."),
        )

    def report(self, **options) -> dict[str, Any]:
        now = timezone.now()
        on = options["on"] or timezone.localdate(now)
        tally = write_weekly_letters(on=on, at=now)
        self.say(
            ngettext(
                "%(count)d letter is on its way.",
                "%(count)d letters are on their way.",
                tally.letters,
            )
            % {"count": tally.letters}
        )
        return {"letters": tally.letters, "empty": tally.empty, "already": tally.done}
