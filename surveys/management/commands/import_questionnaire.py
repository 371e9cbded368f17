"""A questionnaire that exists elsewhere, from a file, as a draft."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from intranet.spreadsheets import UnreadableWorkbook
from intranet.spreadsheets.wording import unreadable_in_words
from surveys.questionnaires.definition import Definition, text_in
from surveys.questionnaires.files import read_questionnaire
from surveys.questionnaires.interchange import Imported, MalformedQuestionnaire
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.operations import draft_from_definition
from surveys.questionnaires.remark_wording import in_one_line, reported

SLUG_LENGTH = 80


class Command(ReportingCommand):
    help = _(
        "Import a questionnaire as a draft: XLSForm (.xlsx, .xls), LimeSurvey structure (.lss) or "
        "tab-separated text (.txt). What is not taken is named; nothing is half-imported."
    )
    reads_a_file = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("An .xlsx, .xls, .lss or .txt file."))
        parser.add_argument(
            "--slug", help=_("The address of the new questionnaire; made from its title if absent.")
        )

    @transaction.atomic
    def report(self, **options: Any) -> dict[str, Any]:
        path = readable_file(options["file"])
        imported = self._read(path)
        slug = self._slug(options["slug"], imported.definition, path)
        questionnaire = draft_from_definition(
            slug=slug, definition=imported.definition, by=None, at=timezone.now()
        )
        for remark in imported.unsupported:
            self.say(in_one_line(remark))
        count = sum(1 for _question in imported.definition.questions)
        self.say(
            ngettext(
                "“%(title)s” is imported as a draft, with one question: %(slug)s.",
                "“%(title)s” is imported as a draft, with %(count)s questions: %(slug)s.",
                count,
            )
            % {"title": questionnaire.title, "count": count, "slug": slug}
        )
        return _reported(slug, imported)

    def _read(self, path: Path) -> Imported:
        try:
            return read_questionnaire(path.read_bytes(), name=path.name)
        except UnreadableWorkbook as error:
            raise Refused(unreadable_in_words(error), report=_refused([])) from error
        except MalformedQuestionnaire as error:
            reasons = [in_one_line(problem) for problem in error.problems]
            reasons.append(_("Nothing was imported: correct this in the file, and try again."))
            problems = [reported(problem) for problem in error.problems]
            raise Refused("\n".join(reasons), report=_refused(problems)) from error

    def _slug(self, wanted: str | None, definition: Definition, path: Path) -> str:
        if wanted is None:
            title = text_in(definition.title, definition.language)
            return _free_slug(slugify(title) or slugify(path.stem) or "questionnaire")
        try:
            validate_slug(wanted)
        except ValidationError as error:
            reason = _(
                "An address is made of letters without accents, figures and hyphens: %(slug)s."
            )
            raise Refused(reason % {"slug": wanted}, report=_refused([])) from error
        if len(wanted) > SLUG_LENGTH:
            reason = _("This address is too long: %(maximum)s characters at most.")
            raise Refused(reason % {"maximum": SLUG_LENGTH}, report=_refused([]))
        if Questionnaire.objects.filter(slug=wanted).exists():
            reason = _("There is already a questionnaire at “%(slug)s”: choose another address.")
            raise Refused(reason % {"slug": wanted}, report=_refused([]))
        return wanted


def _free_slug(wanted: str) -> str:
    slug, number = wanted[:SLUG_LENGTH], 1
    while Questionnaire.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[: SLUG_LENGTH - 6]}-{number}"
    return slug


def _reported(slug: str, imported: Imported) -> dict[str, Any]:
    definition = imported.definition
    return {
        "questionnaire": slug,
        "sections": len(definition.sections),
        "questions": [
            {
                "code": question.code,
                "type": question.kind,
                "label": text_in(question.label, definition.language),
            }
            for question in definition.questions
        ],
        "languages": list(definition.languages),
        "unsupported": [reported(remark) for remark in imported.unsupported],
    }


def _refused(problems: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "questionnaire": None,
        "sections": 0,
        "questions": [],
        "languages": [],
        "unsupported": [],
        "problems": problems,
    }
