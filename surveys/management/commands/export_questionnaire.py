"""A questionnaire as an XLSForm, for other tools or for another Maillage."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from intranet.management.reporting import Refused, ReportingCommand
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.xlsform import workbook_of, xlsform_of


class Command(ReportingCommand):
    help = _(
        "Write a questionnaire, as its latest draft says it, as an XLSForm (.xlsx). Importing the "
        "file gives the same questionnaire."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help=_("The address of the questionnaire."))
        parser.add_argument("file", help=_("The .xlsx file to write; it is replaced if it exists."))

    def report(self, **options: Any) -> dict[str, Any]:
        slug = options["slug"]
        questionnaire = Questionnaire.objects.filter(slug=slug).first()
        if questionnaire is None:
            raise Refused(
                _("There is no questionnaire “%(slug)s”: check its address.") % {"slug": slug}
            )
        path = Path(options["file"])
        if path.suffix.lower() != ".xlsx":
            raise Refused(_("An XLSForm is an .xlsx file: end its name so."))
        revision = questionnaire.latest_revision
        definition = (revision.as_object() if revision else questionnaire).written
        _write(path, workbook_of(xlsform_of(definition, form_id=slug)))
        self.say(
            _("“%(title)s” is written in %(file)s.") % {"title": questionnaire.title, "file": path}
        )
        return {
            "questionnaire": slug,
            "file": str(path),
            "sections": len(definition.sections),
            "questions": sum(1 for _question in definition.questions),
            "languages": list(definition.languages),
        }


def _write(path: Path, content: bytes) -> None:
    """The whole file or none: what stood there stays if the disk is full."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(content)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(path)
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be written: check its folder, and who may write there.")
            % {"file": path}
        ) from error
