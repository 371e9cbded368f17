"""Files that leave the house: asked for, built, kept a while, thrown away."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.jobs.operations import enqueue
from surveys.campaigns.models import Campaign
from surveys.exports import formats, rows, tables
from surveys.exports.models import Export
from surveys.exports.wording import notes, words
from surveys.questionnaires.builder import LANGUAGE
from surveys.questionnaires.definition import text_in
from surveys.responses import answers
from surveys.responses.models import Response
from surveys.results import queries

DIRECTORY = "exports"
KEPT_FOR = timedelta(days=7)
Progress = Callable[[int], None]


class UnknownFormat(Exception):
    """No file is made in this format."""


@transaction.atomic
def request_export(
    *,
    campaign: Campaign,
    format: str,  # noqa: A002 - the word of the field, of the form and of the command.
    content: str,
    by: User,
    at: datetime,
) -> Export:
    """Have a file built in the background; the export says how far it is."""
    export = Export.objects.create(
        campaign=campaign, format=format, content=content, requested_by=by, requested_at=at
    )
    enqueue("surveys.exports.tasks.build_export", str(export.pk))
    return export


@transaction.atomic
def retry_export(*, export: Export, at: datetime) -> None:
    """Build again a file that failed, or that nobody has been building for too long."""
    Export.objects.filter(pk=export.pk).update(
        state=Export.State.WAITING, progress=0, requested_at=at
    )
    enqueue("surveys.exports.tasks.build_export", str(export.pk))


def build_export(*, export: Export, at: datetime) -> None:
    """Write the file and say that it is ready; run twice, the first file stays."""
    if export.state == Export.State.READY:
        return
    try:
        name = _build_and_store(export, at)
    except Exception:
        Export.objects.filter(pk=export.pk).exclude(state=Export.State.READY).update(
            state=Export.State.FAILED
        )
        raise
    ready = (
        Export.objects.filter(pk=export.pk)
        .exclude(state=Export.State.READY)
        .update(state=Export.State.READY, progress=100, file=name)
    )
    if not ready:
        default_storage.delete(name)


def _build_and_store(export: Export, at: datetime) -> str:
    with TemporaryFile() as stream:
        write(
            stream,
            campaign=export.campaign,
            format=export.format,
            content=export.content,
            at=at,
            progress=_progress_of(export),
        )
        stream.seek(0)
        # The name is the only key of somebody who would reach the storage itself.
        name = f"{DIRECTORY}/{secrets.token_urlsafe(24)}.{export.format}"
        return default_storage.save(name, File(stream))


def _progress_of(export: Export) -> Progress:
    total = Response.objects.filter(campaign=export.campaign_id).count()

    def progress(done: int) -> None:
        percent = min(99, 100 * done // total) if total else 0
        Export.objects.filter(pk=export.pk).update(progress=percent)

    return progress


@transaction.atomic
def purge_exports(*, at: datetime) -> int:
    """Throw away the files that were asked for more than a week ago; how many there were."""
    old = list(Export.objects.select_for_update().filter(requested_at__lt=at - KEPT_FOR))
    for export in old:
        if export.file:
            transaction.on_commit(partial(default_storage.delete, export.file))
    Export.objects.filter(pk__in=[export.pk for export in old]).delete()
    return len(old)


# -- What is in the file -----------------------------------------------------------------


def write(
    stream: IO[bytes],
    *,
    campaign: Campaign,
    format: str,  # noqa: A002
    content: str,
    at: datetime,
    progress: Progress = lambda lines: None,
) -> None:
    """The one builder of every file, for the screen and for the command."""
    made = _Contents(campaign, with_rows=content == Export.Content.ROWS, at=at)
    match format:
        case Export.Format.XLSX:
            formats.write_workbook(made.book(), stream, progress=progress)
        case Export.Format.CSV:
            formats.write_csv(made.table(), stream)
        case _:
            raise UnknownFormat(format)


@dataclass
class _Contents:
    campaign: Campaign
    with_rows: bool
    at: datetime

    def __post_init__(self) -> None:
        self.words = words()
        self.questions = queries.questions_of(self.campaign)

    def table(self) -> tables.Table:
        """What fits in a CSV file: the figures one a line, or the responses one a line."""
        if self.with_rows:
            return self._rows()
        return tables.long_figures_table(queries.figures(self.campaign), words=self.words)

    def book(self) -> tables.Book:
        figures = queries.figures(self.campaign)
        found = queries.by_commitment(figures)
        texts = {item.commitment.anchor: item.commitment.alone for item in found}
        made = [tables.figures_table(figures, words=self.words)]
        if found:
            commitments = [
                (_article(item.commitment), item.commitment.alone, item.questions) for item in found
            ]
            made.append(tables.commitments_table(commitments, words=self.words))
        if self.with_rows:
            made.append(self._rows())
        made.append(tables.dictionary_table(self._entries(texts), words=self.words))
        return tables.Book(
            cover=self._cover(figures),
            tables=tuple(made),
            charted=self.words["figures"],
            charts_name=self.words["charts"],
        )

    def _cover(self, figures: queries.Figures) -> tables.Cover:
        campaign = self.campaign
        facts: list[tuple[str, tables.Value]] = [
            (_("Questionnaire"), campaign.questionnaire.title),
            (_("Kind of campaign"), campaign.get_kind_display().capitalize()),
            (_("First day"), campaign.opens_date),
            (_("Last day"), campaign.end_date or _("none yet")),
            (_("Number of responses"), figures["responses"]),
        ]
        if not campaign.is_anonymous and (asked := campaign.participations.count()):
            facts.append((_("Associations asked"), asked))
            facts.append((_("Participation rate"), figures["responses"] / asked))
        facts += [
            (_("Smallest group shown"), figures["threshold"]),
            (_("Hidden figures"), figures["hidden"]),
            (_("Made on"), date_format(timezone.localtime(self.at), "j F Y, H:i")),
        ]
        found = notes(threshold=campaign.threshold, with_rows=self.with_rows)
        return tables.Cover(self.words["presentation"], campaign.title, tuple(facts), tuple(found))

    def _entries(self, texts: dict[str, str]) -> Iterator[tables.Entry]:
        for question in self.questions:
            yield tables.Entry(
                code=question.code,
                label=question.label,
                kind=question.kind,
                section=question.section,
                versions=question.versions,
                commitments=tuple(texts.get(anchor, anchor) for anchor in question.commitments),
                choices=tuple((item.code, item.label) for item in question.categories),
                rows=tuple((item.code, item.label) for item in question.rows),
                condition="\n".join(question.conditions),
                check=question.newest.check,
                calculation=question.newest.calculation,
                unit=text_in(question.newest.unit, LANGUAGE),
                data_class=question.newest.data_class,
            )

    def _rows(self) -> tables.Table:
        about = [
            tables.Column(_("Week of (Monday)"), tables.Format.DATE, code="_week"),
            tables.Column(_("Territory"), width=34, code="_territory"),
            tables.Column(_("Language"), code="_language"),
            tables.Column(_("Channel"), code="_channel"),
            tables.Column(_("Version"), tables.Format.WHOLE, code="_version"),
        ]
        if not self.campaign.is_anonymous:
            about.insert(0, tables.Column(_("Association"), width=34, code="_association"))
        return rows.rows_table(self.questions, tuple(about), self._answers(), words=self.words)

    def _answers(self) -> Iterator[rows.Answers]:
        named = not self.campaign.is_anonymous
        for row in answers.rows(self.campaign):
            who = (row.association,) if named else ()
            about = (*who, row.week, row.territory, row.language, row.channel, row.version_number)
            yield rows.Answers(about, row.document, frozenset(row.not_applicable))


def _article(commitment) -> str:
    return _("Article %(number)s: %(title)s") % {
        "number": commitment.article_number,
        "title": commitment.article_title,
    }
