"""The figures of a campaign: one dictionary that screen, workbook, CSV and command all print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intranet.network.models import Territory
from pages.charter.models import Commitment
from surveys.campaigns.models import Campaign
from surveys.questionnaires.definition import OTHER
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses import answers
from surveys.responses.models import Response
from surveys.results.aggregates import Aggregate
from surveys.results.privacy import protect
from surveys.results.questions import NO, YES, AskedQuestion, Version, asked_questions

Figures = dict[str, Any]

WRITTEN = frozenset({"text", "long_text", "email", "phone", "place"})
"""The kinds of question that are answered in words of one's own."""


class WouldExpose(Exception):
    """Filters and cross-tables would let a small group be found by subtraction."""


def words(versions: Iterable[Version] = ()) -> dict[str, str]:
    """The labels that no editor writes: of choices, of months, and of territories by their
    code where a version asks for one."""
    found = {YES: _("Yes"), NO: _("No"), OTHER: pgettext("choice", "Other")}
    found |= {f"month-{month:02}": str(name) for month, name in MONTHS.items()}
    kinds = {question.kind for version in versions for question in version.definition.questions}
    if "territory" in kinds:
        found |= {territory.code: str(territory) for territory in Territory.objects.all()}
    return found


def versions_of(campaign: Campaign) -> dict[int, Version]:
    """The versions that were answered, and the one people see (or saw last), by their id.

    What the questionnaire became after the campaign is not the campaign's.
    """
    published = QuestionnaireVersion.objects.filter(questionnaire=campaign.questionnaire_id)
    responses = Response.objects.filter(campaign=campaign).order_by()
    wanted = set(responses.values_list("version_id", flat=True).distinct())
    in_time = published
    if campaign.closes_date:
        in_time = published.filter(published_at__date__lte=campaign.closes_date)
    seen = in_time.order_by("number").last() or (
        None if wanted else published.order_by("number").last()
    )
    if seen:
        wanted.add(seen.pk)
    return {
        version.pk: Version(version.number, version.definition)
        for version in published.filter(pk__in=wanted).order_by("number")
    }


def questions_of(campaign: Campaign) -> list[AskedQuestion]:
    versions = versions_of(campaign).values()
    return asked_questions(versions, words=words(versions))


def figures(
    campaign: Campaign,
    *,
    where: Iterable[tuple[str, str]] = (),
    by: str | None = None,
    raw: bool = False,
) -> Figures:
    """What a member may see, in the shape of `results --json`; all of it when `raw`.

    Raises `WouldExpose` for a filter or a cross-table that is not raw, when the campaign
    protects small groups; `aggregates.UnknownQuestion`, `UnknownChoice` or `WithoutChoices`
    for what does not exist.
    """
    where = tuple(where)
    if (where or by is not None) and not raw and campaign.threshold > 1:
        raise WouldExpose
    versions = versions_of(campaign)
    aggregate = Aggregate(versions, words=words(versions.values()), where=where, by=by)
    for version_id, document, not_applicable in answers.documents(campaign):
        aggregate.add(version_id, document, not_applicable)
    counted = {
        "campaign": campaign.slug,
        "responses": aggregate.responses,
        "threshold": campaign.threshold,
        "where": _as_object(where),
        "by": by,
        "questions": aggregate.figures(),
        "unexplained": aggregate.unexplained,
        "hidden": 0,
    }
    if raw:
        return counted
    return protect(
        counted,
        natures=aggregate.natures(),
        conditions=aggregate.conditions(),
        others=_("Others, counted together"),
    )


def _as_object(where: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`{code: choice}`, or `{code: [choice, …]}` where several choices of a question do."""
    wanted: dict[str, list[str]] = {}
    for code, choice in where:
        wanted.setdefault(code, []).append(choice)
    return {code: some[0] if len(some) == 1 else some for code, some in wanted.items()}


@dataclass(frozen=True)
class CommitmentFigures:
    """A commitment of the charter, and the figures of the questions that inform it."""

    commitment: Commitment
    questions: list[dict[str, Any]]


def by_commitment(figures: Figures) -> list[CommitmentFigures]:
    """The figures in the order of the charter; a question may inform several commitments."""
    informing: dict[str, list[dict[str, Any]]] = {}
    for question in figures["questions"]:
        for anchor in question["commitments"]:
            informing.setdefault(anchor, []).append(question)
    commitments = Commitment.objects.filter(anchor__in=informing).select_related("article")
    return [
        CommitmentFigures(commitment, informing[commitment.anchor])
        for commitment in sorted(commitments, key=attrgetter("article_number", "position", "pk"))
    ]


def last_figures_of(
    commitment: Commitment, *, on: date
) -> tuple[Campaign | None, list[dict[str, Any]]]:
    """The last self-assessment that was answered, and its figures that inform a commitment."""
    answered = Response.objects.filter(campaign=OuterRef("pk"))
    campaign = (
        Campaign.objects.begun(on)
        .filter(Exists(answered), kind=Campaign.Kind.SELF_ASSESSMENT)
        .order_by("-opens_date", "-pk")
        .first()
    )
    if campaign is None:
        return None, []
    questions = figures(campaign)["questions"]
    return campaign, [one for one in questions if commitment.anchor in one["commitments"]]


@dataclass(frozen=True)
class Words:
    """What somebody wrote: `author` is the association, None where answers are anonymous."""

    text: str
    author: str | None


class NothingWritten(LookupError):
    """No question of the campaign with this code takes words."""


def written(campaign: Campaign, code: str) -> tuple[AskedQuestion, list[Words]]:
    """What was written in answer to a question, or specified beside "other".

    In the order of the responses' random ids. For those who may read answers: nothing here is
    protected.
    """
    for question in questions_of(campaign):
        if question.code == code and takes_words(question):
            break
    else:
        raise NothingWritten(code)
    found = []
    for row in answers.rows(campaign):
        text = "" if question.id in row.not_applicable else _text(row.document.get(question.id))
        if text:
            found.append(Words(text, row.association))
    return question, found


def _text(value: Any) -> str | None:
    """What was written: a text, what was specified beside "other", the name of a place."""
    if not isinstance(value, dict):
        return value
    return value.get("other") or value.get("label")


def takes_words(question: AskedQuestion) -> bool:
    return question.kind in WRITTEN or any(category.id == OTHER for category in question.categories)
