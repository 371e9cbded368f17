"""Responses collected elsewhere, from a file, into a campaign."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from intranet.spreadsheets import UnreadableWorkbook
from surveys.campaigns.models import Campaign
from surveys.questionnaires.queries import latest_version
from surveys.responses.files import has_header, read_rows
from surveys.responses.imports import Reader, Reading, UnknownColumns
from surveys.responses.models import Response
from surveys.responses.operations import record_responses
from surveys.responses.wording import unreadable_in_words


class Command(ReportingCommand):
    help = _(
        "Import responses collected elsewhere: one column a question code (.csv, .xlsx, .ods), or "
        "one JSON object a line (.jsonl). All or nothing, unless --keep-good. Safe to run again."
    )
    reads_a_file = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("campaign", help=_("The address (slug) of the campaign."))
        parser.add_argument("file", help=_("A .csv, .xlsx, .ods or .jsonl file."))
        parser.add_argument(
            "--keep-good",
            action="store_true",
            help=_("Record the lines that can be, even if others are refused."),
        )
        parser.add_argument(
            "--channel",
            choices=[Response.Channel.IMPORT.value, Response.Channel.PAPER.value],
            default=Response.Channel.IMPORT.value,
            help=_("How the answers were collected."),
        )

    @transaction.atomic
    def report(self, **options) -> dict[str, Any]:
        campaign = Campaign.objects.filter(slug=options["campaign"]).first()
        if campaign is None:
            raise Refused(
                _("There is no campaign %(slug)s: check its address.")
                % {"slug": options["campaign"]}
            )
        version = latest_version(campaign.questionnaire)
        if version is None:
            raise Refused(_("The questionnaire of this campaign was never published."))
        try:
            path = readable_file(options["file"])
            reading = Reader.of(campaign, version, on=timezone.localdate()).read(
                read_rows(path), has_header=has_header(path)
            )
        except UnreadableWorkbook as error:
            raise Refused(unreadable_in_words(error), report=_reported(0, 0, [])) from error
        except UnknownColumns as error:
            reason = _("No question is called %(names)s: correct these columns, or put “_” before.")
            raise Refused(
                reason % {"names": error}, report=_reported(0, 0, error.refused)
            ) from error
        if reading.refused and not options["keep_good"]:
            self._refuse(reading)
        new = record_responses(
            campaign=campaign,
            version=version,
            documents=reading.submissions,
            channel=options["channel"],
            at=timezone.now(),
        )
        return self._tell(reading, accepted=len(new))

    def _refuse(self, reading: Reading) -> None:
        self._name_refused(reading)
        raise Refused(
            _(
                "Nothing was recorded: correct these lines, or use --keep-good to record the "
                "others."
            ),
            report=_reported(0, 0, reading.refused),
        )

    def _tell(self, reading: Reading, *, accepted: int) -> dict[str, Any]:
        known = len(reading.submissions) - accepted
        self._name_refused(reading)
        self.say(
            ngettext("%(count)s response recorded.", "%(count)s responses recorded.", accepted)
            % {"count": accepted}
        )
        if known:
            self.say(
                ngettext(
                    "%(count)s response was already there.",
                    "%(count)s responses were already there.",
                    known,
                )
                % {"count": known}
            )
        return _reported(accepted, known, reading.refused)

    def _name_refused(self, reading: Reading) -> None:
        for one in reading.refused:
            where = _("Line %(line)s") % {"line": one.line}
            self.say(" · ".join(filter(None, [where, one.code, one.value, one.reason])))


def _reported(accepted: int, known: int, refused: list) -> dict[str, Any]:
    return {
        "accepted": accepted,
        "already": known,
        "refused": [asdict(one) for one in refused],
    }
