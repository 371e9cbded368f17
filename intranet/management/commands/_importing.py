"""What the three commands that import a file have in common."""

from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.imports.kinds import COLUMNS, Kind
from intranet.imports.operations import Report, StillWritten, import_table
from intranet.imports.tables import ColumnsMissing, Table, read_table
from intranet.imports.wording import missing_in_words
from intranet.management.reporting import Refused, ReportingCommand, readable_file
from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets.wording import unreadable_in_words


class ImportCommand(ReportingCommand):
    """Subclasses say what they import, in `kind` and in `help`."""

    kind: ClassVar[Kind]
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("A .csv, .xlsx or .ods file, with titles of columns."))
        parser.add_argument(
            "--keep",
            type=int,
            action="append",
            default=[],
            metavar="LINE",
            help=_("A line that looks like what is there, and is about something else."),
        )

    def report(self, **options: Any) -> dict[str, Any]:
        table = self._table(readable_file(options["file"]))
        try:
            found = import_table(
                kind=self.kind, table=table, check=options["check"], kept=options["keep"]
            )
        except StillWritten as error:
            raise Refused(
                _("Others write the same lines at this moment: run the command again."),
                report=Report().counted(),
            ) from error
        self._tell(found)
        return found.counted()

    def _table(self, path: Path) -> Table:
        nothing = Report().counted()
        try:
            return read_table(path, COLUMNS[self.kind])
        except UnreadableWorkbook as error:
            raise Refused(unreadable_in_words(error), report=nothing) from error
        except ColumnsMissing as error:
            raise Refused(missing_in_words(error), report=nothing) from error

    def _tell(self, found: Report) -> None:
        out = [*found.possible, *found.doubles, *found.refused]
        for refusal in sorted(out, key=lambda one: one.line):
            self.say(
                _("Line %(line)s: %(reason)s") % {"line": refusal.line, "reason": refusal.reason}
            )
        counted = [
            ngettext("%(count)s new line.", "%(count)s new lines.", len(found.new)),
            ngettext("%(count)s line changed.", "%(count)s lines changed.", len(found.changed)),
            ngettext("%(count)s line unchanged.", "%(count)s lines unchanged.", found.unchanged),
        ]
        counts = [len(found.new), len(found.changed), found.unchanged]
        for sentence, count in zip(counted, counts, strict=True):
            self.say(sentence % {"count": count})
