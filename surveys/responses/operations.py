"""From a draft to a fact: every response, typed, on paper or from a file, ends in `_record`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from intranet.accounts.models import User
from intranet.network.models import Territory
from intranet.network.queries import people_answering_for
from surveys.campaigns.models import Campaign, Participation
from surveys.campaigns.operations import NothingPublished, mark_started, mark_submitted
from surveys.questionnaires.definition import Definition, Question
from surveys.questionnaires.flow import follow, hidden
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import latest_version
from surveys.responses.merging import Conflict, Values, merge
from surveys.responses.models import Draft, Response, Trial, response_id
from surveys.responses.notifications import queue_ready, queue_receipts
from surveys.responses.progress import missing_answers
from surveys.responses.uploads import hand_over

BATCH = 500


class DeadlinePassed(Exception):
    """The campaign takes no responses on this day: it is over, or has not begun."""


class Incomplete(Exception):
    """Required questions have no answer; `questions` says which."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(", ".join(question.code for question in questions))
        self.questions = questions


class ChecksFailed(Exception):
    """Answers do not pass the check of their question; `questions` says which."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(", ".join(question.code for question in questions))
        self.questions = questions


class DraftGone(Exception):
    """No draft has this key and nothing was sent with it."""


class AlreadySubmitted(Exception):
    """The association has answered; `response` is what it sent."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.receipt_code)
        self.response = response


@dataclass(frozen=True)
class Submission:
    """A response collected elsewhere. The same key, recorded again, is the same response.

    `version` is the one that was answered, where it is not the one of all the others.
    """

    document: dict[str, Any]
    key: UUID = field(default_factory=uuid4)
    participation: Participation | None = None
    territory: Territory | None = None
    language: str = "fr"
    version: QuestionnaireVersion | None = None


@transaction.atomic
def start_draft(
    *,
    campaign: Campaign,
    participation: Participation | None = None,
    territory: Territory | None = None,
    language: str = "fr",
    by: User | None = None,
    at: datetime,
) -> Draft:
    """A draft on the latest version; an association that began already gets the one it has."""
    _require_open(campaign, at)
    version = latest_version(campaign.questionnaire)
    if version is None:
        raise NothingPublished
    new = {
        "campaign": campaign,
        "version": version,
        "territory": territory,
        "language": language,
        "updated_at": at,
        "updated_by": by,
    }
    if participation is None:
        return Draft.objects.create(**new)
    if response := Response.objects.filter(participation=participation).first():
        raise AlreadySubmitted(response)
    draft, created = Draft.objects.get_or_create(participation=participation, defaults=new)
    if created:
        mark_started(participation=participation, at=at)
    return draft


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    values: Values,
    base: Values | None = None,
    by: User | None = None,
    at: datetime,
) -> tuple[Conflict, ...]:
    """Put typed values into a draft; None takes an answer away.

    `base` is what the page showed when it was opened. A question that somebody else changed
    since then keeps their value, and comes back among the conflicts for a person to settle.
    Without a base, these values win. `draft` is brought up to date in place.
    """
    stored = _locked(draft.pk)
    if stored is None:
        raise DraftGone
    _require_open(stored.campaign, at)
    known = {question.id for question in stored.version.definition.questions}
    merged = merge(
        base=stored.document if base is None else base,
        mine={question_id: value for question_id, value in values.items() if question_id in known},
        theirs=stored.document,
    )
    draft.document, draft.revision = merged.document, stored.revision
    draft.updated_at, draft.updated_by = stored.updated_at, stored.updated_by
    if merged.document != stored.document:
        draft.revision, draft.updated_at, draft.updated_by = stored.revision + 1, at, by
        draft.save(update_fields=["document", "revision", "updated_at", "updated_by"])
    return merged.conflicts


def answer_in(*, draft: Draft | Trial, language: str) -> None:
    """Go on in another language; what was answered stays as it is."""
    if draft.language != language:
        draft.language = language
        draft.save(update_fields=["language"])


@transaction.atomic
def submit_response(
    *,
    key: UUID,
    by: User | None = None,
    at: datetime,
    channel: str = Response.Channel.WEB,
) -> Response:
    """Make a fact of the draft whose id is `key`, and count its association as having answered.

    The same key always gives the same response: sent twice, in parallel or long after, also
    once the campaign is over. Of an anonymous response, nothing tells afterwards who typed it.
    """
    draft = _locked(key)
    if draft is None:
        return _sent_with(key)
    _require_open(draft.campaign, at)
    require_complete(draft.version.definition, draft.document, on=localdate(at))
    submission = Submission(
        draft.document, draft.pk, draft.participation, draft.territory, draft.language
    )
    recorded = _record(draft.campaign, draft.version, [submission], channel=channel, at=at)
    if not recorded and not Response.objects.filter(pk=response_id(key)).exists():
        raise AlreadySubmitted(Response.objects.get(participation=draft.participation))
    sent = _sent_with(key)
    hand_over(key=key, response=sent)
    draft.delete()
    if draft.participation and by:
        # Anonymous responses have no letter: its row would tell who sent what.
        queue_receipts(sent, draft.participation, by=by, at=at)
    return _sent_with(key)


def tell_ready(*, key: UUID, by: User, at: datetime) -> int:
    """Write to those who can send a draft that all of it is answered; how many letters leave.

    Once a day, whoever says it. Where nobody represents the association, the animators are
    written to.
    """
    draft = (
        Draft.objects.select_related("campaign", "version", "participation").filter(pk=key).first()
    )
    if draft is None or draft.participation is None:
        raise DraftGone
    _require_open(draft.campaign, at)
    require_complete(draft.version.definition, draft.document, on=localdate(at))
    people = people_answering_for(draft.participation.association)
    return queue_ready(draft, people, by=by, at=at)


def require_complete(definition: Definition, document: Mapping[str, Any], *, on: date) -> None:
    """Refuse a document in which a question that is asked has no answer, or a wrong one."""
    flow = follow(definition, document, on=on)
    if missing := missing_answers(definition.questions, flow):
        raise Incomplete(missing)
    if flow.failed:
        raise ChecksFailed(flow.failed)


@transaction.atomic
def record_responses(
    *,
    campaign: Campaign,
    version: QuestionnaireVersion,
    documents: Iterable[dict[str, Any] | Submission],
    channel: str,
    at: datetime,
) -> list[Response]:
    """Record many clean documents collected elsewhere, and return those that are new.

    Neither the deadline nor required questions hold here: what a person answered on paper in
    time, partly, is still what they answered. Conditions do: an answer to a question that was
    not to be asked is left out. A bare document gets a key of its own.
    """
    submissions = [item if isinstance(item, Submission) else Submission(item) for item in documents]
    return _record(campaign, version, submissions, channel=channel, at=at)


def _record(
    campaign: Campaign,
    version: QuestionnaireVersion,
    submissions: list[Submission],
    *,
    channel: str,
    at: datetime,
) -> list[Response]:
    responses = {
        (pk := response_id(submission.key)): Response(
            id=pk,
            campaign=campaign,
            version=(asked := submission.version or version),
            participation=submission.participation,
            territory=submission.territory,
            language=submission.language,
            channel=channel,
            week=monday(localdate(at)),
            **_stored(asked.definition, submission.document, on=localdate(at)),
        )
        for submission in submissions
    }
    for known in _already_recorded(responses):
        del responses[known]
    new = list(responses.values())
    # Two processes may pass the check above together: the second finds its rows there.
    Response.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    for response in new:
        if response.participation:
            mark_submitted(participation=response.participation, at=at)
    return new


def _stored(definition: Definition, document: dict[str, Any], *, on: date) -> dict[str, Any]:
    """What a response keeps of a document: what was asked and answered, and what was not asked."""
    flow = follow(definition, document, on=on)
    return {"document": flow.document, "not_applicable": hidden(definition, flow)}


def _already_recorded(responses: Mapping[UUID, Response]) -> list[UUID]:
    ids = list(responses)
    found: list[UUID] = []
    for start in range(0, len(ids), BATCH):
        chunk = Response.objects.filter(pk__in=ids[start : start + BATCH])
        found += chunk.values_list("pk", flat=True)
    asked = [response.participation for response in responses.values() if response.participation]
    if asked:
        answered = set(
            Response.objects.filter(participation__in=asked).values_list("participation", flat=True)
        )
        found += [pk for pk, one in responses.items() if one.participation_id in answered]
    return list(dict.fromkeys(found))


def _locked(key: UUID) -> Draft | None:
    """The draft, held until the end of the transaction (SQLite's lock is the transaction)."""
    drafts = Draft.objects.select_for_update(of=("self",)).select_related(
        "campaign", "version", "participation", "territory"
    )
    return drafts.filter(pk=key).first()


def _sent_with(key: UUID) -> Response:
    response = Response.objects.filter(pk=response_id(key)).first()
    if response is None:
        raise DraftGone
    return response


def _require_open(campaign: Campaign, at: datetime) -> None:
    if not campaign.is_open(localdate(at)):
        raise DeadlinePassed


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
