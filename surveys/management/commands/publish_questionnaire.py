"""Freeze the next version of a questionnaire from its latest draft."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.management.reporting import Refused, ReportingCommand
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import Unpublishable, publish_questionnaire


class Command(ReportingCommand):
    help = _("Publish the latest draft of a questionnaire: freezes a version, prints its number.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help=_("The address of the questionnaire."))

    def report(self, **options: Any) -> dict[str, Any]:
        slug = options["slug"]
        questionnaire = Questionnaire.objects.filter(slug=slug).first()
        if questionnaire is None:
            raise Refused(
                _("There is no questionnaire “%(slug)s”: check its address.") % {"slug": slug}
            )
        try:
            version = publish_questionnaire(questionnaire=questionnaire, by=None, at=timezone.now())
        except Unpublishable as error:
            reasons = [str(problem) for problem in error.problems]
            raise Refused("\n".join(reasons), report={"problems": reasons}) from error
        self.say(
            _("“%(title)s” is published: version %(number)d.")
            % {"title": questionnaire.title, "number": version.number}
        )
        return {
            "questionnaire": questionnaire.slug,
            "version": version.number,
            "checksum": version.checksum,
            "questions": version.question_count,
        }
