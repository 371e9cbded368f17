"""What every command that scripts rely on has in common: `--json`, `--check`, exit statuses."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _


class Refused(CommandError):
    """The command will not do it, for a reason that a person can act on (exit status 1).

    `report` is printed as usual with `--json`: a refused import says which lines and why.
    """

    def __init__(self, reason: str, *, report: dict[str, Any] | None = None) -> None:
        super().__init__(str(reason), returncode=1)
        self.report = report


class ReportingCommand(BaseCommand):
    """A command whose result a script can read.

    Subclasses write `report(**options)`, which returns what `--json` prints (one object on
    standard output), and call `say()` for people: those messages go to standard output, or
    to standard error with `--json`. Raising `Refused` ends with status 1 and no traceback;
    wrong usage ends with 2.

    With `reads_a_file = True` the command accepts `--check`: the report is made and every
    write to the database undone. Whatever else the command does (files, letters) must wait
    for the commit or look at `options["check"]` by itself.
    """

    reads_a_file = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help=_("Print one JSON object."))
        if self.reads_a_file:
            parser.add_argument(
                "--check", action="store_true", help=_("Say what would be done, write nothing.")
            )
        return parser

    def report(self, **options) -> dict[str, Any]:
        raise NotImplementedError

    def say(self, message: str) -> None:
        """Tell a person, without disturbing the script that reads the JSON."""
        (self.stderr if self._json else self.stdout).write(str(message), lambda text: text)

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            if options.get("json") and refusal.report is not None:
                self._print(refusal.report)
            if not self._called_from_command_line or options.get("traceback"):
                raise
            self.stderr.write(str(refusal))
            sys.exit(refusal.returncode)

    def handle(self, *args, **options) -> None:
        self._json = options["json"]
        if options.get("check"):
            with transaction.atomic():
                report = self.report(**options)
                transaction.set_rollback(True)
            self.say(_("This was a check: nothing was written."))
        else:
            report = self.report(**options)
        if self._json:
            self._print(report)

    def _print(self, report: dict[str, Any]) -> None:
        text = json.dumps(report, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)
        self.stdout.write(text)


def readable_file(name: str) -> Path:
    """The path of a file that can be read, or a refusal that says why it cannot."""
    path = Path(name)
    if not path.exists():
        raise Refused(_("There is no file %(name)s: check its path.") % {"name": name})
    if not path.is_file():
        raise Refused(_("%(name)s is not a file: give the path of a file.") % {"name": name})
    try:
        path.open("rb").close()
    except OSError as error:
        raise Refused(
            _("The file %(name)s cannot be read: check who may read it.") % {"name": name}
        ) from error
    return path
