"""`manage.py export CAMPAIGN --format xlsx --output FILE`: the file that the screen gives."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.management.reporting import Refused, ReportingCommand
from surveys.exports import operations
from surveys.exports.models import Export
from surveys.management.commands.results import campaign_called
from surveys.results.operations import note_reading


class Command(ReportingCommand):
    help = _("Write the figures of a campaign, or its responses, to a file.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("campaign", metavar="CAMPAIGN", help=_("The campaign's address."))
        parser.add_argument(
            "--format", required=True, help=", ".join(Export.Format.values), metavar="FORMAT"
        )
        parser.add_argument("--output", required=True, metavar="FILE", help=_("The file to write."))
        parser.add_argument(
            "--content",
            choices=Export.Content.values,
            default=Export.Content.FIGURES.value,
            help=_("The figures, or the responses one a row, which is written in the log."),
        )

    def report(self, **options) -> dict[str, Any]:
        campaign = campaign_called(options["campaign"])
        if options["format"] not in Export.Format.values:
            message = _("The format “%(format)s” is not made. Formats: %(possible)s.")
            possible = ", ".join(Export.Format.values)
            raise Refused(message % {"format": options["format"], "possible": possible})
        output = Path(options["output"])
        _write(output, campaign, options)
        if options["content"] == Export.Content.ROWS:
            what = _("the responses, taken away as a file (%(format)s)")
            note_reading(campaign=campaign, what=what % {"format": options["format"]}, by=None)
        self.say(_("The file %(name)s is written.") % {"name": output})
        return {
            "campaign": campaign.slug,
            "format": options["format"],
            "content": options["content"],
            "output": str(output),
            "bytes": output.stat().st_size,
        }


def _write(output: Path, campaign, options: dict[str, Any]) -> None:
    """Beside its place first: a file that could not be finished never takes it."""
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("wb") as stream:
            operations.write(
                stream,
                campaign=campaign,
                format=options["format"],
                content=options["content"],
                at=timezone.now(),
            )
        partial.replace(output)
    except OSError as error:
        message = _("The file %(name)s cannot be written: check its folder and the space left.")
        raise Refused(message % {"name": output}) from error
    finally:
        partial.unlink(missing_ok=True)
