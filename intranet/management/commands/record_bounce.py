import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from intranet.notifications.bounces import NotAReport, read_report
from intranet.notifications.operations import record_bounce

LARGEST = 10 * 1024 * 1024


class Command(ReportingCommand):
    help = _("Read the report of a letter that came back, and mark its address (RFC 3464).")
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help=_("The report; standard input if there is none.")
        )

    def report(self, **options) -> dict[str, Any]:
        try:
            bounce = read_report(_content(options["file"]))
        except NotAReport as error:
            raise Refused(
                _("This is not a delivery report about a letter: nothing was changed.")
            ) from error
        letter = record_bounce(bounce=bounce, at=timezone.now())
        if letter is None:
            raise Refused(_("The letter that came back is not one of ours, or was forgotten."))
        marked = bounce.blames_the_address
        if not bounce.has_failed:
            self.say(_("The letter has not failed: nothing was changed."))
        elif marked:
            self.say(_("%(address)s no longer receives letters.") % {"address": letter.to})
        else:
            self.say(_("The letter to %(address)s was refused.") % {"address": letter.to})
        return {
            "letter": str(letter.pk),
            "address": letter.to,
            "status": bounce.status,
            "failed": bounce.has_failed,
            "marked": marked,
        }


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST)
    path: Path = readable_file(name)
    with path.open("rb") as file:
        return file.read(LARGEST)
